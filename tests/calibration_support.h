// What tests of the calibration begin with.
#pragma once
#include "analysis/calibration/problem.h"
#include "tests/catch.h"

namespace hubs::test {

inline Study pilot(const char* posterior = "none") {
    Overrides overrides;
    overrides.posterior = posterior;
    StudyRead read = read_study(std::string(HUBSIM_SOURCE) + "/scenarios/pilot-2018.json", overrides);
    REQUIRE(read.study);
    return std::move(*read.study);
}

/// A problem with `parameters` unnamed parameters on (0, 1) and as many targets, errors given.
inline CalibrationProblem plain(std::size_t parameters, const std::vector<double>& values, double discrepancy) {
    CalibrationProblem p;
    p.parameters.resize(parameters);
    for (const double v : values) {
        CalibrationTarget t;
        t.value = v;
        t.discrepancy = discrepancy;
        p.targets.push_back(t);
    }
    p.fitted = values.size();
    return p;
}

}  // namespace hubs::test
