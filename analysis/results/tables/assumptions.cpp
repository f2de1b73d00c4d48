#include "analysis/results/tables/assumptions.h"

#include "analysis/results/results.h"

namespace hubs {
namespace {

/// Reads values and fields off a description.
class Lister {
public:
    Lister(std::vector<Assumptions::Row>& rows, std::string section) : rows_(rows), section_(std::move(section)) {}

    void operator()(const Field& f, const double& value) {
        const auto bound = [&](double b) { return f.range.given() ? Cell{b} : Cell{}; };
        rows_.push_back({section_, std::string(f.name), value, std::string(f.unit), bound(f.range.low),
                         bound(f.range.high), std::string(f.meaning), std::string(f.source), std::int64_t{f.padlocks},
                         std::string(name_of(f.use))});
    }
    void operator()(const Choice& c, const bool& value) { add(c, value ? "true" : "false", "true or false", "lever"); }
    template <class Words, class Enum>
    void operator()(const Choice& c, const Words& words, const Enum& value) {
        add(c, std::string(words[static_cast<std::size_t>(value)]), "word", "structure");
    }

private:
    void add(const Choice& c, std::string value, const char* unit, const char* use) {
        rows_.push_back({section_,
                         std::string(c.name),
                         std::move(value),
                         unit,
                         {},
                         {},
                         std::string(c.meaning),
                         std::string(c.source),
                         {},
                         use});
    }
    std::vector<Assumptions::Row>& rows_;
    std::string section_;
};

}  // namespace

std::vector<Assumptions::Row> Assumptions::rows(const Results& results) { return rows(results.finished().scenario()); }

std::vector<Assumptions::Row> Assumptions::rows(const Scenario& scenario) {
    std::vector<Row> out;
    Lister initial(out, std::string(InitialState::name));
    InitialState::Parameters::describe(initial, scenario.initial);
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        Lister lister(out, std::string(P::name));
        P::Parameters::describe(lister, Schedule::of<P>(scenario.parameters));
    });
    for (const Plan& plan : scenario.plans) {
        Lister lister(out, "plan: " + plan.name);
        Plan::describe(lister, plan);
    }
    return out;
}

}  // namespace hubs
