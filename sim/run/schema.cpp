#include "sim/run/schema.h"

#include <nlohmann/json.hpp>

#include "sim/scenario.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

/// Writes the properties of an object from a description.
class SchemaWriter {
public:
    explicit SchemaWriter(Json& properties) : p_(properties) {}

    void operator()(const Field& f, const double& value) {
        p_[std::string(f.name)] = {
            {"type", "number"},
            {"minimum", f.minimum},
            {"maximum", f.maximum},
            {"default", value},
            {"description", text(f.meaning, f.unit)},
            {"markdownDescription", text(f.meaning, f.unit) + "  \nSource: " + std::string(f.source) + ". Evidence " +
                                        std::to_string(f.padlocks) + " of 5; " + std::string(name_of(f.use)) + "."}};
    }
    void operator()(const Choice& c, const bool& value) {
        p_[std::string(c.name)] = {
            {"type", "boolean"},
            {"default", value},
            {"description", std::string(c.meaning)},
            {"markdownDescription", std::string(c.meaning) + "  \nSource: " + std::string(c.source) + "."}};
    }
    template <class Words, class Enum>
    void operator()(const Choice& c, const Words& words, const Enum& value) {
        p_[std::string(c.name)] = {
            {"enum", std::vector<std::string>(words.begin(), words.end())},
            {"default", std::string(words[static_cast<std::size_t>(value)])},
            {"description", std::string(c.meaning)},
            {"markdownDescription", std::string(c.meaning) + "  \nSource: " + std::string(c.source) + "."}};
    }

private:
    static std::string text(std::string_view meaning, std::string_view unit) {
        return std::string(meaning) + " (" + std::string(unit) + ")";
    }
    Json& p_;
};

Json object(Json properties, std::vector<std::string> required = {}) {
    Json out{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = required;
    return out;
}

template <class P>
Json parameters_of() {
    Json properties = Json::object();
    SchemaWriter writer(properties);
    P p;
    P::describe(writer, p);
    return object(properties);
}

Json words(const auto& list) { return {{"enum", std::vector<std::string>(list.begin(), list.end())}}; }

Json wave_schema(const Json& month) {
    Json rule = words(allocation_words);
    rule["description"] = "who is offered a place first";
    Json action = words(std::vector<std::string_view>(wave_action_words.begin(), wave_action_words.end() - 1));
    action["default"] = "form_hubs";
    action["description"] =
        "what the wave does: new members form hubs or join the nearest supported hub of their area, or the hubs of areas become one or close";
    return object(
        {{"start", month},
         {"rule", rule},
         {"members", {{"type", "integer"}, {"minimum", 1}, {"description", "new members in all"}}},
         {"within", words(std::vector<std::string_view>(allocation_words.begin() + 1, allocation_words.end() - 1))},
         {"at_most_benchmarks",
          {{"type", "integer"},
           {"minimum", 0},
           {"maximum", 8},
           {"description", "only establishments that report at most so many at the time"}}},
         {"action", action},
         {"areas",
          {{"type", {"object", "array"}},
           {"additionalProperties", {{"type", "integer"}, {"minimum", 1}}},
           {"items", {{"type", "string"}}},
           {"description", "with by_area: members by area; of hubs that merge or close: a list of areas"}}}},
        Json::array());
}

Json plan_schema(const Json& month) {
    Json properties = Json::object();
    properties["name"] = {{"type", "string"}};
    properties["description"] = {{"type", "string"}};
    properties["like"] = {{"type", "string"},
                          {"description", "the name of an earlier plan: this one says what differs from it"}};
    properties["waves"] = {
        {"type", "array"},
        {"description",
         "each wave, or the name of one of the scenario's waves; in place of those of the plan it is like"},
        {"items", {{"anyOf", {Json{{"type", "string"}}, wave_schema(month)}}}}};
    properties["priority_benchmarks"] = {{"type", "array"},
                                         {"items", {{"type", "integer"}, {"minimum", 1}, {"maximum", 8}}}};
    properties["absences"] = {
        {"type", "array"},
        {"description", "for experiments: an establishment stays away from one month's meeting"},
        {"items", object({{"establishment", {{"type", "integer"}, {"minimum", 1}}}, {"month", month}},
                         {"establishment", "month"})}};
    SchemaWriter writer(properties);
    Plan plan;
    Plan::describe(writer, plan);
    return object(properties, {"name"});
}

}  // namespace

