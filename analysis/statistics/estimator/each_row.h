#pragma once
#include <cstddef>
#ifndef __EMSCRIPTEN__
#include <tbb/parallel_for.h>
#endif

namespace hubs {

/// Does `work(i)` for every row, over the machine's cores where there are threads. Rows must not depend on one another.
template <class Work>
void each_row(std::size_t rows, Work&& work) {
#ifdef __EMSCRIPTEN__
    for (std::size_t i = 0; i < rows; ++i) work(i);
#else
    tbb::parallel_for(std::size_t{0}, rows, work);
#endif
}

}  // namespace hubs
