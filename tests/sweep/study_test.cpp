// What a study may ask for: designs, outputs, stopping early, shares of the work; and what is refused.
#include <cmath>

#include "analysis/base/exit_codes.h"
#include "analysis/base/table.h"
#include "analysis/study/sweep/shard_store.h"
#include "analysis/study/sweep/share.h"
#include "tests/sweep/sweep_support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

/// A sequence study with some of its text changed.
std::string sequence(const std::string& from, const std::string& to) {
    return replaced(text_of(std::string(HUBSIM_SOURCE) + "/tests/sweep/small-sequence.json"), from, to);
}

}  // namespace

TEST_CASE("a study is read whole, and everything wrong with it is told at once") {
    const Vale here;
    for (const auto& entry : fs::directory_iterator(std::string(HUBSIM_SOURCE) + "/tests/sweep/faults")) {
        if (entry.path().extension() != ".json" && entry.path().extension() != ".csv") continue;
        fs::copy_file(entry.path(), here / entry.path().filename().string());
    }
    std::size_t seen = 0;
    for (const auto& entry : fs::directory_iterator(std::string(HUBSIM_SOURCE) + "/tests/sweep/faults")) {
        if (entry.path().extension() != ".json") continue;
        ++seen;
        const Ran ran = here.sweep("plan " + entry.path().filename().string() + " -o refused");
        fs::path expected = entry.path();
        expected.replace_extension(".txt");
        if (std::getenv("HUBSIM_WRITE_EXPECTED") != nullptr) write_text(expected, ran.said);
        INFO(entry.path().filename().string());
        CHECK(ran.code == invalid);
        CHECK(ran.said == text_of(expected));
        CHECK(!fs::exists(here / "refused"));
    }
    CHECK(seen >= 8);
}

