#include "sim/run/read_plan.h"

#include <algorithm>
#include <map>

#include "sim/run/names.h"

namespace hubs {
namespace {

/// A month as the step of the run, within it.
std::optional<std::uint16_t> read_step(ObjectReader& r, std::string_view key, const Scenario& s) {
    const Node* node = r.take(key, true);
    if (node == nullptr) return std::nullopt;
    const int last_year = s.calendar.year_of(Month{static_cast<std::uint16_t>(s.months - 1)});
    const int last = s.calendar.month_of(Month{static_cast<std::uint16_t>(s.months - 1)});
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::string expected = "a month of the run, from " + std::to_string(s.calendar.year) + "-" +
                                 two(s.calendar.month) + " to " + std::to_string(last_year) + "-" + two(last);
    int year = 0, month = 0;
    if (node->kind == Node::Kind::text && read_year_month(node->text, year, month)) {
        const int step = s.calendar.step_of(year, month);
        if (step >= 0 && step < s.months) return static_cast<std::uint16_t>(step);
    }
    r.problem(node->place, shown(*node) + " is not a month of the run", r.below(key), expected);
    return std::nullopt;
}

void read_area_shares(ObjectReader& r, const Node& node, const Population& population, Wave& wave) {
    std::vector<std::string> names;
    for (const AreaRow& a : population.areas) names.push_back(a.name);
    std::vector<std::uint32_t> there(names.size(), 0);
    for (const AreaId a : population.establishments.area) ++there[a.index];
    for (const auto& m : node.members) {
        const auto found = std::find(names.begin(), names.end(), m.key);
        const std::string path = r.below("areas") + "/" + printable(m.key);
        if (found == names.end()) {
            r.problem(m.place, "unknown area \"" + printable(m.key) + "\"", path, "an area of the population",
                      r.nearest(m.key, names));
            continue;
        }
        const auto area = static_cast<std::uint32_t>(found - names.begin());
        if (m.value.kind != Node::Kind::number || !m.value.whole || m.value.integer < 1 ||
            m.value.integer > there[area])
            r.problem(m.value.place, shown(m.value) + " members", path,
                      "a whole number from 1 to " + std::to_string(there[area]) + ", the establishments of the area");
        else wave.areas.push_back({area, static_cast<std::uint32_t>(m.value.integer)});
    }
}

/// The waves that a population's list of memberships stands for: one a hub and month.
void add_listed(const Study& study, const Scenario& s, Plan& plan) {
    std::map<std::pair<int, std::string>, Wave> waves;
    std::map<std::string, std::uint32_t> number;  // of hubs, from 1
    for (const Membership& m : study.memberships) number.emplace(m.hub, static_cast<std::uint32_t>(number.size() + 1));
    for (const Membership& m : study.memberships) {
        if (m.left_year > 0 && s.calendar.step_of(m.left_year, m.left_month) <= 0) continue;  // over before the start
        const auto put = [&](int year, int month, bool leaving) {
            if (s.history && s.calendar.step_of(year, month) < 0) return;  // done in the history
            const int step = std::max(0, s.calendar.step_of(year, month));
            if (step >= s.months) return;
            Wave& wave = waves[{step * 2 + (leaving ? 0 : 1), m.hub}];
            wave.month = static_cast<std::uint16_t>(step);
            wave.rule = Allocation::as_listed;
            wave.action = leaving ? WaveAction::leave : WaveAction::form_hubs;
            wave.listed = number[m.hub];
            wave.addresses.push_back(m.address);
        };
        put(m.joined_year, m.joined_month, false);
        if (m.left_year > 0) put(m.left_year, m.left_month, true);
    }
    for (auto& [key, wave] : waves) {
        std::sort(wave.addresses.begin(), wave.addresses.end());
        plan.waves.push_back(wave);
    }
}

/// Areas whose hubs merge or close.
void read_areas(ObjectReader& r, const Population& population, Wave& wave) {
    const Node* list = r.take("areas", true);
    if (list == nullptr || !r.is(*list, Node::Kind::list, "areas", "a list of areas") || population.areas.empty())
        return;
    std::vector<std::string> names;
    for (const AreaRow& a : population.areas) names.push_back(a.name);
    if (list->list.empty()) r.problem(list->place, "no areas", r.below("areas"), "at least one area of the population");
    for (const Node& one : list->list)
        if (const auto area = r.one_of(one, "areas", names))
            wave.areas.push_back({static_cast<std::uint32_t>(*area), 0});
}

void read_wave(const Node& node, const std::string& path, const Study& study, const Document& document,
               Problems& problems, Plan& plan) {
    ObjectReader r(node, path, document, problems);
    Wave wave;
    if (const Node* action = r.take("action")) {
        const std::vector<std::string> actions(wave_action_words.begin(), wave_action_words.end() - 1);
        if (const auto found = r.one_of(*action, "action", actions)) wave.action = static_cast<WaveAction>(*found);
    }
    if (!wave.joins()) {
        if (const auto step = read_step(r, "start", study.scenario)) wave.month = *step;
        read_areas(r, study.population, wave);
        r.finish();
        plan.waves.push_back(std::move(wave));
        return;
    }
    const Node* rule = r.take("rule", true);
    const std::vector<std::string> words(allocation_words.begin(), allocation_words.end());
    std::optional<std::size_t> chosen;
    if (rule != nullptr) chosen = r.one_of(*rule, "rule", words);
    if (chosen) wave.rule = static_cast<Allocation>(*chosen);
    if (wave.rule == Allocation::as_listed) {
        if (wave.action == WaveAction::join_hubs)
            r.problem(r.node().find("action")->place, "action \"join_hubs\" with rule \"as_listed\"", path + "/action",
                      "no action: who is listed for a hub that is there joins it anyway");
        if (study.memberships.empty())
            r.problem(node.place, "rule \"as_listed\" without memberships", path + "/rule",
                      "a population imported with --hubs");
        add_listed(study, study.scenario, plan);
        r.finish();
        return;
    }
    if (const auto step = read_step(r, "start", study.scenario)) wave.month = *step;
    std::int64_t at_most = 8;
    r.whole("at_most_benchmarks", 0, 8, at_most);
    wave.at_most = static_cast<std::uint32_t>(at_most);
    if (const Node* within = r.take("within")) {
        const std::vector<std::string> rules(allocation_words.begin() + 1, allocation_words.end() - 1);
        if (const auto found = r.one_of(*within, "within", rules)) wave.within = static_cast<Allocation>(*found + 1);
    }
    const bool known = !study.population.areas.empty();  // if it could not be read, that is told already
    const std::size_t most = known ? study.population.establishments.count() : 2147483647u;
    if (!chosen) {  // what else it needs cannot be known
        r.take("areas");
        r.take("members");
    } else if (wave.rule == Allocation::by_area) {
        const Node* areas = r.take("areas", chosen.has_value());
        if (areas != nullptr && r.is(*areas, Node::Kind::object, "areas", "an object of areas and members") && known)
            read_area_shares(r, *areas, study.population, wave);
    } else {
        std::int64_t members = 0;
        r.whole("members", 1, static_cast<double>(most), members, true);
        wave.members = static_cast<std::uint32_t>(members);
    }
    r.finish();
    plan.waves.push_back(std::move(wave));
}

void read_priority(ObjectReader& r, Plan& plan) {
    const Node* list = r.take("priority_benchmarks");
    if (list == nullptr || !r.is(*list, Node::Kind::list, "priority_benchmarks", "a list of numbers from 1 to 8"))
        return;
    plan.priority = {};
    for (const Node& n : list->list) {
        if (n.kind != Node::Kind::number || !n.whole || n.integer < 1 || n.integer > 8)
            r.problem(n.place, shown(n) + " where a benchmark belongs", r.below("priority_benchmarks"),
                      "a whole number from 1 to 8");
        else plan.priority[static_cast<std::size_t>(n.integer - 1)] = true;
    }
}

void read_absences(ObjectReader& r, const Study& study, const std::string& path, Problems& problems, Plan& plan) {
    const Node* list = r.take("absences");
    if (list == nullptr || !r.is(*list, Node::Kind::list, "absences", "a list")) return;
    plan.absences.clear();
    for (std::size_t i = 0; i < list->list.size(); ++i) {
        ObjectReader one(list->list[i], path + "/absences/" + std::to_string(i), r.document(), problems);
        std::int64_t id = 0;
        one.whole("establishment", 1, 2147483647, id, true);
        const auto step = read_step(one, "month", study.scenario);
        one.finish();
        if (const auto& there = study.population.establishments.address;
            id > 0 && there.count() > 0 && std::find(there.begin(), there.end(), id) == there.end())
            one.problem(list->list[i].place, "no establishment " + std::to_string(id) + " in the population",
                        one.below("establishment"),
                        "a URN of the population, or a number from 1 to " + std::to_string(there.count()) +
                            " in a synthetic one");
        if (step) plan.absences.push_back({static_cast<std::uint32_t>(id), *step});
    }
}

/// The plan that this one is like, without its name and description; a plan with defaults where it is like none.
Plan like_another(ObjectReader& r, const std::vector<Plan>& earlier) {
    const Node* like = r.take("like");
    if (like == nullptr || !r.is(*like, Node::Kind::text, "like", "the name of an earlier plan")) return {};
    std::vector<std::string> names;
    for (const Plan& plan : earlier) {
        names.push_back(plan.name);
        if (plan.name != like->text) continue;
        Plan out = plan;
        out.name.clear();
        out.description.clear();
        return out;
    }
    r.problem(like->place, "no earlier plan \"" + printable(like->text) + "\"", r.below("like"),
              "the name of a plan that stands before this one", r.nearest(like->text, names));
    return {};
}

/// Waves of a plan, in place of those of the plan it is like: each said here, or the name of one said once for all.
void read_waves(ObjectReader& r, const std::string& path, const Study& study, const NamedWaves& named,
                Problems& problems, Plan& plan) {
    const Node* waves = r.take("waves");
    if (waves == nullptr || !r.is(*waves, Node::Kind::list, "waves", "a list of waves")) return;
    plan.waves.clear();
    for (std::size_t w = 0; w < waves->list.size(); ++w) {
        const Node& one = waves->list[w];
        const std::string at = path + "/waves/" + std::to_string(w);
        if (one.kind != Node::Kind::text) {
            read_wave(one, at, study, r.document(), problems, plan);
            continue;
        }
        std::vector<std::string> names;
        for (const auto& [name, list] : named) names.push_back(name);
        if (const auto found = named.find(one.text); found != named.end())
            plan.waves.insert(plan.waves.end(), found->second.begin(), found->second.end());
        else
            r.problem(one.place, "no wave \"" + printable(one.text) + "\"", at,
                      "a wave, or the name of one of the scenario's \"waves\"", r.nearest(one.text, names));
    }
}

}  // namespace

NamedWaves read_named_waves(ObjectReader& scenario, const Study& study, Problems& problems) {
    NamedWaves out;
    const Node* named = scenario.take("waves");
    if (named == nullptr || !scenario.is(*named, Node::Kind::object, "waves", "waves by name")) return out;
    for (const Node::Member& wave : named->members) {
        Plan scratch;
        const std::string name = "waves/" + printable(wave.key);
        if (scenario.is(wave.value, Node::Kind::object, name, "a wave"))
            read_wave(wave.value, "/" + name, study, scenario.document(), problems, scratch);
        out[wave.key] = std::move(scratch.waves);
    }
    return out;
}

Plan read_plan(const Node& node, const std::string& path, const Study& study, const NamedWaves& named,
               const Document& document, Problems& problems) {
    ObjectReader r(node, path, document, problems);
    Plan plan = like_another(r, study.scenario.plans);
    r.text("name", plan.name, true);
    if (const Node* name = node.find("name"); name != nullptr && name->kind == Node::Kind::text)
        if (const std::string trouble = trouble_with_label(plan.name); !trouble.empty())
            r.problem(name->place, "plan name " + shown(*name) + " " + trouble, path + "/name",
                      "1 to 200 letters, digits, signs and blanks, the first not =, +, - or @");
    r.text("description", plan.description);
    read_waves(r, path, study, named, problems, plan);
    std::stable_sort(plan.waves.begin(), plan.waves.end(),
                     [](const Wave& a, const Wave& b) { return a.month < b.month; });
    read_priority(r, plan);
    read_absences(r, study, path, problems, plan);
    Plan::describe(r, plan);
    r.finish();
    return plan;
}

}  // namespace hubs
