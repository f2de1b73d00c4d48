#include "sim/run/read_decision.h"

namespace hubs {

void read_decision(ObjectReader& scenario, DecisionSettings& d) {
    const Node* node = scenario.take("decision");
    if (node == nullptr || !scenario.is(*node, Node::Kind::object, "decision", "an object")) return;
    ObjectReader one(*node, "/decision", scenario.document(), scenario.problems());
    one(Choice{"outcome", "", ""}, WordsOf<PrimaryOutcome>::all, d.outcome);
    one(Choice{"rule", "", ""}, WordsOf<ChoiceRule>::all, d.rule);
    one(Field{"worth_gbp", "GBP per benchmark-year", 1, 10000000, "", "", 0, Use::input}, d.worth_gbp);
    one(Field{"budget_gbp", "GBP over the reference, present value", 0, 1e11, "", "", 0, Use::input}, d.budget_gbp);
    one.finish();
    const auto needs = [&](ChoiceRule rule, const char* key) {
        const bool given = node->find(key) != nullptr, used = d.rule == rule;
        if (used && !given)
            one.problem(node->place, "the rule " + std::string(word(rule)) + " needs " + key,
                        "/decision/" + std::string(key), "a number of pounds");
        if (given && !used)
            one.problem(node->find(key)->place,
                        std::string(key) + " is not used by the rule " + std::string(word(d.rule)),
                        "/decision/" + std::string(key), "the rule " + std::string(word(rule)) + ", or no " + key);
    };
    needs(ChoiceRule::net_benefit, "worth_gbp");
    needs(ChoiceRule::within_budget, "budget_gbp");
    if (d.rule == ChoiceRule::net_benefit && d.outcome != PrimaryOutcome::benchmark_years)
        one.problem(node->place, "net_benefit weighs benchmark-years against pounds", "/decision/outcome",
                    "benchmark_years, or another rule");
}

}  // namespace hubs
