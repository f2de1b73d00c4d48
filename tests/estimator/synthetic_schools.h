#pragma once
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "analysis/base/csv_reader.h"
#include "analysis/statistics/estimator/sample.h"
#include "tests/catch.h"

/// The 600 synthetic schools that R's numbers stand on, and comparing with them.
namespace hubs::test {

inline const std::string reference_folder = std::string(HUBSIM_SOURCE) + "/tests/estimator/reference/";

inline std::vector<std::vector<double>> numbers(const std::string& name) {
    std::ifstream in(reference_folder + name);
    REQUIRE(in.good());
    CsvReader reader(in);
    std::vector<std::string> cells;
    std::vector<std::vector<double>> rows;
    reader.next(cells);
    while (reader.next(cells)) {
        rows.emplace_back();
        for (const auto& cell : cells) rows.back().push_back(std::stod(cell));
    }
    return rows;
}

inline nlohmann::json reference_json(const std::string& name) {
    std::ifstream in(reference_folder + name);
    REQUIRE(in.good());
    return nlohmann::json::parse(in);
}

// school, lep, hub, base, urban, fsm, pupils, sixth, ofsted, end
inline Sample schools() {
    Sample s;
    const auto rows = numbers("synthetic_schools600.csv");
    const auto n = static_cast<Eigen::Index>(rows.size());
    s.names = {"base", "urban", "fsm", "pupils", "sixth", "ofsted"};
    s.outcome.resize(n);
    s.before.resize(n);
    s.covariates.resize(n, 6);
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto& r = rows[static_cast<std::size_t>(i)];
        s.clusters.push_back(static_cast<std::uint32_t>(r[1]));
        s.treated.push_back(r[2] == 1);
        s.before[i] = r[3];
        s.outcome[i] = r[9];
        for (Eigen::Index k = 0; k < 6; ++k) s.covariates(i, k) = r[static_cast<std::size_t>(k) + 3];
    }
    return s;
}

inline void same(const std::string& what, double found, double expected, double tolerance = 1e-8) {
    INFO(what << ": " << found << ", reference " << expected);
    CHECK(std::fabs(found - expected) <= tolerance * std::max(std::fabs(expected), 1e-6));
}

inline Eigen::MatrixXd design(const Sample& s, bool covariates = true) {
    Eigen::MatrixXd X(s.covariates.rows(), covariates ? 2 + s.covariates.cols() : 2);
    X.col(0).setOnes();
    X.col(1) = s.treatment();
    if (covariates) X.rightCols(s.covariates.cols()) = s.covariates;
    return X;
}
inline std::vector<std::string> columns(const Sample& s) {
    std::vector<std::string> names{"(constant)", "hub"};
    names.insert(names.end(), s.names.begin(), s.names.end());
    return names;
}

}  // namespace hubs::test
