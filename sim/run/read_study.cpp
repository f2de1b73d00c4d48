#include <algorithm>

#include "sim/run/embedded.h"
#include "sim/run/limits.h"
#include "sim/run/load_population.h"
#include "sim/run/messages.h"
#include "sim/run/middle.h"
#include "sim/run/names.h"
#include "sim/run/parameter_path.h"
#include "sim/run/read_decision.h"
#include "sim/run/read_plan.h"
#include "sim/run/read_start_from.h"
#include "sim/run/reader.h"
#include "sim/run/study.h"

namespace hubs {
namespace {

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

/// The draws inside the program, read once however many scenarios follow.
const ParameterDraws& shipped_draws() {
    static const ParameterDraws draws = [] {
        Scenario any;
        Problems none;
        return read_draws(embedded::posterior, "posterior/history-2018-2023.csv", any, none);
    }();
    return draws;
}

/// Draws of parameters from a calibration: the shipped one unless the scenario says otherwise.
/// What the scenario itself sets is not drawn.
void read_posterior(ObjectReader& r, const Overrides& overrides, Study& study, Problems& problems,
                    std::string& report) {
    std::string name = "history-2018-2023";
    r.text("posterior", name);
    std::string path = beside(r.document().file, name);
    if (!overrides.posterior.empty()) name = path = overrides.posterior;
    study.posterior = name;
    if (name == "none") return;
    const bool middle = name == "middle", shipped = middle || name == "history-2018-2023";
    Document file;
    if (shipped) file.text = std::string(embedded::posterior);
    else if (overrides.posterior_text) file.text = *overrides.posterior_text;
    else file = read_text_file(path);
    file.file = shipped ? "posterior/history-2018-2023.csv" : path;
    Problems own = file.problems;
    Scenario& s = study.scenario;
    if (shipped) s.draws = shipped_draws();
    else if (own.empty()) s.draws = read_draws(file.text, file.file, s, own);
    study.inputs.push_back({"posterior", file.file, file.text, shipped});
    if (!own.empty()) {
        report += report_of(own, file.text, "The draws of parameters were not read.");
        problems.push_back({});  // counted; its text is in the report already
        return;
    }
    const Node* set = r.node().find("parameters");
    for (std::string& drawn : s.draws.paths) {
        const Node* section = set == nullptr ? nullptr : set->find(drawn.substr(0, drawn.find('.')));
        if (section != nullptr && section->find(drawn.substr(drawn.find('.') + 1)) != nullptr)
            drawn.clear();  // an empty path is no parameter
    }
    if (middle) s = middle_of(s);
}

void read_switches(ObjectReader& r, Scenario& s) {
    const Node* list = r.take("switch_off");
    if (list == nullptr || !r.is(*list, Node::Kind::list, "switch_off", "a list of processes")) return;
    std::vector<std::string> names;
    Schedule::each_process([&]<class P>(std::type_identity<P>) { names.emplace_back(P::name); });
    for (const Node& n : list->list) {
        const auto place = r.one_of(n, "switch_off", names);
        if (!place) continue;
        if (names[*place] == Observe::name || names[*place] == AccountCosts::name)
            r.problem(n.place, "\"" + names[*place] + "\" cannot be switched off: what is not seen cannot be reported",
                      "/switch_off", "a process of the model");
        else s.switches.off[*place] = true;
    }
}

/// "2018-19": a financial year, whose second half follows from the first.
bool is_financial_year(const std::string& text) {
    if (text.size() != 7 || text[4] != '-') return false;
    for (const std::size_t at : {0u, 1u, 2u, 3u, 5u, 6u})
        if (text[at] < '0' || text[at] > '9') return false;
    return (std::stoi(text.substr(0, 4)) + 1) % 100 == std::stoi(text.substr(5));
}

void read_price_base(ObjectReader& r, Scenario& s) {
    r.text("price_base", s.price_base);
    if (const Node* node = r.node().find("price_base");
        node != nullptr && node->kind == Node::Kind::text && !is_financial_year(s.price_base))
        r.problem(node->place, shown(*node) + " is not a financial year", "/price_base", "a financial year as 2018-19");
}

/// What is watched after the run: whole years after a run of whole years, so that years add up.
void read_watch(ObjectReader& r, Scenario& s) {
    std::int64_t watch = 0;
    r.whole("watch_months", 0, static_cast<double>(months_range.high), watch);
    const Node* node = r.node().find("watch_months");
    if (node == nullptr || watch == 0) return;
    if (watch % 12 != 0 || s.months % 12 != 0)
        r.problem(node->place,
                  "watch_months " + std::to_string(watch) + " after a run of " + std::to_string(s.months) + " months",
                  "/watch_months", "whole years (12, 24, …) after a run of whole years");
    else if (s.months + watch > months_range.high)
        r.problem(node->place, std::to_string(s.months + watch) + " months in all", "/watch_months",
                  "months and watch_months together at most " + std::to_string(months_range.high));
    else s.watch_months = static_cast<std::uint16_t>(watch);
}

void read_calendar(ObjectReader& r, Scenario& s) {
    std::string start;
    r.text("start", start);
    if (!start.empty() && (!read_year_month(start, s.calendar.year, s.calendar.month) || s.calendar.year < 2000 ||
                           s.calendar.year > 2100))
        r.problem(r.node().find("start")->place, "\"" + start + "\" is not a month", "/start",
                  "a month as 2018-09, from 2000 to 2100");
    std::int64_t months = s.months, replicates = s.replicates, seed = static_cast<std::int64_t>(s.seed),
                 every = s.observe_every;
    const auto whole = [&](const char* key, WholeRange range, std::int64_t& value) {
        r.whole(key, static_cast<double>(range.low), static_cast<double>(range.high), value);
    };
    whole("months", months_range, months);
    whole("replicates", replicates_range, replicates);
    whole("seed", seed_range, seed);
    whole("observe_groups_every_months", months_range, every);
    s.months = static_cast<std::uint16_t>(months);
    s.replicates = static_cast<std::uint32_t>(replicates);
    s.seed = static_cast<std::uint64_t>(seed);
    s.observe_every = static_cast<unsigned>(every);
    r(Field{"discount_rate", "per year", 0, 0.2, "", "", 0, Use::input}, s.discount_rate);
    read_price_base(r, s);
    read_watch(r, s);
}

/// What the command line says in place of the scenario, within the same limits; it may end a run earlier, not later.
void apply(const Overrides& o, Scenario& s, ObjectReader& r) {
    const auto taken = [&](const char* key, const auto& given, WholeRange range, auto& value) {
        if (!given) return;
        if (range.holds(static_cast<std::int64_t>(*given)) && *given <= static_cast<std::uint64_t>(range.high))
            value = *given;
        else
            r.problem({}, std::string(key) + " " + std::to_string(*given) + " in place of the scenario's",
                      std::string("/") + key,
                      "a whole number from " + std::to_string(range.low) + " to " + std::to_string(range.high));
    };
    taken("replicates", o.replicates, replicates_range, s.replicates);
    taken("seed", o.seed, seed_range, s.seed);
    const std::uint16_t planned = s.months;
    taken("months", o.months, {months_range.low, planned}, s.months);
    if (s.months < planned) s.watch_months = 0;  // a run that is cut short is not watched beyond
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
        p.path = path;
        p.line = list->list[i].place.line;
        p.column = list->list[i].place.column;
        bool found = false;
        for (const Plan& plan : study.scenario.plans) found |= plan.name == p.plan;
        if (!found && !p.plan.empty())
            one.problem(list->list[i].place, "unknown plan \"" + p.plan + "\"", path + "/plan",
                        "the name of a plan of this scenario");
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
    if (const Node* name = document.root.find("name"); name != nullptr && name->kind == Node::Kind::text)
        if (const std::string trouble = trouble_with_name(s.name); !trouble.empty())
            r.problem(name->place, "name " + shown(*name) + " " + trouble, "/name", std::string(names_are));
    r.text("question", s.question);
    r.text("framework", framework_file);
    study.inputs.push_back({"scenario", document.file, document.text});
    const bool own_framework =
        !overrides.framework.empty() || (!framework_file.empty() && framework_file != "compass-schools-2017");
    const std::string framework_path =
        overrides.framework.empty() ? beside(document.file, framework_file) : overrides.framework;
    const Document framework =
        !own_framework ? parse_document("frameworks/compass-schools-2017.json", std::string(embedded::framework))
        : overrides.framework_text ? parse_document(framework_path, *overrides.framework_text)
                                   : read_document(framework_path);
    Problems own = framework.problems;
    if (own.empty()) study.framework = read_framework(framework, own);
    if (!own.empty()) {
        other += report_of(own, framework.text, "The framework was not read.");
        problems.push_back({});
    }
    study.inputs.push_back({"framework", framework.file, framework.text, !own_framework});
    read_calendar(r, s);
    read_decision(r, s.decision);
    apply(overrides, s, r);
    load_population(r, overrides, document.file, study, problems, other);
    read_parameters(r, s, document, problems);
    read_posterior(r, overrides, study, problems, other);
    read_switches(r, s);
    read_start_from(r, overrides, study, other);
    const NamedWaves named_waves = read_named_waves(r, study, problems);
    if (const Node* plans = r.take("plans", true);
        plans != nullptr && r.is(*plans, Node::Kind::list, "plans", "a list of plans")) {
        if (plans->list.empty())
            r.problem(plans->place, "no plans", "/plans", "at least one plan; the first is the reference");
        for (std::size_t p = 0; p < plans->list.size(); ++p) {
            s.plans.push_back(
                read_plan(plans->list[p], "/plans/" + std::to_string(p), study, named_waves, document, problems));
            for (std::size_t q = 0; q < p; ++q)
                if (const std::string& first = s.plans[q].name, &second = s.plans[p].name;
                    !first.empty() && look_alike(first, second))
                    r.problem(plans->list[p].place,
                              "plan \"" + printable(second) + "\" is named " +
                                  (first == second ? "twice" : "like \"" + printable(first) + "\""),
                              "/plans/" + std::to_string(p) + "/name", "another name for each plan");
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

StudyRead read_study_text(const std::string& file, const std::string& text, const Overrides& overrides,
                          const std::string& closing) {
    return read_from(parse_document(file, text), overrides, closing);
}

}  // namespace hubs
