#pragma once
#include <string_view>

namespace hubs {

/// What a setting is for: fitted to evidence, carried as a range, taken from evidence, or
/// chosen by a plan.
enum class Use { fit, swept, input, lever };

constexpr std::string_view name_of(Use use) {
    switch (use) {
        case Use::fit:
            return "fit";
        case Use::swept:
            return "swept";
        case Use::input:
            return "input";
        case Use::lever:
            return "lever";
    }
    return "";
}

/// Where a value may plausibly lie, as judged from the source: what sensitivity analyses vary it over.
struct Plausible {
    double low = 0, high = 0;
    constexpr bool given() const { return low < high; }
};
constexpr Plausible within(double low, double high) { return {low, high}; }

/// One setting: the reader, the schema, the messages, the tables and the assumptions log
/// all follow from it. The default is the member's own initial value.
struct Field {
    std::string_view name;
    std::string_view unit;
    double minimum;
    double maximum;
    std::string_view meaning;
    std::string_view source;  ///< evidence ids, a paper, or "assumed"
    int padlocks;             ///< strength of the evidence, 0 (assumed) to 5
    Use use;
    Plausible range = {};  ///< none for levers
};

/// A setting that takes one of a few words. `words` is indexed by the value.
struct Choice {
    std::string_view name;
    std::string_view meaning;
    std::string_view source;
};

}  // namespace hubs
