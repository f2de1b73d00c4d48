# Everything above the core: threads, the program, its tests and its benchmark.
find_package(TBB REQUIRED)
find_package(Threads REQUIRED)
find_package(benchmark REQUIRED)

add_executable(hubsim-bench EXCLUDE_FROM_ALL analysis/bench/bench.cpp)
target_link_libraries(hubsim-bench PRIVATE hubs_read TBB::tbb benchmark::benchmark)
