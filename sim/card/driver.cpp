#include "sim/card/driver.h"

#include <dlfcn.h>

#include <cstdlib>
#include <string>

#include "sim/card/machine.h"

namespace hubs::card {
namespace {

const char* library_name() {
    const char* const named = std::getenv("HUBSIM_CARD_DRIVER");
    return named != nullptr && *named != '\0' ? named : "libcuda.so.1";
}

Driver open_driver() {
    const std::string file = library_name();
    void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        throw CardFailure("there is no driver for a graphics card (" + file + " was not found or is no library)");
    Driver d{};
    const auto find = [&](auto& function, const char* name) {
        void* const symbol = dlsym(library, name);
        if (symbol == nullptr)
            throw CardFailure(file + " is not the driver of a graphics card, or is too old: it has no " + name);
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(symbol);
    };
    find(d.init, "cuInit");
    find(d.version, "cuDriverGetVersion");
    find(d.count, "cuDeviceGetCount");
    find(d.device, "cuDeviceGet");
    find(d.name, "cuDeviceGetName");
    find(d.memory, "cuDeviceTotalMem_v2");
    find(d.attribute, "cuDeviceGetAttribute");
    find(d.retain, "cuDevicePrimaryCtxRetain");
    find(d.make_current, "cuCtxSetCurrent");
    find(d.set_limit, "cuCtxSetLimit");
    find(d.load, "cuModuleLoadDataEx");
    find(d.function, "cuModuleGetFunction");
    find(d.allocate, "cuMemAlloc_v2");
    find(d.release, "cuMemFree_v2");
    find(d.free_memory, "cuMemGetInfo_v2");
    find(d.upload, "cuMemcpyHtoD_v2");
    find(d.download, "cuMemcpyDtoH_v2");
    find(d.copy, "cuMemcpyDtoD_v2");
    find(d.clear, "cuMemsetD8_v2");
    find(d.allocate_here, "cuMemHostAlloc");
    find(d.release_here, "cuMemFreeHost");
    find(d.launch, "cuLaunchKernel");
    find(d.wait, "cuCtxSynchronize");
    find(d.words, "cuGetErrorString");
    d.check(d.init(0), "starting the driver");
    return d;
}

}  // namespace

const Driver& Driver::get() {
    static const Driver opened = open_driver();
    return opened;
}

void Driver::check(Code code, const char* what) const {
    if (code == 0) return;
    const char* text = nullptr;
    if (words(code, &text) != 0 || text == nullptr) text = "an unknown error";
    throw CardFailure(std::string(what) + " failed on the card: " + text + " (" + std::to_string(code) + ")");
}

}  // namespace hubs::card
