# The engine of the workshop page: the core, the estimators and a narrow C interface as WebAssembly.
file(GLOB ENGINE_SOURCES CONFIGURE_DEPENDS analysis/workshop/engine/*.cpp analysis/statistics/estimator/*.cpp)
list(REMOVE_ITEM ENGINE_SOURCES ${PROJECT_SOURCE_DIR}/analysis/statistics/estimator/read_sample.cpp
     ${PROJECT_SOURCE_DIR}/analysis/statistics/estimator/sample_columns.cpp ${PROJECT_SOURCE_DIR}/analysis/statistics/estimator/treated_column.cpp
     ${PROJECT_SOURCE_DIR}/analysis/statistics/estimator/read_panel.cpp
     ${PROJECT_SOURCE_DIR}/analysis/statistics/estimator/staggered_adoption.cpp)
add_executable(workshop-engine EXCLUDE_FROM_ALL ${ENGINE_SOURCES} analysis/study/evaluation/returns.cpp sim/run/outcome.cpp sim/run/discounting.cpp)
target_compile_definitions(workshop-engine PRIVATE HUBSIM_VERSION="${PROJECT_VERSION}")
target_include_directories(workshop-engine SYSTEM PRIVATE ${HUBSIM_WASM_INCLUDES} ${HUBSIM_WASM_INCLUDES}/eigen3)
target_link_libraries(workshop-engine PRIVATE hubs_read)
target_link_options(workshop-engine PRIVATE -sMODULARIZE=1 -sEXPORT_NAME=createEngine -sALLOW_MEMORY_GROWTH=1 -sENVIRONMENT=web,worker,node
                    -sFILESYSTEM=0 -sEXPORTED_RUNTIME_METHODS=UTF8ToString,lengthBytesUTF8,stringToUTF8 -sEXPORTED_FUNCTIONS=_malloc,_free -fwasm-exceptions)
