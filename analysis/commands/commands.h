#pragma once
#include <stdexcept>
#include <string>
#include <vector>

namespace hubs {

/// Exit codes of the program (docs: product page in README).
enum ExitCode { done = 0, internal_error = 1, usage = 2, invalid = 3, incomplete = 4, differs = 5, limit = 6, interrupted = 130 };

struct RunCommand {
    std::string scenario, output, population, posterior;
    int replicates = 0, threads = 0, months = 0;
    long long seed = -1;
    bool dry_run = false;
    double max_memory_gib = 0;
    std::string line;  ///< the command as typed, for the report
};

struct EstimateCommand {
    std::string file, outcome, treated, before, clusters;
    std::vector<std::string> covariates;
    unsigned matches = 3;
    double caliper = 0.2;
    bool json = false;
};

struct EvaluateCommand {
    std::string source, plan, assignment = "as_planned", output;
    unsigned months = 11;
    double hub_answers = 0.82, other_answers = 0.38;
    int replicates = 0, threads = 0;
};

struct CalibrateCommand {
    std::string scenario, targets, file, output, shard = "1/1";
    int threads = 0, self_test = 0;
    bool dry_run = false;
};

int run(const RunCommand& c);
int calibrate(const CalibrateCommand& c);
int evaluate(const EvaluateCommand& c);
int estimate(const EstimateCommand& c);
int check(const std::vector<std::string>& files, const std::string& population, bool json);
int make_new(const std::string& name, const std::string& from, bool dry_run);
int import_gias(const std::string& file, const std::string& hubs, const std::string& output, bool dry_run);
int import_table(const std::string& file, const std::string& hubs, const std::string& output, bool dry_run);
int report(const std::vector<std::string>& results, const std::string& output, bool dry_run);
int qa_pack(const std::string& results, const std::string& output, bool dry_run);
int verify(const std::string& results, int threads);
int replay(const std::string& scenario, const std::string& population, const std::string& plan, unsigned replicate, long long school, const std::string& until);
int print_schedule(bool json);
int print_schema();
int print_completions(const std::string& shell);

}  // namespace hubs
