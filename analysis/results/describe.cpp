#include "analysis/results/describe.h"

#include <filesystem>

#include "analysis/base/files.h"

namespace hubs {
namespace {

/// Reads values and fields off a description, beside the defaults.
class Lister {
public:
    Lister(Table& table, std::string section) : table_(table), section_(std::move(section)) {}

    void operator()(const Field& f, const double& value) {
        const auto bound = [&](double b) { return f.range.given() ? Cell{b} : Cell{}; };
        add(f.name, value, f.unit, bound(f.range.low), bound(f.range.high), f.meaning, f.source,
            std::int64_t{f.padlocks}, name_of(f.use));
    }
    void operator()(const Choice& c, const bool& value) {
        add(c.name, value ? "true" : "false", "true or false", {}, {}, c.meaning, c.source, {}, "lever");
    }
    template <class Words, class Enum>
    void operator()(const Choice& c, const Words& words, const Enum& value) {
        add(c.name, std::string(words[static_cast<std::size_t>(value)]), "word", {}, {}, c.meaning, c.source, {},
            "structure");
    }

private:
    void add(std::string_view name, Cell value, std::string_view unit, Cell low, Cell high, std::string_view meaning,
             std::string_view source, Cell locks, std::string_view use) {
        table_.rows.push_back({section_, std::string(name), std::move(value), std::string(unit), std::move(low),
                               std::move(high), std::string(meaning), std::string(source), std::move(locks),
                               std::string(use)});
    }
    Table& table_;
    std::string section_;
};

}  // namespace

Table assumptions_table(const Scenario& scenario) {
    Table t{"assumptions",
            "Assumptions: every parameter and lever",
            {{"section", "Process or plan", "", 0},
             {"name", "Setting", "", 0},
             {"value", "Value", "", 4},
             {"unit", "Unit", "", 0},
             {"low", "Lowest plausible", "", 4},
             {"high", "Highest plausible", "", 4},
             {"meaning", "What it is", "", 0},
             {"source", "Source", "", 0},
             {"padlocks", "Strength of evidence", "0-5", 0},
             {"use", "Use", "", 0}},
            {}};
    Lister initial(t, std::string(InitialState::name));
    InitialState::Parameters::describe(initial, scenario.initial);
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        Lister lister(t, std::string(P::name));
        P::Parameters::describe(lister, Schedule::of<P>(scenario.parameters));
    });
    for (const Plan& plan : scenario.plans) {
        Lister lister(t, "plan: " + plan.name);
        Plan::describe(lister, plan);
    }
    return t;
}

Table inputs_table(const Study& study) {
    Table t{"inputs",
            "Data log: what was read",
            {{"role", "What for", "", 0},
             {"file", "File", "", 0},
             {"bytes", "Size", "bytes", 0},
             {"sha256", "SHA-256", "", 0},
             {"note", "Note", "", 0}},
            {}};
    for (const InputFile& i : study.inputs)
        t.rows.push_back({i.role, std::filesystem::path(i.name).filename().string(),
                          static_cast<std::int64_t>(i.text.size()), sha256(i.text),
                          i.role == "population" ? study.population_note : std::string()});
    return t;
}

Table dictionary_table(const std::vector<Table>& tables) {
    Table t{"dictionary",
            "Data dictionary",
            {{"file", "File", "", 0},
             {"column", "Column", "", 0},
             {"label", "Label", "", 0},
             {"unit", "Unit", "", 0},
             {"decimals", "Decimals shown", "", 0}},
            {}};
    std::vector<const Table*> all{&t};
    for (const Table& one : tables) all.push_back(&one);
    for (const Table* one : all)
        for (const TableColumn& c : one->columns)
            t.rows.push_back({"data/" + one->name + ".csv", c.name, c.label, c.unit, std::int64_t{c.decimals}});
    return t;
}

}  // namespace hubs
