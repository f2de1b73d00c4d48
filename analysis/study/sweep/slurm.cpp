#include "analysis/study/sweep/slurm.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "analysis/base/exit_codes.h"
#include "analysis/base/files.h"

namespace hubs {
namespace {

/// Quoted for a shell.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string directives(const SweepPlan& plan, const SlurmOptions& o, const std::string& name) {
    std::string job;
    for (const char c : plan.sweep.name)
        job += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '-';
    std::string out = "#!/bin/bash\n#SBATCH --job-name=" + job + "-" + name + "\n#SBATCH --time=" + o.time +
                      "\n#SBATCH --cpus-per-task=" + std::to_string(o.cpus) + "\n#SBATCH --mem=" + o.memory +
                      "\n#SBATCH --open-mode=append\n#SBATCH --output=\"" + plan.folder + "/slurm/log/%x-%A_%a.log\"\n";
    if (!o.partition.empty()) out += "#SBATCH --partition=" + o.partition + "\n";
    if (!o.account.empty()) out += "#SBATCH --account=" + o.account + "\n";
    return out;
}

std::string array_script(const SweepPlan& plan, const SlurmOptions& o, const std::string& tasks, std::uint32_t offset) {
    return directives(plan, o, "shards") + "#SBATCH --array=" + tasks +
           (o.throttle > 0 ? "%" + std::to_string(o.throttle) : "") +
           "\n#SBATCH --requeue\n#SBATCH --signal=B:USR1@60\n"
           "# One shard a task. A minute before the limit hubsim is told (USR1): it keeps what is finished, and the task goes\n"
           "# back into the queue to go on. A task that is cancelled, killed or lost leaves nothing half-written.\n"
           "export HUBSIM_SHARD_OFFSET=" +
           std::to_string(offset) + "\nlimit=0\n" + quoted(o.program) + " sweep run " + quoted(plan.folder) +
           " --threads " + std::to_string(o.cpus) +
           " &\nwork=$!\ntrap 'limit=1; kill -USR1 $work' USR1\ntrap 'kill -TERM $work' TERM\n"
           "wait $work; code=$?\nwhile kill -0 $work 2>/dev/null; do wait $work; code=$?; done\n"
           "if [ $code = 75 ] && [ $limit = 1 ]; then\n  scontrol requeue \"${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}\"\n  sleep 60\nfi\nexit $code\n";
}

std::string gather_script(const SweepPlan& plan, const SlurmOptions& o) {
    const std::string program = quoted(o.program), folder = quoted(plan.folder);
    return directives(plan, o, "gather") +
           "# Runs after the arrays, however they ended. What counts is not the scheduler's word but what stands in the folder.\n"
           "unset SLURM_ARRAY_TASK_ID\n" +
           program + " sweep verify " + folder + "; code=$?\nif [ $code = 0 ]; then exec " + program + " sweep merge " +
           folder + "; fi\nif [ $code = 4 ]; then\n  echo 'To run what is missing:'\n  printf '  %s\\n' " +
           quoted(program + " sweep slurm " + folder + " --missing && bash " +
                  quoted(plan.folder + "/slurm/submit.sh")) +
           "\nfi\nexit $code\n";
}

}  // namespace

std::string write_slurm(const SweepPlan& plan, const std::vector<std::uint32_t>& shards, const SlurmOptions& o) {
    const std::string folder = plan.folder + "/slurm";
    if (folder.find_first_of("\n\r%\"\\") != std::string::npos)
        throw SweepError(usage, plan.folder + ": a folder for Slurm may hold no line break, %, \" or \\ in its name");
    make_folder(folder + "/log");
    std::string submit =
        "#!/bin/bash\n# Submits the arrays and the job that proves and gathers what they made.\nset -euo pipefail\nafter=\n";
    std::size_t arrays = 0;
    for (std::size_t from = 0; from < shards.size(); ++arrays) {
        const std::uint32_t offset =
            shards[from] / o.max_array * o.max_array;  // task numbers stay below the cluster's limit
        std::vector<std::uint32_t> tasks;
        for (; from < shards.size() && shards[from] < offset + o.max_array; ++from)
            tasks.push_back(shards[from] - offset);
        const std::string file = folder + "/array-" + std::to_string(arrays) + ".sh";
        write_whole(file, array_script(plan, o, ranges_of(tasks), offset));
        submit += "job=$(sbatch --parsable " + quoted(file) + "); after=$after:${job%%;*}; echo \"array $job\"\n";
    }
    write_whole(folder + "/gather.sh", gather_script(plan, o));
    submit += "job=$(sbatch --parsable --dependency=afterany$after " + quoted(folder + "/gather.sh") +
              "); echo \"gather $job\"\n";
    write_whole(folder + "/submit.sh", submit);
    return "bash " + quoted(folder + "/submit.sh");
}

}  // namespace hubs
