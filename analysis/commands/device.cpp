#include "analysis/commands/device.h"

#include <cstdio>
#include <memory>

#include "analysis/commands/command.h"

namespace hubs {

Device device_named(const std::string& name) {
    const DeviceChoice choice = name == "card"  ? DeviceChoice::card
                                : name == "cpu" ? DeviceChoice::processor
                                                : DeviceChoice::automatic;
    return open_device(choice, [](const std::string& what) { std::fprintf(stderr, "%s\n", what.c_str()); });
}

namespace {

int print_devices() {
    bool usable = false;
    const std::string text = describe_devices(usable);
    std::printf("%s%s\n", text.c_str(),
                usable ? "run and sweep run use it unless told --device cpu." : "run and sweep run use the processor.");
    return done;
}

}  // namespace

Command devices_command() {
    return {"devices", "Graphics cards of this machine, and whether they can be used", {}, [](const std::string&) {
                return print_devices();
            }};
}

}  // namespace hubs