TEST_CASE("an output that no run can have is refused before anything is planned") {
    const Vale here;
    here.study("empty.json", sequence(R"({"name": "level", "plan": "hubs", "measure": "items_known_mean"})",
                                      R"({"name": "level", "plan": "hubs", "measure": "items_known_mean"},
        {"name": "nothing", "plan": "no hubs", "measure": "benchmarks_mean", "grouping": "status", "group": "hub"})"));
    for (const char* command : {"plan", "run"}) {
        const Ran ran = here.sweep(command + std::string(" empty.json -o sweep"));
        CHECK(ran.code == invalid);
        CHECK(ran.said == "output \"nothing\" has no value in any of 3 runs tried: nobody is in its group of plan \"no hubs\"\n"
                          "Every run would fail. Nothing was planned.\n");
        CHECK(!fs::exists(here / "sweep"));
    }
}

TEST_CASE("failed runs are counted, told with a replay, and cost no other output, a merge waits until the study allows them") {
    const Vale here;
    // With nobody in the network at the start, and nobody joining it, that group is empty: in half of the rows.
    here.study("still.json", replaced(text_of(here / "vale.json"), R"("seed": 11,)", R"("seed": 11, "switch_off": ["join_network"],)"));
    const std::string level = R"({"name": "level", "plan": "hubs", "measure": "items_known_mean"})",
                      networked = R"({"name": "networked", "plan": "no hubs", "measure": "benchmarks_mean", "grouping": "status", "group": "network"})";
    std::string study = replaced(sequence(level, level + ", " + networked), R"("share_practice.learnt_per_exposure")",
                                 R"({"path": "initial_state.network_share", "values": [0, 0.5]})");
    study = replaced(study, "vale.json", "still.json");
    here.study("few.json", replaced(study, R"("points": 64)", R"("points": 32)"));
    const Ran few = here.sweep("run few.json -o few");
    CHECK(few.code == incomplete);
    CHECK(few.said.find("few: all 4 shards done, 16 runs failed, more than the study allows; hubsim sweep verify few names the first\n") !=
          std::string::npos);
    CHECK(here.sweep("status few").said.find("\n  failed  16\n") != std::string::npos);
    CHECK(here.sweep("status few --json").said.find("\"runs_failed\": 16}") != std::string::npos);
    const Ran refused = here.sweep("merge few");
    CHECK(refused.code == incomplete);
    CHECK(refused.said.find("16 runs failed; the study allows 0 %\n  run 1: networked is not a number: its group is empty\n"
                            "    hubsim sweep replay few --run 1\n") == 0);
    const std::string shard = text_of(here / "few/shards/00000.csv"),
                      line = shard.substr(shard.find("\n1,") + 1, shard.find("\n2,") - shard.find("\n1,") - 1);
    CHECK(line.starts_with("1,1,0,failed,3"));
    CHECK(line.ends_with(",,networked is not a number: its group is empty"));
    CHECK(here.sweep("replay few --run 1").said.find(line) != std::string::npos);

    here.study("many.json", study);
    const Ran many = here.sweep("run many.json -o many");
    CHECK(many.code == incomplete);
    CHECK(many.said.find("runs failed, more than the study allows; stopped.") != std::string::npos);
    CHECK(here.sweep("run many").code == incomplete);

    here.study("allowed.json", replaced(study, "\"replicates\": 1", "\"replicates\": 1, \"allowed_failures\": 0.5"));
    REQUIRE(here.sweep("run allowed.json -o allowed").code == 0);
    REQUIRE(here.sweep("merge allowed").code == 0);
    const auto merged = here.merged("allowed");
    CHECK(merged.at("manifest.json").find("\"failed_runs\": 32") != std::string::npos);
    // The output that never failed is what it is where it is asked for alone.
    here.study("alone.json", replaced(replaced(study, ", " + networked, ""), "\"replicates\": 1", "\"replicates\": 1, \"allowed_failures\": 0.5"));
    REQUIRE(here.sweep("run alone.json -o alone").code == 0);
    REQUIRE(here.sweep("merge alone").code == 0);
    const auto of_level = [](const std::string& csv) {
        std::string out;
        for (const auto& row : read_csv(csv))
            if (row[0] == "level") {
                for (const std::string& cell : row) out += cell + ",";
                out += "\n";
            }
        return out;
    };
    CHECK(!of_level(merged.at("data/ranking.csv")).empty());
    CHECK(of_level(merged.at("data/ranking.csv")) == of_level(here.merged("alone").at("data/ranking.csv")));
}

TEST_CASE("a sweep that is to stop when precise enough takes the same rows however it is cut") {
    const Vale here;
    here.study("until.json", sequence(R"("points": 64)", R"("points": 512)"));
    std::map<std::string, std::string> first;
    for (const char* shards : {"1", "5", "64"}) {
        const std::string folder = std::string("until") + shards;
        const Ran ran = here.sweep("run until.json -o " + folder + " --until mcse=0.02 --threads 1 --shards " + shards);
        INFO(ran.said);
        REQUIRE(ran.code == 0);
        CHECK(ran.said.find("precise enough after") != std::string::npos);
        REQUIRE(here.sweep("verify " + folder).code == 0);
        REQUIRE(here.sweep("merge " + folder).code == 0);
        if (first.empty()) first = here.merged(folder);
        else CHECK(here.merged(folder) == first);
    }
    CHECK(first.at("manifest.json").find("\"rows\": 512") == std::string::npos);
    CHECK(here.sweep("run small.json -o no --until mcse=0.1").code == invalid);
}

TEST_CASE("a lever known to act alone comes first, with the size and sign of its effect, in every design") {
    const Vale here;
    // Meetings cost money and nothing else here does: 3 or 6 of them, so the change over the whole range is one number.
    const std::string
        cost = R"("plan": "hubs", "measure": "cost_gbp")",
        levers =
            R"("factors": ["share_practice.learnt_per_exposure", {"path": "plans/*/meetings_per_year", "values": [3, 6]}],)";
    const std::string base = replaced(
        replaced(replaced(sequence(R"("plan": "hubs", "measure": "items_known_mean")", cost), R"("replicates": 1)",
                          R"("replicates": 2)"),
                 "\"months\": 4,", ""),
        R"("factors": ["share_practice.learnt_per_exposure", {"path": "plans/*/meetings_per_year", "low": 3, "high": 6}],)",
        levers);
    std::vector<double> changes;
    for (const auto& [name, design] :
         std::map<std::string, std::string>{{"fractional", R"("kind": "fractional_grid")"},
                                            {"sequence", R"("kind": "sobol_sequence", "points": 64)"},
                                            {"morris", R"("kind": "morris", "points": 16)"},
                                            {"indices", R"("kind": "sobol_indices", "points": 16)"}}) {
        here.study(name + ".json", replaced(base, R"("kind": "sobol_sequence", "points": 64, "seed": 3)", design));
        REQUIRE(here.sweep("run " + name + ".json -o " + name).code == 0);
        REQUIRE(here.sweep("merge " + name).code == 0);
        const auto rows = read_csv(here.merged(name).at("data/ranking.csv"));
        INFO(name);
        REQUIRE(rows.size() == 3);
        CHECK(rows[1][1] == "plans/*/meetings_per_year");
        if (name != "fractional") CHECK(rows[1][9] == "1");  // eight rows cannot stand out from shuffles of themselves
        CHECK(rows[2][9] == "0");
        changes.push_back(std::stod(rows[1][10]));
    }
    for (const double change : changes) {
        CHECK(change > 0);
        CHECK(std::fabs(change - changes.front()) < 0.03 * changes.front());
    }
}

