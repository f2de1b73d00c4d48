#pragma once
#include "sim/card/stand_in.h"
#include "sim/run/ensemble.h"
#include "tests/program.h"
#include "tests/support.h"

namespace hubs::test {

inline Study study_of(const char* file, const Overrides& overrides = {}) {
    StudyRead read = read_study(std::string(HUBSIM_SOURCE "/scenarios/") + file, overrides);
    REQUIRE(read.study);
    return std::move(*read.study);
}

inline std::string kept_for_smoke() {
    std::string kept = text_of(HUBSIM_SOURCE "/tests/golden/smoke.txt");
    kept.erase(std::remove(kept.begin(), kept.end(), '\n'), kept.end());
    return kept;
}

inline std::string text_of(const Observations& seen) {
    Fingerprint f;
    seen.add_to(f);
    return f.text();
}

/// Runs smoke on a device and gathers what was told.
struct OnDevice {
    std::vector<std::string> told;
    Ensemble ensemble;

    OnDevice(const Study& study, std::unique_ptr<card::Machine> machine) {
        Device device(std::move(machine), [&](const std::string& what) { told.push_back(what); });
        RunOptions options;
        options.device = &device;
        ensemble = run_ensemble(study, options, "smoke.json");
    }
};

}  // namespace hubs::test
