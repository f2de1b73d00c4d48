#include "analysis/results/tables.h"

#include <algorithm>
#include <functional>

#include "analysis/base/files.h"

namespace hubs {

std::vector<Table> all_tables(const Results& results) {
    std::vector<Table> out;
    PublishedTables::each([&]<class T>(std::type_identity<T>) { out.push_back(results.table<T>()); });
    return out;
}

Results as_kept(const Results& results) {
    Results out(results.price_base());
    PublishedTables::each([&]<class T>(std::type_identity<T>) {
        auto rows = results.of<T>();
        keep_digits<T>(rows);
        out.put<T>(std::move(rows));
    });
    return out;
}

namespace {

/// What the report relies on: each plan in the tables of plans, runs alike, something said of the calibration.
/// Tables of money that the report reads by plan: whole, and of these plans.
void check_money(const Results& r, const std::vector<std::string>& plans,
                 const std::function<InputError(const char*)>& broken) {
    const auto whole = [&](const auto& rows, const char* table) {
        if (rows.empty() || rows.size() % plans.size() != 0) throw broken(table);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i].plan != plans[i / (rows.size() / plans.size())]) throw broken(table);
    };
    whole(r.of<ByYear>(), "by_year");
    whole(r.of<Payers>(), "payers");
    const auto& net = r.of<NetValue>();
    if (net.size() != plans.size() - 1) throw broken("net_value");
    for (std::size_t i = 0; i < net.size(); ++i)
        if (net[i].plan != plans[i + 1]) throw broken("net_value");
    std::vector<std::string> along;
    for (const auto& row : r.of<Frontier>()) along.push_back(row.plan);
    if (along.size() != (plans.size() < 2 ? 0 : plans.size()) ||
        !std::is_permutation(along.begin(), along.end(), plans.begin()))
        throw broken("frontier");
    if (plans.size() > 1 && r.of<WorthAndHorizon>().empty()) throw broken("worth_and_horizon");
    if (r.of<Switching>().empty() && !r.of<Curves>().empty()) throw broken("curves");
}

void check_tables(const Results& r, const std::vector<std::string>& plans, const std::string& folder) {
    const auto broken = [&](const char* table) {
        return InputError(folder + "/data/" + table + ".csv: not of the plans that inputs/facts.json names");
    };
    const auto has = [&](const std::string& plan) {
        return std::find(plans.begin(), plans.end(), plan) != plans.end();
    };
    std::vector<std::string> named;
    for (const auto& row : r.of<Headline>()) named.push_back(row.plan);
    if (named != plans) throw broken("headline");
    named.clear();
    for (const auto& row : r.of<PlanChoice>()) named.push_back(row.plan);
    if (named.size() != (plans.size() < 2 ? 0 : plans.size()) ||
        !std::is_permutation(named.begin(), named.end(), plans.begin()))
        throw broken("decision");
    for (const auto& row : r.of<OtherMeasures>())
        if (!has(row.plan)) throw broken("other_measures");
    const auto& replicates = r.of<Replicates>();
    if (replicates.empty() || replicates.size() % plans.size() != 0) throw broken("replicates");
    const std::size_t runs = replicates.size() / plans.size();
    for (std::size_t i = 0; i < replicates.size(); ++i)
        if (replicates[i].plan != plans[i / runs]) throw broken("replicates");
    const auto& horizon = r.of<Horizon>();
    for (std::size_t i = 0; i < horizon.size(); ++i)
        if (horizon.size() % plans.size() != 0 || horizon[i].plan != plans[i % plans.size()]) throw broken("horizon");
    const auto& costs = r.of<Costs>();
    if (costs.empty() || costs.size() % (plans.size() * cost_line_count) != 0) throw broken("costs");
    for (std::size_t i = 0; i < costs.size(); ++i)
        if (costs[i].plan != plans[i / (costs.size() / plans.size())]) throw broken("costs");
    for (const auto& row : r.of<Attainment>())
        if (row.date.size() != 7) throw broken("attainment");
    if (r.of<CalibrationBasis>().empty()) throw broken("calibration_basis");
    check_money(r, plans, broken);
    const auto& curve = r.of<AcceptabilityCurve>();
    if (!curve.empty() && std::none_of(curve.begin(), curve.end(), [](const auto& row) { return row.optimal == 1; }))
        throw broken("acceptability");
}

}  // namespace

Results read_tables(const std::string& folder, const ReportFacts& facts) {
    Results out(facts.price_base);
    PublishedTables::each([&]<class T>(std::type_identity<T>) {
        const std::string file = folder + "/data/" + T::name + ".csv";
        try {
            out.put<T>(rows_of<T>(read_csv(read_input(file))));
        } catch (const InputError&) {
            throw;
        } catch (const std::runtime_error& e) {
            throw InputError(folder + ": " + e.what());
        }
    });
    check_tables(out, facts.plans, folder);
    return out;
}

std::vector<Table> sheets_of(const Results& results) {
    std::vector<Table> out;
    PublishedTables::each([&]<class T>(std::type_identity<T>) {
        if constexpr (requires(const typename T::Row& row) { T::in_sheet(row); }) {
            std::vector<typename T::Row> rows;
            for (const auto& row : results.of<T>())
                if (T::in_sheet(row)) rows.push_back(row);
            if (rows.size() <= most_rows_of_a_sheet) out.push_back(table_of<T>(rows, results.price_base()));
        } else if (T::sheet && results.of<T>().size() <= most_rows_of_a_sheet) out.push_back(results.table<T>());
    });
    return out;
}

}  // namespace hubs
