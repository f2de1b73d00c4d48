# Everything above the core: threads, the program, its tests and its benchmark.
find_package(TBB REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(OpenSSL REQUIRED)
find_library(XLSXWRITER xlsxwriter REQUIRED)

include(cmake/card.cmake)
add_library(hubs_run STATIC sim/run/device.cpp sim/run/discounting.cpp sim/run/ensemble.cpp sim/run/outcome.cpp sim/run/runs.cpp sim/run/schema.cpp sim/run/what_if.cpp)
target_link_libraries(hubs_run PUBLIC hubs_card TBB::tbb Threads::Threads)
target_precompile_headers(hubs_read PRIVATE <algorithm> <map> <set> sim/run/study.h sim/run/reader.h)
target_precompile_headers(hubs_run REUSE_FROM hubs_read)

# The script that draws the report's charts: pinned npm packages, bundled once.
set(WEB ${PROJECT_SOURCE_DIR}/analysis/page/web)
set(LIVE ${PROJECT_SOURCE_DIR}/analysis/workshop/page/src)  # the report's live part is written beside the engine it uses
set(LIVE_FILES ${LIVE}/dom.ts ${LIVE}/engine.ts ${LIVE}/live.ts ${LIVE}/numbers.ts ${LIVE}/pool.ts ${LIVE}/value.ts ${LIVE}/worker.ts)
set(CHARTS ${GENERATED}/charts.min.js)
if(HUBSIM_PAGES)
  add_custom_command(OUTPUT ${CHARTS}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${GENERATED}/web/live
    COMMAND ${CMAKE_COMMAND} -E copy ${WEB}/package.json ${WEB}/package-lock.json ${WEB}/.npmrc ${WEB}/charts.js ${WEB}/report.js ${GENERATED}/web
    COMMAND ${CMAKE_COMMAND} -E copy ${LIVE_FILES} ${GENERATED}/web/live
    COMMAND npm --prefix ${GENERATED}/web ci --no-audit --no-fund --loglevel=error
    COMMAND ${GENERATED}/web/node_modules/.bin/esbuild ${GENERATED}/web/report.js --bundle --minify --format=iife --target=es2022
            --legal-comments=eof --log-level=warning --outfile=${CHARTS}
    DEPENDS ${WEB}/package.json ${WEB}/package-lock.json ${WEB}/.npmrc ${WEB}/charts.js ${WEB}/report.js ${LIVE_FILES} VERBATIM)
else()
  add_custom_command(OUTPUT ${CHARTS} COMMAND ${CMAKE_COMMAND} -E touch ${CHARTS} VERBATIM)
endif()
set(WORKSHOP_PAGE ${PROJECT_SOURCE_DIR}/results/published/workshop.html)  # made by analysis/workshop/build.sh
set(PROGRAM_FILES "workshop_page=${WORKSHOP_PAGE}|targets=${PROJECT_SOURCE_DIR}/scenarios/targets.json|charts=${CHARTS}|report_css=${PROJECT_SOURCE_DIR}/analysis/page/report.css|posterior_fit=${PROJECT_SOURCE_DIR}/scenarios/posterior/history-2018-2023-fit.csv|posterior_identified=${PROJECT_SOURCE_DIR}/scenarios/posterior/history-2018-2023-identified.csv|calibration=${PROJECT_SOURCE_DIR}/scenarios/calibration/history-2018-2023.json|smoke=${PROJECT_SOURCE_DIR}/scenarios/smoke.json|decisions=${PROJECT_SOURCE_DIR}/DECISIONS.md|area_outlines=${PROJECT_SOURCE_DIR}/analysis/page/england_areas.json")
file(GLOB CHART_FILES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/analysis/page/charts/*.vl.json)
foreach(file ${CHART_FILES})
  get_filename_component(name ${file} NAME)
  string(REGEX REPLACE "\\.vl\\.json$" "" name "${name}")
  string(REPLACE "-" "_" name "${name}")
  string(APPEND PROGRAM_FILES "|chart_${name}=${file}")
endforeach()
add_custom_command(OUTPUT ${GENERATED}/embedded_program.cpp
  COMMAND ${CMAKE_COMMAND} -DOUT=${GENERATED}/embedded_program.cpp -DNAMESPACE=hubs::embedded "-DFILES=${PROGRAM_FILES}" -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${CHARTS} ${CHART_FILES} ${WORKSHOP_PAGE} analysis/page/england_areas.json DECISIONS.md scenarios/targets.json scenarios/smoke.json scenarios/calibration/history-2018-2023.json scenarios/posterior/history-2018-2023-fit.csv scenarios/posterior/history-2018-2023-identified.csv analysis/page/report.css cmake/embed.cmake VERBATIM)

# Headers that nearly every file reads are compiled once (-fpch-preprocess: so that ccache can follow). Pages and commands have -O1: they are quick anyway.
set(PRECOMPILED <nlohmann/json.hpp> <algorithm> <cmath> <filesystem> <functional> <map> <set> sim/run/study.h)
file(GLOB ANALYSIS_SOURCES CONFIGURE_DEPENDS analysis/base/*.cpp analysis/statistics/*/*.cpp analysis/study/*/*.cpp analysis/results/*.cpp
     analysis/results/tables/*.cpp
     analysis/workshop/engine/runs.cpp analysis/workshop/engine/describe.cpp
     analysis/workshop/engine/plan_values.cpp)
file(GLOB PAGE_SOURCES CONFIGURE_DEPENDS analysis/page/*.cpp analysis/report/*.cpp analysis/results/opendata/*.cpp analysis/report/sweep/*.cpp analysis/commands/*.cpp)
list(REMOVE_ITEM PAGE_SOURCES ${PROJECT_SOURCE_DIR}/analysis/commands/main.cpp)
add_library(hubs_pages OBJECT ${PAGE_SOURCES})
add_library(hubs_analysis STATIC ${ANALYSIS_SOURCES} ${GENERATED}/embedded_program.cpp $<TARGET_OBJECTS:hubs_pages>)
target_link_libraries(hubs_analysis PUBLIC hubs_run nlohmann_json::nlohmann_json SQLite::SQLite3 OpenSSL::Crypto Eigen3::Eigen ${XLSXWRITER})
target_link_libraries(hubs_pages PUBLIC hubs_run nlohmann_json::nlohmann_json SQLite::SQLite3 OpenSSL::Crypto Eigen3::Eigen)
add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
foreach(part hubs_analysis hubs_pages)
  target_compile_definitions(${part} PRIVATE HUBSIM_VERSION="${PROJECT_VERSION}")
  target_precompile_headers(${part} PRIVATE <Eigen/Dense> ${PRECOMPILED})
endforeach()
target_compile_options(hubs_pages PRIVATE $<$<CONFIG:Release>:-O1>)

add_executable(hubsim analysis/commands/main.cpp analysis/study/sweep/mpi/no_farm.cpp)
target_link_libraries(hubsim PRIVATE hubs_analysis CLI11::CLI11)
target_compile_options(hubsim PRIVATE $<$<CONFIG:Release>:-O1>)

# The same program for mpirun, where MPI is there: hubsim sweep run --mpi becomes it.
find_package(MPI QUIET COMPONENTS CXX)
if(MPI_CXX_FOUND)
  add_executable(hubsim-mpi EXCLUDE_FROM_ALL analysis/commands/main.cpp analysis/study/sweep/mpi/farm.cpp)
  target_compile_definitions(hubsim-mpi PRIVATE OMPI_SKIP_MPICXX MPICH_SKIP_MPICXX)
  target_link_libraries(hubsim-mpi PRIVATE hubs_analysis CLI11::CLI11 MPI::MPI_CXX)
endif()

add_executable(derive-initial-state EXCLUDE_FROM_ALL analysis/initial_state/derive.cpp)
target_link_libraries(derive-initial-state PRIVATE nlohmann_json::nlohmann_json)
find_package(benchmark QUIET)
if(benchmark_FOUND)
  add_executable(hubsim-bench EXCLUDE_FROM_ALL analysis/bench/bench.cpp)
  target_link_libraries(hubsim-bench PRIVATE hubs_run benchmark::benchmark)
endif()
add_executable(hubsim-card-bench EXCLUDE_FROM_ALL analysis/bench/card_bench.cpp)  # static: it is carried to machines with a card
target_link_libraries(hubsim-card-bench PRIVATE hubs_card Threads::Threads -static-libstdc++ -static-libgcc)

enable_testing()
find_package(Catch2 QUIET)
if(Catch2_FOUND)
  include(CTest)
  include(Catch)
  file(GLOB_RECURSE TEST_SOURCES CONFIGURE_DEPENDS tests/*_test.cpp)
  add_executable(hubsim-tests EXCLUDE_FROM_ALL ${TEST_SOURCES} tests/count_allocations.cpp analysis/study/sweep/mpi/no_farm.cpp)
  add_library(fail-io MODULE EXCLUDE_FROM_ALL tests/sweep/fail_io.cpp)
  add_library(fake-driver MODULE EXCLUDE_FROM_ALL tests/card/fake_driver.cpp)
  target_compile_options(fail-io PRIVATE -Wno-nonnull-compare)
  target_compile_definitions(hubsim-tests PRIVATE HUBSIM_SOURCE="${PROJECT_SOURCE_DIR}" HUBSIM_PROGRAM="$<TARGET_FILE:hubsim>"
                             HUBSIM_FAIL_IO="$<TARGET_FILE:fail-io>" HUBSIM_FAKE_DRIVER="$<TARGET_FILE:fake-driver>")
  if(TARGET card-code)
    target_compile_definitions(hubsim-tests PRIVATE HUBSIM_CARD_CODE="${PROJECT_BINARY_DIR}/card.ptx")
    add_dependencies(hubsim-tests card-code)
  endif()
  target_link_libraries(hubsim-tests PRIVATE hubs_analysis)
  target_precompile_headers(hubsim-tests PRIVATE tests/catch.h <Eigen/Dense> ${PRECOMPILED})
  if(Catch2_VERSION VERSION_LESS 3)
    add_library(catch_main OBJECT tests/main.cpp)
    target_link_libraries(catch_main PUBLIC Catch2::Catch2)
    target_link_libraries(hubsim-tests PRIVATE catch_main Catch2::Catch2)
  else()
    target_link_libraries(hubsim-tests PRIVATE Catch2::Catch2WithMain)
  endif()
  add_dependencies(hubsim-tests hubsim fail-io fake-driver)
  catch_discover_tests(hubsim-tests EXTRA_ARGS -w NoTests PROPERTIES TIMEOUT 900 SKIP_REGULAR_EXPRESSION "SKIPPED:")
  add_dependencies(hubsim-tests hubsim-fuzz)
  add_test(NAME "mutants of every kind of file" COMMAND hubsim-fuzz 300 WORKING_DIRECTORY ${PROJECT_BINARY_DIR})
  # The report in a browser, where there is one.
  find_program(CHROMIUM chromium)
  if(CHROMIUM AND HUBSIM_PAGES)
    add_test(NAME "the report in a browser" COMMAND bash ${PROJECT_SOURCE_DIR}/tests/web/run.sh $<TARGET_FILE:hubsim> ${PROJECT_BINARY_DIR}/web-tests)
    set_tests_properties("the report in a browser" PROPERTIES TIMEOUT 900)
  endif()
  # The workshop page: its own checks, the engine against this program, and in a browser.
  find_program(WASM_COMPILER em++)
  if(WASM_COMPILER AND CHROMIUM)
    add_test(NAME "the workshop page" COMMAND bash ${PROJECT_SOURCE_DIR}/tests/workshop/run.sh $<TARGET_FILE:hubsim> ${PROJECT_BINARY_DIR}/workshop-tests)
    set_tests_properties("the workshop page" PROPERTIES TIMEOUT 900)
  endif()
  add_test(NAME "the model as a library" COMMAND bash ${PROJECT_SOURCE_DIR}/tests/library.sh ${PROJECT_BINARY_DIR} ${PROJECT_BINARY_DIR}/library-tests)
  set_tests_properties("the model as a library" PROPERTIES TIMEOUT 300)
  # Sweeps as clusters run them, where the tools are there.
  add_test(NAME "a sweep by a plain shell" COMMAND bash ${PROJECT_SOURCE_DIR}/tests/sweep/shell.sh $<TARGET_FILE:hubsim> ${PROJECT_BINARY_DIR}/sweep-shell)
  find_program(SLURM_CONTROLLER slurmctld PATHS /usr/sbin)
  if(SLURM_CONTROLLER)
    add_test(NAME "a sweep on Slurm" COMMAND bash ${PROJECT_SOURCE_DIR}/tests/sweep/slurm.sh $<TARGET_FILE:hubsim> ${PROJECT_BINARY_DIR}/sweep-slurm)
    set_tests_properties("a sweep on Slurm" PROPERTIES TIMEOUT 900)
  endif()
  if(MPI_CXX_FOUND)
    add_dependencies(hubsim-tests hubsim-mpi)
    add_test(NAME "a sweep with MPI" COMMAND bash ${PROJECT_SOURCE_DIR}/tests/sweep/mpi.sh $<TARGET_FILE:hubsim> ${PROJECT_BINARY_DIR}/sweep-mpi $<TARGET_FILE:fail-io>)
    set_tests_properties("a sweep with MPI" PROPERTIES TIMEOUT 300)
  endif()
endif()

# An installable program and a Debian package.
include(GNUInstallDirs)
install(TARGETS hubsim DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${PROJECT_BINARY_DIR}/workshop.html DESTINATION ${CMAKE_INSTALL_DATADIR}/hubsim OPTIONAL)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/hubsim)
install(FILES README.md LICENSE docs/ODD.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "the hubsim maintainers <maintainers@example.invalid>")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
include(CPack)
