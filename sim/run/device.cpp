#include "sim/run/device.h"

#include "sim/card/card.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

std::string words_of(const card::CardNamed& c) {
    return c.name + ", " + std::to_string(c.bytes >> 30) + " GiB, generation " + std::to_string(c.major) + "." +
           std::to_string(c.minor) + ", driver " + std::to_string(c.driver / 1000) + "." +
           std::to_string(c.driver % 1000 / 10);
}

}  // namespace

Device open_device(DeviceChoice choice, const std::function<void(const std::string&)>& tell) {
    if (choice == DeviceChoice::processor) return {};
    if (choice == DeviceChoice::automatic) {
        if (embedded::card_code.empty()) return {};
        try {
            card::Driver::get();
        } catch (const card::CardFailure&) {
            return {};
        }
    }
    try {
        auto machine = std::make_unique<card::Card>(embedded::card_code);
        if (tell) tell("Simulating on card 0: " + words_of(card::cards().front()) + ".");
        return {std::move(machine), tell};
    } catch (const card::CardFailure& failure) {
        if (choice == DeviceChoice::card) throw;
        if (tell) tell(std::string(failure.what()) + "; the processor is used");
    }
    return {};
}

std::string describe_devices(bool& usable) {
    usable = false;
    std::string out;
    try {
        const auto all = card::cards();
        for (const card::CardNamed& c : all) out += "card " + std::to_string(c.number) + ": " + words_of(c) + "\n";
        if (all.empty()) out = "The driver finds no card.\n";
        if (!all.empty() && !embedded::card_code.empty()) card::Card tried(embedded::card_code);
        usable = !all.empty() && !embedded::card_code.empty();
    } catch (const card::CardFailure& failure) {
        out += std::string("No card: ") + failure.what() + ".\n";
    }
    if (embedded::card_code.empty())
        out +=
            "This program was built without code for a card. Where a card is there, ./hubsim builds it in; by hand: cmake -DHUBSIM_CARD=ON (needs clang++).\n";
    return out;
}

}  // namespace hubs
