#include "analysis/results/results_study.h"

#include <sys/stat.h>

#include "analysis/results/folder.h"
#include "analysis/results/manifest.h"
#include "sim/run/embedded.h"

namespace hubs {

StudyRead read_results_or_scenario(const std::string& path, Overrides overrides) {
    struct stat info {};
    if (stat((path + "/manifest.json").c_str(), &info) != 0) return read_study(path, overrides);
    const Manifest m = read_manifest(read_text(path + "/manifest.json"), path + "/manifest.json");
    const std::string scenario = read_text(path + "/inputs/scenario.json"), population = read_text(path + "/inputs/population.json");
    if (sha256(scenario) != m.scenario_sha256 || sha256(population) != m.population_sha256)
        throw AlteredInputs(path + "/inputs: altered since the study was run");
    if (!overrides.replicates) overrides.replicates = m.replicates;
    if (!overrides.seed) overrides.seed = m.seed;
    if (!overrides.months) overrides.months = static_cast<std::uint16_t>(m.months);
    if (population != embedded::figures) overrides.population = path + "/inputs/population.json";
    const bool drawn = stat((path + "/inputs/posterior.csv").c_str(), &info) == 0;
    if (drawn != !m.posterior_sha256.empty() || (drawn && sha256(read_text(path + "/inputs/posterior.csv")) != m.posterior_sha256))
        throw AlteredInputs(path + "/inputs: altered since the study was run");
    if (drawn) {
        if (read_text(path + "/inputs/posterior.csv") != embedded::posterior) overrides.posterior = path + "/inputs/posterior.csv";
    } else overrides.posterior = "none";
    return read_study_text(m.scenario_file, scenario, overrides);
}

}  // namespace hubs