TEST_CASE("every kind of design runs and is merged with the tables it allows") {
    const Vale here;
    write_text(here / "points.csv",
               "improve_provision.cost_1,plans/hubs/hub_size\n0.5,20\n1,30\n2,20\n4,30\n0.5,30\n1,20\n2,30\n4,20\n");
    const std::string factors =
        R"("factors": ["share_practice.learnt_per_exposure", {"path": "plans/*/meetings_per_year", "low": 3, "high": 6}],)";
    const std::map<std::string, std::string> studies{
        {"grid", sequence(R"("kind": "sobol_sequence", "points": 64, "seed": 3)", R"("kind": "grid", "levels": 3)")},
        {"fractional",
         sequence(R"("kind": "sobol_sequence", "points": 64, "seed": 3)", R"("kind": "fractional_grid")")},
        {"hypercube", sequence("sobol_sequence", "latin_hypercube")},
        {"morris", replaced(sequence(R"("sobol_sequence", "points": 64)", R"("morris", "points": 8)"),
                            R"("replicates": 1)", R"("replicates": 2)")},
        {"posterior", replaced(sequence("sobol_sequence", "posterior"), factors, "")},
        {"table", replaced(sequence(R"("kind": "sobol_sequence", "points": 64, "seed": 3)", R"("kind": "table")"),
                           factors, R"("points_file": "points.csv",)")}};
    const std::map<std::string, std::size_t> rows{{"grid", 9},    {"fractional", 8}, {"hypercube", 64},
                                                  {"morris", 24}, {"posterior", 64}, {"table", 8}};
    for (const auto& [name, text] : studies) {
        here.study(name + ".json", text);
        const Ran ran = here.sweep("run " + name + ".json -o " + name);
        INFO(name << ": " << ran.said);
        REQUIRE(ran.code == 0);
        REQUIRE(here.sweep("merge " + name).code == 0);
        const auto merged = here.merged(name);
        CHECK(merged.at("manifest.json").find("\"rows\": " + std::to_string(rows.at(name)) + ",") != std::string::npos);
        CHECK(merged.count("data/ranking.csv") == 1);
        CHECK(merged.count("data/morris.csv") == (name == "morris" ? 1 : 0));
        CHECK(merged.count("data/response.csv") == (name == "morris" ? 0 : 1));
    }
    const auto next = here.merged("morris").find("next.json");
    REQUIRE(next != here.merged("morris").end());
}

TEST_CASE("a share is read from the command line or from the scheduler") {
    CHECK(share_of("3/64")->part == 2);
    CHECK(share_of("3/64")->parts == 64);
    for (const char* wrong : {"", "3", "0/4", "5/4", "a/4", "1/", "-1/4", "1/4/2"}) {
        INFO(wrong);
        CHECK(!share_of(wrong));
    }
    std::map<std::string, std::string> set;
    const auto variable = [&](const char* name) { return set.count(name) > 0 ? set[name].c_str() : nullptr; };
    CHECK(!share_from_environment(variable));
    set = {{"SLURM_ARRAY_TASK_ID", "7"}, {"HUBSIM_SHARD_OFFSET", "1000"}};
    CHECK(share_from_environment(variable)->only == 1007u);
    set = {{"SGE_TASK_ID", "1"}};
    CHECK(share_from_environment(variable)->only == 0u);
    set = {{"SGE_TASK_ID", "undefined"}};
    CHECK(!share_from_environment(variable));
    for (const char* name : {"PBS_ARRAY_INDEX", "JOB_COMPLETION_INDEX"}) {
        set = {{name, "5"}};
        CHECK(share_from_environment(variable)->only == 5u);
    }
    set = {{"OMPI_COMM_WORLD_RANK", "1"}, {"OMPI_COMM_WORLD_SIZE", "4"}};
    CHECK(!share_from_environment(variable)->only);
    CHECK(share_from_environment(variable)->takes(5));
    CHECK(!share_from_environment(variable)->takes(4));
    CHECK(ranges_of({3, 17, 40, 41, 42, 44}) == "3,17,40-42,44");
}

TEST_CASE("scheduler's task numbers choose shards, and array scripts keep within the cluster's limit") {
    const Vale here;
    REQUIRE(here.sweep("plan small.json -o sweep").code == 0);
    const Ran task = here.sweep("run sweep", "SLURM_ARRAY_TASK_ID=4 HUBSIM_SHARD_OFFSET=20");
    CHECK(task.code == 0);
    CHECK(task.said.find("shard 24 of 64 (SLURM_ARRAY_TASK_ID)") == 0);
    CHECK(here.sweep("missing sweep").said == "0-23,25-63\n");
    CHECK(here.sweep("run sweep", "JOB_COMPLETION_INDEX=64").code == 2);
    CHECK(here.sweep("status sweep --json").said.find("\"shards_done\": 1, \"runs\": 1280, \"runs_done\": 20, \"runs_failed\": 0}") !=
          std::string::npos);
    REQUIRE(here.sweep("slurm sweep --missing --max-array 30 --throttle 8 --time 00:10:00").code == 0);
    const auto script = [&](const char* name) { return text_of(here / ("sweep/slurm/" + std::string(name))); };
    CHECK(script("array-0.sh").find("#SBATCH --array=0-23,25-29%8\n") != std::string::npos);
    CHECK(script("array-1.sh").find("#SBATCH --array=0-29%8\n") != std::string::npos);
    CHECK(script("array-1.sh").find("HUBSIM_SHARD_OFFSET=30\n") != std::string::npos);
    CHECK(script("array-2.sh").find("#SBATCH --array=0-3%8\n") != std::string::npos);
    CHECK(script("submit.sh").find("--dependency=afterany$after") != std::string::npos);
    CHECK(shell("for f in '" + (here / "sweep/slurm").string() + "'/*.sh; do bash -n $f || exit 1; done").code == 0);
}
