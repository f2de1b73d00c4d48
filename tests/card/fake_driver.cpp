// A driver without a card, for tests of what goes wrong: its memory is the processor's, its kernels do nothing.
// HUBSIM_FAKE_CARD names what fails: "cards" (there are none), "code", "memory", or "launch:N" (the N-th).
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

constexpr int out_of_memory = 2, invalid_code = 218, lost = 719;

std::string fails() {
    const char* what = std::getenv("HUBSIM_FAKE_CARD");
    return what == nullptr ? "" : what;
}
int launches = 0;

}  // namespace

extern "C" {
int cuInit(unsigned) { return 0; }
int cuDriverGetVersion(int* version) { return *version = 12040, 0; }
int cuDeviceGetCount(int* devices) { return *devices = fails() == "cards" ? 0 : 1, 0; }
int cuDeviceGet(int* device, int number) { return *device = number, 0; }
int cuDeviceGetName(char* text, int length, int) {
    return std::strncpy(text, "a card for tests", static_cast<std::size_t>(length)), 0;
}
int cuDeviceTotalMem_v2(std::size_t* bytes, int) { return *bytes = std::size_t{8} << 30, 0; }
int cuDeviceGetAttribute(int* value, int attribute, int) { return *value = attribute == 75 ? 9 : 0, 0; }
int cuDevicePrimaryCtxRetain(void** context, int) { return *context = &launches, 0; }
int cuCtxSetCurrent(void*) { return 0; }
int cuCtxSetLimit(int, std::size_t) { return 0; }
int cuModuleLoadDataEx(void** module, const void*, unsigned, int*, void**) {
    return *module = &launches, fails() == "code" ? invalid_code : 0;
}
int cuModuleGetFunction(void** function, void*, const char*) { return *function = &launches, 0; }
int cuMemAlloc_v2(std::uint64_t* address, std::size_t bytes) {
    if (fails() == "memory") return out_of_memory;
    *address = reinterpret_cast<std::uint64_t>(std::malloc(bytes));
    return 0;
}
int cuMemFree_v2(std::uint64_t address) { return std::free(reinterpret_cast<void*>(address)), 0; }
int cuMemGetInfo_v2(std::size_t* free, std::size_t* total) { return *free = *total = std::size_t{8} << 30, 0; }
int cuMemcpyHtoD_v2(std::uint64_t to, const void* from, std::size_t bytes) {
    return std::memcpy(reinterpret_cast<void*>(to), from, bytes), 0;
}
int cuMemcpyDtoH_v2(void* to, std::uint64_t from, std::size_t bytes) {
    return std::memcpy(to, reinterpret_cast<const void*>(from), bytes), 0;
}
int cuMemcpyDtoD_v2(std::uint64_t to, std::uint64_t from, std::size_t bytes) {
    return std::memcpy(reinterpret_cast<void*>(to), reinterpret_cast<const void*>(from), bytes), 0;
}
int cuMemsetD8_v2(std::uint64_t at, unsigned char value, std::size_t bytes) {
    return std::memset(reinterpret_cast<void*>(at), value, bytes), 0;
}
int cuMemHostAlloc(void** memory, std::size_t bytes, unsigned) { return *memory = std::malloc(bytes), 0; }
int cuMemFreeHost(void* memory) { return std::free(memory), 0; }
int cuLaunchKernel(void*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**, void**) {
    const std::string what = fails();
    return what.rfind("launch:", 0) == 0 && ++launches >= std::atoi(what.c_str() + 7) ? lost : 0;
}
int cuCtxSynchronize() { return 0; }
int cuGetErrorString(int code, const char** text) {
    *text = code == out_of_memory ? "out of memory" : code == invalid_code ? "invalid code" : "the card was lost";
    return 0;
}
}
