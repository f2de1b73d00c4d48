#include <cstdio>
#include <memory>

#include "analysis/base/files.h"
#include "analysis/base/version.h"
#include "analysis/base/stop.h"
#include "analysis/commands/command.h"
#include "analysis/commands/progress.h"
#include "analysis/report/prove.h"
#include "analysis/results/results_study.h"

namespace hubs {
namespace {

constexpr std::size_t most_told_of_files = 20;

int say(const Proof& seals, const Proof& proof) {
    std::size_t told = 0;
    for (const Proof* p : {&seals, &proof})
        for (const std::string& d : p->differences)
            if (++told <= most_told_of_files) std::printf("differs: %s\n", d.c_str());
    if (told > most_told_of_files) std::printf("and %zu more differences\n", told - most_told_of_files);
    for (const std::string& name : seals.strangers)
        std::fprintf(stderr, "not of this study, and not judged: %s\n", printable(name).c_str());
    return told > 0 ? differs : done;
}

int verify(const std::string& results, int threads, bool quick) {
    const ResultsManifest m = read_results_manifest(results);
    const Proof seals = check_seals(results, m);
    if (quick) {
        if (const int code = say(seals, {}); code != done) return code;
        std::printf("sealed: %zu files are as they were written; hubsim verify %s runs the study again\n", seals.files,
                    results.c_str());
        return done;
    }
    for (const std::string& d : seals.differences)
        if (d.starts_with("inputs/")) {
            say(seals, {});
            std::fprintf(stderr, "What the study was run with was changed, so it cannot be run again.\n");
            return differs;
        }
    if (m.version != version_text)
        std::fprintf(stderr, "made by hubsim %s; this is %s\n", printable(m.version).c_str(), version_text);
    const StudyRead read = read_results_study(results, m);
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return invalid;
    }
    Progress progress(read.study->scenario.replicates);
    RunOptions options;
    options.threads = threads > 0 ? static_cast<unsigned>(threads) : 0;
    options.stop = &stop_requested;
    options.progress = [&](std::size_t so_far) { progress.at(so_far); };
    const Proof proof = prove(results, m, *read.study, options);
    if (const int code = say(seals, proof); code != done) return code;
    std::printf(
        "identical: %zu tables run again (estimates to seven digits), %zu files made again to the byte, fingerprint %s\n",
        proof.tables, proof.files, m.fingerprint.c_str());
    for (const std::string& name : proof.not_remade)
        std::printf("  %s is as it was written; another version of its library made it, so it was not made again\n",
                    name.c_str());
    return done;
}

}  // namespace

Command verify_command() {
    struct Given {
        std::string results;
        int threads = 0;
        bool quick = false;
    };
    const auto c = std::make_shared<Given>();
    return {"verify",
            "Run a results folder again, make every file anew and compare bytes",
            {{"results", &c->results},
             {"--threads", &c->threads, "", threads_range},
             {"--quick", &c->quick, "only check the seals of the files, without running"}},
            [c](const std::string&) { return verify(c->results, c->threads, c->quick); }};
}

}  // namespace hubs
