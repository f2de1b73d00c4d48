# hubsim-fuzz: the readers of files given mutants. With all of them above the program's library, or, where only
# the core is built (sanitizers), with those that need no more than it.
if(HUBSIM_CORE_ONLY)
  find_package(OpenSSL REQUIRED)
  find_package(Eigen3 REQUIRED NO_MODULE)
  file(GLOB FUZZED CONFIGURE_DEPENDS analysis/study/import/*.cpp analysis/base/csv_*.cpp)
  add_executable(hubsim-fuzz EXCLUDE_FROM_ALL tests/fuzz/fuzz.cpp ${FUZZED} analysis/base/files.cpp analysis/base/sheet.cpp analysis/base/folder_manifest.cpp
                 analysis/statistics/estimator/read_sample.cpp analysis/statistics/estimator/sample_columns.cpp analysis/statistics/estimator/treated_column.cpp
                 analysis/statistics/estimator/read_panel.cpp analysis/base/table.cpp)
  target_compile_definitions(hubsim-fuzz PRIVATE HUBSIM_CORE_ONLY)
  target_link_libraries(hubsim-fuzz PRIVATE hubs_read OpenSSL::Crypto Eigen3::Eigen)
else()
  add_executable(hubsim-fuzz EXCLUDE_FROM_ALL tests/fuzz/fuzz.cpp)
  target_link_libraries(hubsim-fuzz PRIVATE hubs_analysis)
endif()
target_compile_definitions(hubsim-fuzz PRIVATE HUBSIM_SOURCE="${PROJECT_SOURCE_DIR}")
