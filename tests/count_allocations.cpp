// Counts every allocation of the test program, so that a step can be seen to make none.
#include <cstdlib>
#include <new>

thread_local long allocations = 0;  // of this thread: the library of threads has its own business

void* operator new(std::size_t size) {
    ++allocations;
    if (void* p = std::malloc(size)) return p;
    throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
