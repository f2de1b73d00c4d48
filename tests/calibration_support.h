// What tests of the calibration begin with.
#pragma once
#include "analysis/base/files.h"
#include "analysis/study/calibration/problem.h"
#include "tests/catch.h"

namespace hubs::test {

inline Study pilot(const char* posterior = "none") {
    Overrides overrides;
    overrides.posterior = posterior;
    StudyRead read = read_study(std::string(HUBSIM_SOURCE) + "/scenarios/pilot-2018.json", overrides);
    REQUIRE(read.study);
    return std::move(*read.study);
}

/// The calibration to 2018/19 alone: small, and what tests of the machinery use.
inline std::string pilot_calibration() {
    return read_kept(std::string(HUBSIM_SOURCE) + "/scenarios/calibration/pilot-2018.json");
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
