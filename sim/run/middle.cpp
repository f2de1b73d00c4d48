#include "sim/run/middle.h"

#include <algorithm>

#include "sim/run/history.h"

namespace hubs {

double quantile_of_draws(const ParameterDraws& draws, std::size_t k, double q) {
    std::vector<std::pair<double, double>> values;
    for (std::size_t d = 0; d < draws.count(); ++d)
        values.emplace_back(draws.values[d * draws.paths.size() + k],
                            draws.cumulative[d] - (d > 0 ? draws.cumulative[d - 1] : 0.0));
    std::sort(values.begin(), values.end());
    double sum = 0;
    for (const auto& [value, weight] : values)
        if ((sum += weight) >= q * draws.cumulative.back()) return value;
    return values.back().first;
}

double* place_of(Scenario& s, const std::string& path) {
    for (const ParameterPlace& place : parameter_places(s))
        if (place.path == path) return place.value;
    return nullptr;
}

Scenario middle_of(const Scenario& scenario) {
    Scenario s = scenario;
    s.draws = {};
    for (std::size_t k = 0; k < scenario.draws.paths.size(); ++k)
        if (double* value = place_of(s, scenario.draws.paths[k])) *value = quantile_of_draws(scenario.draws, k, 0.5);
    if (scenario.history) s.history = scenario.history->middle(middle_of);
    return s;
}

double price_factor(std::string_view unit, double value, double usual) {
    return unit.starts_with("GBP") && usual > 0 && value > 0 ? value / usual : 1;
}

std::vector<UncertainParameter> uncertain_parameters(const Scenario& scenario) {
    std::vector<UncertainParameter> out;
    Scenario middle = middle_of(scenario), usual;
    const ParameterDraws& draws = scenario.draws;
    for (const ParameterPlace& place : parameter_places(middle)) {
        if (scenario.history && place.path.starts_with("initial_state.")) continue;  // the run starts from the history
        if (place.path.starts_with("account_costs.") && scenario.decision.rule != ChoiceRule::net_benefit)
            continue;  // prices move no outcome, only its value
        const double factor = price_factor(place.field.unit, *place.value, *place_of(usual, place.path));
        UncertainParameter u{place.path, place.field, *place.value, place.field.range.low * factor,
                             place.field.range.high * factor};
        const auto drawn = std::find(draws.paths.begin(), draws.paths.end(), place.path);
        if (drawn != draws.paths.end()) {
            const auto k = static_cast<std::size_t>(drawn - draws.paths.begin());
            u.low = quantile_of_draws(draws, k, 0.05);
            u.high = quantile_of_draws(draws, k, 0.95);
        } else if (!place.field.range.given() || place.field.use == Use::input || place.field.use == Use::lever)
            continue;
        out.push_back(u);
    }
    return out;
}

}  // namespace hubs
