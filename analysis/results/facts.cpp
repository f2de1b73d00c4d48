#include "analysis/results/facts.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

#include "analysis/base/files.h"
#include "analysis/base/version.h"
#include "analysis/results/typed_table.h"
#include "analysis/study/run/month_name.h"
#include "sim/run/document.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

std::string today() {
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    std::time_t now = epoch != nullptr ? static_cast<std::time_t>(std::atoll(epoch)) : std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char buffer[16];
    std::strftime(buffer, sizeof buffer, "%Y-%m-%d", &parts);
    return buffer;
}

/// The England of which synthetic populations are made: areas and establishments.
struct WholeEngland {
    std::size_t areas = 0, establishments = 0;
};
const WholeEngland& whole_england() {
    static const WholeEngland whole = [] {
        Problems none;
        WholeEngland out;
        for (const AreaFigures& area :
             read_figures(parse_document("england-2023.json", std::string(embedded::figures)), none)) {
            ++out.areas;
            for (const auto& type : area.types) out.establishments += type.count;
        }
        return out;
    }();
    return whole;
}

std::string place_in_words(const Population& p) {
    if (!p.names.empty()) return "the establishments of " + p.name;
    if (p.areas.size() == 1) return "synthetic establishments of " + p.areas.front().name;
    return p.areas.size() < whole_england().areas
               ? "synthetic establishments of " + std::to_string(p.areas.size()) + " areas"
               : "a synthetic England";
}

/// Names in the file, and the facts they hold.
template <class Facts, class F>
void each_fact(Facts& f, F&& put) {
    put("name", f.name);
    put("question", f.question);
    put("place", f.place);
    put("note", f.population_note);
    put("date", f.date);
    put("version", f.version);
    put("fingerprint", f.fingerprint);
    put("command", f.command);
    put("price_base", f.price_base);
    put("last_month", f.last_month);
    put("replicates", f.replicates);
    put("establishments", f.establishments);
    put("discount_rate", f.discount_rate);
    put("seed", f.seed);
    put("months", f.months);
    put("posterior", f.posterior);
    put("built_in_only", f.built_in_only);
    put("live", f.live);
    put("scenario", f.scenario_json);
}

}  // namespace

bool is_whole_england(const Population& p) {
    return p.areas.size() == whole_england().areas && p.establishments.count() == whole_england().establishments;
}

ReportFacts facts_of(const Study& study, const std::string& fingerprint, const std::string& command) {
    const Scenario& s = study.scenario;
    ReportFacts f;
    f.name = s.name;
    f.decision = s.decision;
    f.question = s.question;
    f.place = place_in_words(study.population);
    f.population_note = study.population_note;
    f.date = today();
    f.version = version_text;
    f.fingerprint = fingerprint;
    f.command = command;
    f.price_base = s.price_base;
    f.last_month = month_name(s.calendar, s.months);
    f.replicates = s.replicates;
    f.establishments = study.population.establishments.count();
    f.discount_rate = s.discount_rate;
    f.seed = s.seed;
    f.months = s.months;
    f.posterior = study.posterior;
    f.built_in_only = study.population.names.empty() &&
                      std::all_of(study.inputs.begin(), study.inputs.end(),
                                  [](const InputFile& i) { return i.built_in || i.role == "scenario"; });
    for (const Plan& p : s.plans) {
        f.plans.push_back(p.name);
        f.plan_descriptions.push_back(p.description);
    }
    for (const InputFile& i : study.inputs)
        if (i.role == "scenario") f.scenario_json = i.text;
    return f;
}

Json json_of(const ReportFacts& facts) {
    Json out;
    each_fact(facts, [&](const char* name, const auto& value) { out[name] = value; });
    for (std::size_t p = 0; p < facts.plans.size(); ++p)
        out["plans"].push_back({{"name", facts.plans[p]}, {"description", facts.plan_descriptions[p]}});
    const DecisionSettings& d = facts.decision;
    out["decision"] = {
        {"outcome", word(d.outcome)}, {"rule", word(d.rule)}, {"worth_gbp", d.worth_gbp}, {"budget_gbp", d.budget_gbp}};
    return out;
}

ReportFacts read_facts(const std::string& results) {
    const std::string path = results + "/inputs/facts.json";
    const Document document = read_document(path);  // guarded: deep nesting never reaches the library
    if (!document.problems.empty()) throw InputError(path + ": " + document.problems.front().headline);
    try {
        const Json json = Json::parse(document.text);
        const Json& decision = json.at("decision");
        ReportFacts facts;
        each_fact(facts, [&](const char* name, auto& value) { json.at(name).get_to(value); });
        facts.decision.outcome = value_of_word<PrimaryOutcome>(decision.at("outcome").get<std::string>());
        facts.decision.rule = value_of_word<ChoiceRule>(decision.at("rule").get<std::string>());
        decision.at("worth_gbp").get_to(facts.decision.worth_gbp);
        decision.at("budget_gbp").get_to(facts.decision.budget_gbp);
        for (const auto& p : json.at("plans")) {
            facts.plans.push_back(p.at("name"));
            facts.plan_descriptions.push_back(p.at("description"));
        }
        if (facts.plans.empty()) throw InputError(path + ": names no plan");
        return facts;
    } catch (const InputError&) {
        throw;
    } catch (const std::exception&) {
        throw InputError(path + ": not the facts of a report");
    }
}

}  // namespace hubs
