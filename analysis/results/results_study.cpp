#include "analysis/results/results_study.h"

#include <filesystem>

#include "analysis/base/files.h"
#include "analysis/results/published_check.h"
#include "analysis/study/run/settings.h"
#include "sim/run/document.h"
#include "sim/run/messages.h"

namespace hubs {
namespace {

/// Adds the problems that only the results' tables know of.
StudyRead with_published(StudyRead read, const std::string& closing) {
    if (!read.study) return read;
    const Problems problems = check_published(*read.study);
    if (problems.empty()) return read;
    StudyRead out;
    out.problems = problems.size();
    out.report = report_of(problems, read.study->inputs.front().text, closing);
    return out;
}

}  // namespace

StudyRead read_results_study(const std::string& results, const ResultsManifest& m) {
    const auto kept = [&](const std::string& role) { return read_input(results + "/" + kept_input(role)); };
    Overrides o;
    o.replicates = m.replicates;
    o.seed = m.seed;
    o.months = static_cast<std::uint16_t>(m.months);
    if (const auto* population = m.input("population"); !population->built_in) {
        o.population = population->file;
        o.population_text = kept("population");
    }
    if (const auto* framework = m.input("framework"); !framework->built_in) {
        o.framework = framework->file;
        o.framework_text = kept("framework");
    }
    o.posterior = m.posterior;
    if (const auto* posterior = m.input("posterior"); posterior != nullptr && !posterior->built_in)
        o.posterior_text = kept("posterior");
    if (m.input("history") != nullptr) o.history_text = kept("history");
    if (m.input("history_framework") != nullptr) o.history_framework_text = kept("history_framework");
    return with_published(read_study_text(m.input("scenario")->file, kept("scenario"), o), "Nothing was run.");
}

StudyRead read_results_or_scenario(const std::string& path, const Overrides& overrides,
                                   const std::vector<std::string>& settings) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) return read_whole_study(path, overrides, settings);
    if (!settings.empty()) throw InputError("--set: " + path + " holds results, which are what was run");
    const ResultsManifest m = read_results_manifest(path);
    const FolderState state = state_of(path, m.folder);
    for (const auto* list : {&state.altered, &state.missing})
        for (const std::string& name : *list)
            if (name.starts_with("inputs/"))
                throw InputError(path + "/" + name +
                                 (list == &state.missing ? " is missing" : " was altered since the study was run"));
    return read_results_study(path, m);
}

StudyRead read_whole_study(const std::string& file, const Overrides& overrides,
                           const std::vector<std::string>& settings, const std::string& closing) {
    if (!settings.empty())
        if (const Document document = read_document(file); document.problems.empty())
            return with_published(read_study_text(file, with_settings(document.text, settings), overrides, closing),
                                  closing);
    return with_published(read_study(file, overrides, closing), closing);
}

}  // namespace hubs
