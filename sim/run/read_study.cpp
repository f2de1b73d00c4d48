#include <algorithm>
#include <map>

#include "sim/run/embedded.h"
#include "sim/run/messages.h"
#include "sim/run/reader.h"
#include "sim/run/study.h"

namespace hubs {
namespace {

constexpr std::size_t population_bytes = 256u << 20;

std::string folder_of(const std::string& file) {
    const auto slash = file.rfind('/');
    return slash == std::string::npos ? "" : file.substr(0, slash + 1);
}

/// A month as the step of the run, within it.
std::optional<std::uint16_t> read_step(ObjectReader& r, std::string_view key, const Scenario& s) {
    const Node* node = r.take(key, true);
    if (node == nullptr) return std::nullopt;
    const int last_year = s.calendar.year_of(Month{static_cast<std::uint16_t>(s.months - 1)});
    const int last = s.calendar.month_of(Month{static_cast<std::uint16_t>(s.months - 1)});
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::string expected =
        "a month of the run, from " + std::to_string(s.calendar.year) + "-" + two(s.calendar.month) + " to " + std::to_string(last_year) + "-" + two(last);
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
        const std::string path = r.below("areas") + "/" + m.key;
        if (found == names.end()) {
            r.problem(m.place, "unknown area \"" + m.key + "\"", path, "an area of the population", nearest_word(m.key, names));
            continue;
        }
        const auto area = static_cast<std::uint32_t>(found - names.begin());
        if (m.value.kind != Node::Kind::number || !m.value.whole || m.value.integer < 1 || m.value.integer > there[area])
            r.problem(m.value.place, shown(m.value) + " members", path,
                      "a whole number from 1 to " + std::to_string(there[area]) + ", the establishments of the area");
        else wave.areas.push_back({area, static_cast<std::uint32_t>(m.value.integer)});
    }
}

/// The waves that a population's list of memberships stands for: one a hub and month.
void add_listed(const Study& study, const Scenario& s, Plan& plan) {
    std::map<std::pair<int, std::string>, Wave> waves;
    for (const Membership& m : study.memberships) {
        const auto put = [&](int year, int month, bool leaving) {
            const int step = std::max(0, s.calendar.step_of(year, month));
            if (step >= s.months) return;
            Wave& wave = waves[{step * 2 + (leaving ? 0 : 1), m.hub}];
            wave.month = static_cast<std::uint16_t>(step);
            wave.rule = Allocation::as_listed;
            wave.leaving = leaving;
            wave.addresses.push_back(m.address);
        };
        put(m.joined_year, m.joined_month, false);
        if (m.left_year > 0 && s.calendar.step_of(m.left_year, m.left_month) >= 0) put(m.left_year, m.left_month, true);
    }
    for (auto& [key, wave] : waves) {
        std::sort(wave.addresses.begin(), wave.addresses.end());
        plan.waves.push_back(wave);
    }
}

void read_wave(const Node& node, const std::string& path, const Study& study, const Document& document, Problems& problems, Plan& plan) {
    ObjectReader r(node, path, document, problems);
    Wave wave;
    const Node* rule = r.take("rule", true);
    const std::vector<std::string> words(allocation_words.begin(), allocation_words.end());
    std::optional<std::size_t> chosen;
    if (rule != nullptr) chosen = r.one_of(*rule, "rule", words);
    if (chosen) wave.rule = static_cast<Allocation>(*chosen);
    if (wave.rule == Allocation::as_listed) {
        if (study.memberships.empty()) r.problem(node.place, "rule \"as_listed\" without memberships", path + "/rule", "a population imported with --hubs");
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
    if (list == nullptr || !r.is(*list, Node::Kind::list, "priority_benchmarks", "a list of numbers from 1 to 8")) return;
    for (const Node& n : list->list) {
        if (n.kind != Node::Kind::number || !n.whole || n.integer < 1 || n.integer > 8)
            r.problem(n.place, shown(n) + " where a benchmark belongs", r.below("priority_benchmarks"), "a whole number from 1 to 8");
        else plan.priority[static_cast<std::size_t>(n.integer - 1)] = true;
    }
}

void read_absences(ObjectReader& r, const Study& study, const std::string& path, Problems& problems, Plan& plan) {
    const Node* list = r.take("absences");
    if (list == nullptr || !r.is(*list, Node::Kind::list, "absences", "a list")) return;
    for (std::size_t i = 0; i < list->list.size(); ++i) {
        ObjectReader one(list->list[i], path + "/absences/" + std::to_string(i), r.document(), problems);
        std::int64_t id = 0;
        one.whole("establishment", 1, 2147483647, id, true);
        const auto step = read_step(one, "month", study.scenario);
        one.finish();
        if (step) plan.absences.push_back({static_cast<std::uint32_t>(id), *step});
    }
}

Plan read_plan(const Node& node, const std::string& path, const Study& study, const Document& document, Problems& problems) {
    Plan plan;
    ObjectReader r(node, path, document, problems);
    r.text("name", plan.name, true);
    r.text("description", plan.description);
    if (const Node* waves = r.take("waves"); waves != nullptr && r.is(*waves, Node::Kind::list, "waves", "a list of waves"))
        for (std::size_t w = 0; w < waves->list.size(); ++w) read_wave(waves->list[w], path + "/waves/" + std::to_string(w), study, document, problems, plan);
    std::stable_sort(plan.waves.begin(), plan.waves.end(), [](const Wave& a, const Wave& b) { return a.month < b.month; });
    read_priority(r, plan);
    read_absences(r, study, path, problems, plan);
    Plan::describe(r, plan);
    r.finish();
    return plan;
}

void read_parameters(ObjectReader& r, Scenario& s, const Document& document, Problems& problems) {
    const Node* node = r.take("parameters");
    if (node == nullptr) return;
    ObjectReader all(*node, "/parameters", document, problems);
    const auto section = [&]<class P>(std::string_view name, P& parameters) {
        const Node* own = all.take(name);
        if (own == nullptr) return;
        ObjectReader one(*own, "/parameters/" + std::string(name), document, problems);
        P::describe(one, parameters);
        one.finish();
    };
    section(InitialState::name, s.initial);
    Schedule::each_process([&]<class P>(std::type_identity<P>) { section(P::name, Schedule::of<P>(s.parameters)); });
    all.finish();
}

void read_switches(ObjectReader& r, Scenario& s) {
    const Node* list = r.take("switch_off");
    if (list == nullptr || !r.is(*list, Node::Kind::list, "switch_off", "a list of processes")) return;
    std::vector<std::string> names;
    Schedule::each_process([&]<class P>(std::type_identity<P>) { names.emplace_back(P::name); });
    for (const Node& n : list->list)
        if (const auto place = r.one_of(n, "switch_off", names)) s.switches.off[*place] = true;
}

void read_calendar(ObjectReader& r, Scenario& s) {
    std::string start;
    r.text("start", start);
    if (!start.empty() && (!read_year_month(start, s.calendar.year, s.calendar.month) || s.calendar.year < 2000 || s.calendar.year > 2100))
        r.problem(r.node().find("start")->place, "\"" + start + "\" is not a month", "/start", "a month as 2018-09, from 2000 to 2100");
    std::int64_t months = s.months, replicates = s.replicates, seed = static_cast<std::int64_t>(s.seed), every = s.observe_every;
    r.whole("months", 1, 400, months);
    r.whole("replicates", 1, 100000, replicates);
    r.whole("seed", 0, 9007199254740992.0, seed);
    r.whole("observe_groups_every_months", 1, 400, every);
    s.months = static_cast<std::uint16_t>(months);
    s.replicates = static_cast<std::uint32_t>(replicates);
    s.seed = static_cast<std::uint64_t>(seed);
    s.observe_every = static_cast<unsigned>(every);
    r(Field{"discount_rate", "per year", 0, 0.2, "", "", 0, Use::input}, s.discount_rate);
    r.text("price_base", s.price_base);
}

/// Reads what the scenario says of its population and lays it out.
void load_population(ObjectReader& r, const Overrides& overrides, const std::string& file, Study& study, Problems& problems, std::string& report) {
    const Node* node = r.take("population");
    std::string path = overrides.population;
    std::int64_t seed = 1, scale = 1;
    if (node != nullptr && r.is(*node, Node::Kind::object, "population", "an object: {\"synthetic\": true} or {\"file\": …}")) {
        ObjectReader one(*node, "/population", r.document(), problems);
        std::string named;
        bool synthetic = true;
        one.text("file", named);
        one(Choice{"synthetic", "", ""}, synthetic);
        one.whole("seed", 0, 9007199254740992.0, seed);
        one.whole("scale", 1, 250, scale);
        one.finish();
        if (path.empty() && !named.empty()) path = named[0] == '/' ? named : folder_of(file) + named;
    }
    Limits limits;
    limits.bytes = population_bytes;
    limits.nodes = 100'000'000;
    const Document document =
        path.empty() ? parse_document("population/england-2023.json", std::string(embedded::figures), limits) : read_document(path, limits);
    Problems own = document.problems;
    PopulationInput input;
    if (own.empty() && path.empty()) {
        const auto figures = read_figures(document, own);
        if (own.empty()) input = synthetic_england(figures, static_cast<std::uint64_t>(seed), static_cast<unsigned>(scale));
        study.population_note = "Synthetic establishments drawn from published figures by local enterprise area; none is a real school.";
    } else if (own.empty()) {
        PopulationFile read = read_population(document, own);
        input = std::move(read.input);
        study.memberships = std::move(read.memberships);
        study.population_note = read.note;
        if (own.empty() && input.rows.empty()) {
            Problem p;
            p.file = path;
            p.headline = "no establishments";
            p.expected = "at least one";
            own.push_back(p);
        }
    }
    if (!own.empty()) report += report_of(own, document.text, "The population was not read.");
    else study.population = make_population(std::move(input), study.framework, &study.filled);
    study.inputs.push_back({"population", document.file, document.text});
    if (!own.empty()) problems.push_back({});  // counted; its text is in the report already
}

void read_published(ObjectReader& r, Problems& problems, Study& study) {
    const Node* list = r.take("published");
    if (list == nullptr || !r.is(*list, Node::Kind::list, "published", "a list")) return;
    for (std::size_t i = 0; i < list->list.size(); ++i) {
        const std::string path = "/published/" + std::to_string(i);
        ObjectReader one(list->list[i], path, r.document(), problems);
        Published p;
        one.text("target", p.target, true);
        one.text("plan", p.plan, true);
        one.text("grouping", p.grouping, true);
        one.text("group", p.group, true);
        one.text("measure", p.measure, true);
        one.text("date", p.date, true);
        std::int64_t part = 0;
        one.whole("part", 0, 20, part);
        one(Field{"percent_of", "count", 0, 100000, "", "", 0, Use::input}, p.percent_of);
        one.finish();
        p.part = static_cast<int>(part);
        bool found = false;
        for (const Plan& plan : study.scenario.plans) found |= plan.name == p.plan;
        if (!found && !p.plan.empty())
            one.problem(list->list[i].place, "unknown plan \"" + p.plan + "\"", path + "/plan", "the name of a plan of this scenario");
        study.published.push_back(std::move(p));
    }
}

StudyRead read_from(const Document& document, const Overrides& overrides, const std::string& closing) {
    StudyRead out;
    Problems problems = document.problems;
    if (!problems.empty()) {
        out.report = report_of(problems, document.text, closing);
        out.problems = problems.size();
        return out;
    }
    Study study;
    Scenario& s = study.scenario;
    ObjectReader r(document.root, "", document, problems);
    std::string schema, framework_file, other;
    r.text("$schema", schema);
    std::int64_t version = 1;
    r.whole("schema_version", 1, 1, version);
    r.text("name", s.name, true);
    r.text("question", s.question);
    r.text("framework", framework_file);
    study.inputs.push_back({"scenario", document.file, document.text});
    const Document framework = framework_file.empty() || framework_file == "compass-schools-2017"
                                   ? parse_document("frameworks/compass-schools-2017.json", std::string(embedded::framework))
                                   : read_document(folder_of(document.file) + framework_file);
    Problems own = framework.problems;
    if (own.empty()) study.framework = read_framework(framework, own);
    if (!own.empty()) {
        other += report_of(own, framework.text, "The framework was not read.");
        problems.push_back({});
    }
    study.inputs.push_back({"framework", framework.file, framework.text});
    read_calendar(r, s);
    if (overrides.replicates) s.replicates = *overrides.replicates;
    if (overrides.seed) s.seed = *overrides.seed;
    if (overrides.months && *overrides.months < s.months) s.months = *overrides.months;
    load_population(r, overrides, document.file, study, problems, other);
    read_parameters(r, s, document, problems);
    read_switches(r, s);
    if (const Node* plans = r.take("plans", true); plans != nullptr && r.is(*plans, Node::Kind::list, "plans", "a list of plans")) {
        if (plans->list.empty()) r.problem(plans->place, "no plans", "/plans", "at least one plan; the first is the reference");
        for (std::size_t p = 0; p < plans->list.size(); ++p) {
            s.plans.push_back(read_plan(plans->list[p], "/plans/" + std::to_string(p), study, document, problems));
            for (std::size_t q = 0; q < p; ++q)
                if (!s.plans[q].name.empty() && s.plans[q].name == s.plans[p].name)
                    r.problem(plans->list[p].place, "plan \"" + s.plans[p].name + "\" is named twice", "/plans/" + std::to_string(p) + "/name",
                              "another name for each plan");
        }
    }
    read_published(r, problems, study);
    r.finish();
    if (!problems.empty()) {
        Problems told;
        for (const Problem& p : problems)
            if (!p.headline.empty()) told.push_back(p);
        out.report = other + (told.empty() ? closing + "\n" : report_of(told, document.text, closing));
        out.problems = problems.size();
        return out;
    }
    out.study = std::move(study);
    return out;
}

}  // namespace

StudyRead read_study(const std::string& file, const Overrides& overrides, const std::string& closing) {
    return read_from(read_document(file), overrides, closing);
}

StudyRead read_study_text(const std::string& file, const std::string& text, const Overrides& overrides, const std::string& closing) {
    return read_from(parse_document(file, text), overrides, closing);
}

}  // namespace hubs
