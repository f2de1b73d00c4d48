#include "sim/run/read_start_from.h"

#include <algorithm>
#include <filesystem>

#include "sim/run/embedded.h"
#include "sim/run/history.h"
#include "sim/run/messages.h"

namespace hubs {
namespace {

constexpr const char* run_is = "a scenario, or a results folder of one";
constexpr int last_start_year = 2019, last_start_month = 8;  // a year after that of the shares inside the program

std::string month_text(const Calendar& calendar, unsigned months) {
    const Month m{static_cast<std::uint16_t>(months)};
    const int month = calendar.month_of(m);
    return std::to_string(calendar.year_of(m)) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

const InputFile* input_of(const Study& study, const std::string& role) {
    for (const InputFile& i : study.inputs)
        if (i.role == role) return &i;
    return nullptr;
}

/// The history is read with the population and the draws of the run that starts from it: one country, one set of draws.
Overrides overrides_of_history(const Overrides& run, const Study& study, const std::string& file) {
    Overrides out;
    if (const InputFile* population = input_of(study, "population"); population != nullptr && !population->built_in) {
        out.population = population->name;
        out.population_text = population->text;
    }
    out.posterior = study.posterior;
    if (const InputFile* draws = input_of(study, "posterior"); draws != nullptr && !draws->built_in)
        out.posterior_text = draws->text;
    const std::string beside_it = file.substr(0, file.rfind('/') + 1) + "framework.json";
    std::error_code none;
    if (run.history_framework_text) {
        out.framework = "framework.json";
        out.framework_text = run.history_framework_text;
    } else if (file.ends_with("/inputs/scenario.json") && std::filesystem::exists(beside_it, none)) {
        const Document kept = read_text_file(beside_it);
        if (kept.problems.empty()) out.framework = beside_it, out.framework_text = kept.text;
    }
    return out;
}

/// Which items of the earlier framework each item carries on.
std::vector<Carried> carried_of(const Framework& now, const Framework& before, double Item::*share, ObjectReader& r,
                                const Place& place) {
    std::vector<std::string> ids;
    for (const Item& item : before.items) ids.push_back(item.id);
    std::vector<Carried> out;
    for (const Item& item : now.items) {
        Carried one{0, item.*share};
        for (const std::string& id : item.carries) {
            const auto found = std::find(ids.begin(), ids.end(), id);
            if (found != ids.end()) one.from |= one_item(static_cast<unsigned>(found - ids.begin()));
            else
                r.problem(place,
                          "item " + item.id + " of framework \"" + printable(now.name) + "\" carries on \"" +
                              printable(id) + "\", which \"" + printable(before.name) + "\" does not have",
                          "/framework", "\"carries\": ids of its items, or [] where the item is new",
                          r.nearest(id, ids));
        }
        out.push_back(one);
    }
    return out;
}

bool same_establishments(const Population& a, const Population& b) {
    const auto same = [](const auto& x, const auto& y) { return std::equal(x.begin(), x.end(), y.begin(), y.end()); };
    return same(a.establishments.address, b.establishments.address) &&
           same(a.establishments.area, b.establishments.area) && a.network.slots() == b.network.slots() &&
           a.employers.count() == b.employers.count();
}

struct Asked {
    std::string run, plan;
    double Item::*share = &Item::carried_share;
};

Asked read_asked(const Node& node, ObjectReader& r) {
    Asked out;
    ObjectReader one(node, "/start_from", r.document(), r.problems());
    one.text("run", out.run, true);
    one.text("plan", out.plan);
    if (const Node* carry = one.take("carry"))
        if (const auto found = one.one_of(*carry, "carry", {"low", "middle", "high"}))
            out.share = std::array{&Item::carried_low, &Item::carried_share, &Item::carried_high}[*found];
    one.finish();
    return out;
}

/// Which plan of the history; it need not be said where there is only one.
std::size_t plan_of(const Asked& asked, const Scenario& history, const Node& node, ObjectReader& r) {
    if (asked.plan.empty() && history.plans.size() == 1) return 0;
    std::vector<std::string> names;
    for (const Plan& p : history.plans) names.push_back(p.name);
    const auto found = std::find(names.begin(), names.end(), asked.plan);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "\"" : ", \"") + name + "\"";
    const Node* plan = node.find("plan");
    r.problem(
        plan != nullptr ? plan->place : node.place,
        plan != nullptr ? "no plan \"" + printable(asked.plan) + "\" in " + asked.run : "a history of several plans",
        "/start_from/plan", "one of " + list, r.nearest(asked.plan, names));
    return 0;
}

/// Shares are those of 2017/18 in the framework inside the program, and none at all in one that only carries on
/// another.
void refuse_late_start(const Study& study, ObjectReader& r) {
    const Scenario& s = study.scenario;
    const Framework& f = study.framework;
    const Node* start = r.node().find("start");
    const bool shipped = input_of(study, "framework")->text == embedded::framework;
    const bool none =
        std::all_of(f.published_full.begin(), f.published_full.end(), [](double share) { return share <= 0; });
    if (start == nullptr || s.calendar.step_of(last_start_year, last_start_month) >= 0 || !(shipped || none)) return;
    r.problem(
        start->place,
        "a start in " + month_text(s.calendar, 0) +
            (shipped ? " with the published shares of 2017/18" : " with a framework without published shares"),
        "/start",
        "\"start_from\": a scenario to start from, as {\"run\": \"history-2018-2025.json\", \"plan\": \"as it was\"}; "
        "or a framework of your own with shares of that year");
}

/// What would set a start that is not made.
void refuse_initial_state(ObjectReader& r) {
    const Node* parameters = r.node().find("parameters");
    const Node* initial = parameters == nullptr ? nullptr : parameters->find(InitialState::name);
    if (initial != nullptr)
        r.problem(initial->place, "\"initial_state\" of a run that starts from another", "/parameters/initial_state",
                  "it in the history, or no \"start_from\"");
}

}  // namespace

void read_start_from(ObjectReader& r, const Overrides& overrides, Study& study, std::string& report) {
    Scenario& s = study.scenario;
    const Node* node = r.take("start_from");
    if (node == nullptr) {
        refuse_late_start(study, r);
        return;
    }
    if (!r.is(*node, Node::Kind::object, "start_from", "an object: {\"run\": …, \"plan\": …}")) return;
    refuse_initial_state(r);
    const Asked asked = read_asked(*node, r);
    if (const Node* run = node->find("run"); run != nullptr && run->kind == Node::Kind::text && run->text.empty())
        r.problem(run->place, "\"\" where a scenario belongs", "/start_from/run", run_is);
    if (asked.run.empty()) return;
    if (overrides.in_history) {
        r.problem(node->place, "a history that starts from another", "/start_from",
                  "a scenario with a start of its own");
        return;
    }
    std::string file = beside(r.document().file, asked.run);
    std::error_code none;
    if (std::filesystem::is_directory(file, none)) file += "/inputs/scenario.json";
    Overrides own = overrides_of_history(overrides, study, file);
    own.in_history = true;
    const std::string closing = "The history was not read.";
    StudyRead read = overrides.history_text ? read_study_text(asked.run, *overrides.history_text, own, closing)
                                            : read_study(file, own, closing);
    if (!read.study) {
        report += read.report;
        r.problem(node->find("run")->place, "\"" + printable(asked.run) + "\" could not be read", "/start_from/run",
                  run_is);
        return;
    }
    Study& past = *read.study;
    auto history = std::make_shared<History>();
    history->plan = plan_of(asked, past.scenario, *node, r);
    const int months = past.scenario.calendar.step_of(s.calendar.year, s.calendar.month);
    if (months < 1 || months > past.scenario.months)
        r.problem(node->place, "a start in " + month_text(s.calendar, 0) + " after " + asked.run, "/start",
                  "a month from " + month_text(past.scenario.calendar, 1) + " to " +
                      month_text(past.scenario.calendar, past.scenario.months) +
                      ", the month after the last of its run");
    else history->months = static_cast<std::uint16_t>(months);
    if (!same_establishments(past.population, study.population))
        r.problem(node->place, asked.run + " is of another population", "/start_from/run",
                  "a scenario of the same establishments");
    const std::string& text = input_of(study, "framework")->text;
    const InputFile framework = *input_of(past, "framework");
    if (framework.text != text)
        history->carried = carried_of(study.framework, past.framework, asked.share, r, node->place);
    study.inputs.push_back({"history", file, past.inputs.front().text});
    if (!framework.built_in) study.inputs.push_back({"history_framework", framework.name, framework.text});
    history->population = std::make_shared<const Population>(std::move(past.population));
    history->framework = std::make_shared<const Framework>(std::move(past.framework));
    history->scenario = std::move(past.scenario);
    s.history = std::move(history);
}

}  // namespace hubs
