#include "analysis/results/plan_differences.h"

#include <algorithm>

#include "analysis/page/wording.h"

namespace hubs {

namespace {

/// "60 from ", "60 into hubs there are from ", "12 leaving in ", "hubs merge in Cumbria in ", "hubs close in …".
std::string what_happens(const Waves::Row& wave) {
    const std::string asked = fixed(static_cast<double>(wave.asked), 0);
    switch (wave.action) {
        case WaveAction::form_hubs:
            return asked + " from ";
        case WaveAction::join_hubs:
            return asked + " into hubs there are from ";
        case WaveAction::merge_hubs:
            return "hubs merge in " + wave.areas + " in ";
        case WaveAction::close_hubs:
            return "hubs close in " + wave.areas + " in ";
        case WaveAction::leave:
            break;
    }
    return asked + " leaving in ";
}

}  // namespace

PlanWords::PlanWords(const std::vector<Assumptions::Row>& assumptions, const std::vector<Waves::Row>& waves) {
    for (const Assumptions::Row& row : assumptions)
        if (row.section.starts_with("plan: ")) levers_[row.section.substr(6)][row.name] = cell_text(row.value);
    for (const Waves::Row& wave : waves) {
        std::string &said = members_[wave.plan], rule(word(wave.rule));
        std::replace(rule.begin(), rule.end(), '_', ' ');
        said += (said.empty() ? "" : "; ") + what_happens(wave) + month_in_words(wave.date);
        if (wave.asked > 0) said += ", " + rule;
    }
}

const std::string& PlanWords::members(const std::string& plan) { return members_[plan]; }

std::string PlanWords::differences(const std::string& plan, const std::string& reference) {
    const auto& there = levers_[reference];
    std::string changed;
    std::size_t count = 0;
    for (const auto& [name, value] : levers_[plan])
        if (const auto found = there.find(name); found != there.end() && found->second != value) {
            ++count;
            changed += (changed.empty() ? ": " : "; ") + name + " " + value + " instead of " + found->second;
        }
    const bool members = members_[plan] != members_[reference];
    if (count == 0)
        return members ? "Same levers as “" + reference + "”; differs only in its waves."
                       : "Identical to “" + reference + "”.";
    return "Differs from “" + reference + "” in " + std::to_string(count) + " of " + std::to_string(there.size()) +
           " levers" + changed + (members ? ", and in its waves." : ".");
}

}  // namespace hubs
