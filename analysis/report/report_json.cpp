#include "analysis/report/report_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/results/sentences.h"
#include "analysis/results/tables.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

/// A number, or null where it is not known.
Json known(double value) { return std::isnan(value) ? Json() : Json(value); }

/// A row with its columns' names; enums and text as text.
template <class T>
Json object_of(const typename T::Row& row) {
    Json out;
    T::Row::describe(
        [&](const char* name, const char*, const std::string&, int, const auto& value) {
            const Cell one = cell::of(value);
            if (const auto* number = std::get_if<double>(&one)) out[name] = known(*number);
            else if (const auto* whole = std::get_if<std::int64_t>(&one)) out[name] = *whole;
            else out[name] = std::get<std::string>(one);
        },
        row);
    return out;
}
template <class T>
Json list_of(const Page& page) {
    Json out = Json::array();
    for (const auto& row : page.of<T>()) out.push_back(object_of<T>(row));
    return out;
}

}  // namespace

std::string report_json(const Page& page) {
    const ReportFacts& f = page.facts;
    Json out{{"format", "hubsim report 1"}, {"name", f.name},
             {"question", f.question},      {"place", f.place},
             {"version", f.version},        {"fingerprint", f.fingerprint},
             {"replicates", f.replicates},  {"headline", choice_sentence(page)}};
    const auto& choice = page.of<PlanChoice>();
    if (!choice.empty()) {
        Json& decision = out["decision"];
        decision = {{"outcome", word(f.decision.outcome)}, {"rule", word(f.decision.rule)}};
        if (f.decision.rule == ChoiceRule::net_benefit) decision["worth_gbp"] = f.decision.worth_gbp;
        if (f.decision.rule == ChoiceRule::within_budget) decision["budget_gbp"] = f.decision.budget_gbp;
        decision["chosen"] = choice.front().plan;
        decision["plans"] = list_of<PlanChoice>(page);
        decision["other_measures"] = list_of<OtherMeasures>(page);
        decision["value_for_money"] = list_of<Frontier>(page);
    }
    const auto& basis = page.of<CalibrationBasis>();
    out["calibration"] = {{"calibrated", is_calibrated(basis)},
                          {"words", calibration_sentence(basis)},
                          {"aspects", list_of<CalibrationBasis>(page)}};
    return out.dump(1) + "\n";
}

}  // namespace hubs