std::string schema_text() {
    const Scenario s;
    Json parameters = Json::object();
    parameters[std::string(InitialState::name)] = parameters_of<InitialState::Parameters>();
    std::vector<std::string> names;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        parameters[std::string(P::name)] = parameters_of<typename P::Parameters>();
        names.emplace_back(P::name);
    });
    const auto whole = [](double low, double high, double value, const char* what) {
        return Json{
            {"type", "integer"}, {"minimum", low}, {"maximum", high}, {"default", value}, {"description", what}};
    };
    Json p = Json::object();
    p["$schema"] = {{"type", "string"}};
    p["schema_version"] = {{"const", 1}};
    p["name"] = {{"type", "string"}, {"description", "one word for the study; names its results folder"}};
    p["question"] = {{"type", "string"}, {"description", "what is asked, in a sentence; the report's title"}};
    p["population"] =
        object({{"synthetic", {{"type", "boolean"}, {"default", true}}},
                {"file", {{"type", "string"}, {"description", "written by hubsim import; relative to this file"}}},
                {"seed", {{"type", "integer"}, {"minimum", 0}}},
                {"scale", whole(1, 250, 1, "times England, for tests of speed")},
                {"areas",
                 {{"type", "object"},
                  {"additionalProperties", {{"type", "integer"}, {"minimum", 1}, {"maximum", 20000}}},
                  {"description", "only these areas, each of so many establishments, in its own proportions"}}}});
    p["framework"] = {{"type", "string"},
                      {"default", "compass-schools-2017"},
                      {"description", "the eight benchmarks and their items: a name, or a file relative to this one"}};
    p["start"] = {{"type", "string"}, {"pattern", "^[0-9]{4}-(0[1-9]|1[0-2])$"}, {"default", "2018-09"}};
    p["start_from"] = object(
        {{"run",
          {{"type", "string"}, {"description", "a scenario, or a results folder of one; relative to this file"}}},
         {"plan", {{"type", "string"}, {"description", "which of its plans; not needed where it has one"}}},
         {"carry",
          {{"enum", {"low", "middle", "high"}},
           {"default", "middle"},
           {"description",
            "with a stricter framework: where in their ranges the shares lie by which it carries on what was met"}}}},
        {"run"});
    p["start_from"]["description"] =
        "begin with the end of another scenario's run, in the month before \"start\", in place of published shares";
    p["months"] = whole(1, 400, s.months, "months simulated");
    p["watch_months"] = whole(0, 400, s.watch_months,
                              "months for which the first 20 runs go on after that, plans as they are, for the choice "
                              "by horizon; whole years");
    p["replicates"] = whole(1, 100000, s.replicates, "runs of each plan with other luck");
    p["seed"] = whole(0, 9007199254740992.0, static_cast<double>(s.seed), "the luck of the study");
    p["observe_groups_every_months"] =
        whole(1, 400, s.observe_every, "months between full tallies of all groups; every July is tallied anyway");
    p["discount_rate"] = {{"type", "number"},
                          {"minimum", 0},
                          {"maximum", 0.2},
                          {"default", s.discount_rate},
                          {"description", "per year (Green Book standard rate 3.5 %)"}};
    p["price_base"] = {{"type", "string"}, {"default", s.price_base}};
    const auto pounds = [](double least, const char* what) {
        return Json{{"type", "number"}, {"minimum", least}, {"description", what}};
    };
    const std::vector<std::string> outcomes(WordsOf<PrimaryOutcome>::all.begin(), WordsOf<PrimaryOutcome>::all.end()),
        rules(WordsOf<ChoiceRule>::all.begin(), WordsOf<ChoiceRule>::all.end());
    p["decision"] = object(
        {{"outcome",
          {{"enum", outcomes},
           {"default", "benchmark_years"},
           {"description",
            "what plans are compared by: benchmarks x years held, discounted as costs are; or at the end"}}},
         {"rule",
          {{"enum", rules},
           {"default", "most"},
           {"description",
            "how one plan is chosen: the most of the outcome, the highest net benefit, or the most within a budget"}}},
         {"worth_gbp",
          pounds(1, "what a benchmark-year is taken to be worth, for net_benefit; no official figure exists")},
         {"budget_gbp", pounds(0, "extra cost over the reference, present value, for within_budget")}});
    p["parameters"] = object(parameters);
    p["posterior"] = {
        {"type", "string"},
        {"default", "history-2018-2023"},
        {"description",
         "draws of parameters: \"history-2018-2023\" (shipped), \"middle\" (its medians in every replicate), \"none\" (the parameters above alone), or a CSV file beside the scenario"}};
    p["switch_off"] = {{"type", "array"}, {"items", words(names)}, {"description", "processes that do not act"}};
    const Json month{{"type", "string"},
                     {"pattern", "^[0-9]{4}-(0[1-9]|1[0-2])$"},
                     {"description", "a month of the run, as 2018-09"}};
    p["waves"] = {{"type", "object"},
                  {"additionalProperties", wave_schema(month)},
                  {"description", "waves by name, said once for several plans"}};
    p["plans"] = {{"type", "array"},
                  {"minItems", 1},
                  {"items", plan_schema(month)},
                  {"description", "the plans to compare; the first is the reference"}};
    const Json text{{"type", "string"}};
    p["published"] = {{"type", "array"},
                      {"description", "published figures to print beside predictions"},
                      {"items", object({{"target", text},
                                        {"plan", text},
                                        {"grouping", text},
                                        {"group", text},
                                        {"measure", text},
                                        {"date", text},
                                        {"part", {{"type", "integer"}}},
                                        {"percent_of", {{"type", "number"}}}},
                                       {"target", "plan", "grouping", "group", "measure", "date"})}};
    Json out = object(p, {"name", "plans"});
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"$id", "scenario.schema.json"},
                {"title", "A hubsim scenario: one question, two or more plans"}};
    schema.update(out);
    return schema.dump(1) + "\n";
}

}  // namespace hubs
