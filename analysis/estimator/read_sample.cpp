#include "analysis/estimator/read_sample.h"

#include <map>

#include "analysis/import/sheet.h"

namespace hubs {
namespace {

constexpr double largest = 1e12;

struct Row {
    double outcome, before;
    bool treated;
    std::vector<double> covariates;
};

}  // namespace

ReadSample read_sample(const CsvText& table, const std::string& file, const SampleColumns& c) {
    ReadSample out;
    std::vector<std::string> numbers{c.outcome, c.treated};
    if (!c.before.empty()) numbers.push_back(c.before);
    numbers.insert(numbers.end(), c.covariates.begin(), c.covariates.end());
    std::vector<std::string> needed = numbers;
    if (!c.clusters.empty()) needed.push_back(c.clusters);
    Sheet sheet(table, file, needed, needed, out.problems);
    std::map<std::string, std::uint32_t> cluster_numbers;
    std::map<std::string, std::size_t> empty;
    std::vector<Row> rows;
    while (sheet.usable() && sheet.next()) {
        ++out.rows;
        const auto missing =
            std::find_if(needed.begin(), needed.end(), [&](const std::string& name) { return sheet[name].empty(); });
        if (missing != needed.end()) {
            ++empty[*missing];
            continue;
        }
        std::vector<double> values;
        for (const std::string& name : numbers) {
            const bool arm = name == c.treated;
            values.push_back(sheet.number(name, arm ? 0 : -largest, arm ? 1 : largest, arm).value_or(0));
        }
        Row row{values[0],
                c.before.empty() ? 0 : values[2],
                values[1] == 1,
                {values.begin() + (c.before.empty() ? 2 : 3), values.end()}};
        rows.push_back(std::move(row));
        if (!c.clusters.empty()) {
            const auto [at, fresh] =
                cluster_numbers.try_emplace(sheet[c.clusters], static_cast<std::uint32_t>(cluster_numbers.size()));
            if (fresh) out.cluster_names.push_back(at->first);
            out.sample.clusters.push_back(at->second);
        }
    }
    const auto n = static_cast<Eigen::Index>(rows.size()), k = static_cast<Eigen::Index>(c.covariates.size());
    Sample& s = out.sample;
    s.names = c.covariates;
    s.outcome.resize(n);
    s.covariates.resize(n, k);
    if (!c.before.empty()) s.before.resize(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const Row& row = rows[static_cast<std::size_t>(i)];
        s.outcome[i] = row.outcome;
        if (!c.before.empty()) s.before[i] = row.before;
        s.treated.push_back(row.treated);
        for (Eigen::Index j = 0; j < k; ++j) s.covariates(i, j) = row.covariates[static_cast<std::size_t>(j)];
    }
    out.empty.assign(empty.begin(), empty.end());
    return out;
}

}  // namespace hubs
