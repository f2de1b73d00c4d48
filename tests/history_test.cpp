// A run that starts from the end of another: where it stands, what it carries over, what is refused.
#include "sim/run/history.h"

#include <set>

#include "analysis/results/plan_warnings.h"
#include "analysis/study/evaluation/returns.h"
#include "sim/run/parameter_path.h"
#include "tests/card_support.h"
#include "tests/catch.h"
#include "tests/program.h"
#include "tests/support.h"

using namespace hubs;

namespace {

constexpr const char* population =
    R"("population": {"synthetic": true, "areas": {"North East": 120, "Cumbria": 60}}, "seed": 7)";

struct Folder : test::Folder {
    std::string put(const std::string& name, const std::string& text) const {
        test::write_text(path / name, text);
        return (path / name).string();
    }
};

std::string past_scenario(unsigned months, const std::string& more = "") {
    return R"({"schema_version": 1, "name": "past", "start": "2018-09", "months": )" + std::to_string(months) + ", " +
           population + more + R"(, "plans": [{"name": "idle"}, {"name": "hubs", "waves": [
             {"start": "2018-09", "rule": "volunteers", "members": 50}, {"start": "2019-03", "action": "join_hubs", "rule": "volunteers", "members": 20})" +
           (months > 20 ? R"(, {"start": "2020-01", "rule": "volunteers", "members": 40},
             {"start": "2020-04", "action": "merge_hubs", "areas": ["North East"]})"
                        : "") +
           "]}]}";
}
std::string present_scenario(const std::string& waves,
                             const std::string& start_from = R"({"run": "past.json", "plan": "hubs"})",
                             const std::string& more = "") {
    return R"({"schema_version": 1, "name": "present", "start": "2019-09", "months": 14, )" + std::string(population) +
           more + R"(, "start_from": )" + start_from + R"(, "plans": [{"name": "on", "waves": )" + waves + "}]}";
}
constexpr const char* later_waves = R"([{"start": "2020-01", "rule": "volunteers", "members": 40},
                                        {"start": "2020-04", "action": "merge_hubs", "areas": ["North East"]}])";

Study study_of(const std::string& file) {
    StudyRead read = read_study(file, {});
    INFO(read.report);
    REQUIRE(read.study);
    return std::move(*read.study);
}

World world_after(const Study& study, std::size_t plan, std::uint32_t number, Watch* watch = nullptr) {
    const Scenario own = scenario_of(study.scenario, number);
    const Replicate replicate{own.seed, number};
    return simulate(first_world(own, study.population, study.framework, replicate), own, own.plans[plan], replicate,
                    watch);
}

}  // namespace

TEST_CASE("a run that starts from another's end goes on as the run without the stop would") {
    const Folder folder;
    const Study whole = study_of(folder.put("whole.json", past_scenario(26)));
    folder.put("past.json", past_scenario(12));
    const Study later = study_of(folder.put("present.json", present_scenario(later_waves)));
    for (std::uint32_t r = 0; r < 3; ++r) {
        World a = world_after(whole, 1, r), b = world_after(later, 0, r);
        CHECK(b.first_month == 12);
        const auto in_one = test::columns_of(a), parted = test::columns_of(b);
        for (const auto& [column, hash] : in_one) {
            INFO("replicate " << r << ", " << column);
            if (column == "establishments.achieved_first")
                CHECK(parted.at(column) != hash);  // reported when this run began
            else CHECK(parted.at(column) == hash);
        }
    }
}

TEST_CASE("what is seen of such a run counts its own months, and costs as the run without the stop") {
    const Folder folder;
    const Study whole = study_of(folder.put("whole.json", past_scenario(26)));
    folder.put("past.json", past_scenario(12));
    const Study later = study_of(folder.put("present.json", present_scenario(later_waves)));
    const Groups groups = groups_of(later.population);
    Watch a, b;
    a.prepare(groups, 26);
    b.prepare(groups, 14);
    world_after(whole, 1, 0, &a);
    world_after(later, 0, 0, &b);
    REQUIRE(b.seen.costs.size() == 14);
    for (std::size_t m = 0; m < 14; ++m) {
        CHECK(b.seen.costs[m] == a.seen.costs[m + 12]);
        CHECK(b.seen.activity[m] == a.seen.activity[m + 12]);
    }
    CHECK(b.seen.tally_month[0] == 0);
    CHECK(*std::max_element(b.seen.tally_month.begin(), b.seen.tally_month.end()) == 14);
    CHECK(b.seen.placed == std::vector<std::uint32_t>{a.seen.placed[2], a.seen.placed[3]});
}

TEST_CASE("another framework carries over what its items say, and draws what is stricter by share") {
    const Folder folder;
    const auto framework = [&](const char* name, const char* items_of_1) {
        std::string text =
            R"({"format": "hubsim framework 1", "name": ")" + std::string(name) +
            R"(", "school_factor": 0.2, "benchmarks": [{"name": "1", "benchmark_factor": 0.2, "items": )" + items_of_1 +
            "}";
        for (int b = 2; b <= 8; ++b)
            text += R"(, {"name": ")" + std::to_string(b) + R"(", "benchmark_factor": 0.2, "items": [{"id": ")" +
                    std::to_string(b) + R"(.1", "name": "x", "threshold": 0}]})";
        return folder.put(name, text + "]}");
    };
    framework("old.json", R"([{"id": "a", "name": "a", "threshold": 0}, {"id": "b", "name": "b", "threshold": 0}])");
    framework("new.json", R"([{"id": "kept", "name": "kept", "threshold": 0, "carries": ["a"]},
        {"id": "both", "name": "both", "threshold": 0, "carries": ["a", "b"]},
        {"id": "strict", "name": "strict", "threshold": 0, "carries": ["b"], "carried_share": 0.5, "carried_range": [0, 1]},
        {"id": "new", "name": "new", "threshold": 0, "carries": [], "carried_share": 0.25}])");
    folder.put("past.json", past_scenario(12, R"(, "framework": "old.json")"));
    const auto shares = [&](const std::string& carry) {
        const Study study = study_of(
            folder.put("present.json",
                       present_scenario("[]", R"({"run": "past.json", "plan": "hubs", "carry": ")" + carry + R"("})",
                                        R"(, "framework": "new.json")")));
        std::array<unsigned, 6> out{};  // old b; kept, both, strict, new; wrong. Strict is likelier than new
        for (std::uint32_t r = 0; r < 30; ++r) {
            const Scenario own = scenario_of(study.scenario, r);
            const Replicate replicate{own.seed, r};
            const World before = study.scenario.history->end(replicate);
            const World after = first_world(own, study.population, study.framework, replicate);
            each_establishment(after, [&](EstablishmentId e) {
                const Items old = before.establishments.done[e], now = after.establishments.done[e];
                const bool a = (old & 1) != 0, b = (old & 2) != 0;
                out[0] += b;
                for (unsigned i = 0; i < 4; ++i) out[1 + i] += (now >> i & 1) != 0;
                const bool right = ((now & 1) != 0) == a && ((now & 2) != 0) == (a && b) && ((now & 4) == 0 || b) &&
                                   (now >> 4) == (old >> 2) &&
                                   (carry == "low" || (now & 8) == 0 || !b || (now & 4) != 0) &&
                                   (now & ~after.establishments.know_how[e]) == 0 &&
                                   after.establishments.achieved[e] ==
                                       study.framework.achieved(now, study.population.establishments.applies[e]);
                out[5] += !right;
            });
        }
        return out;
    };
    const auto middle = shares("middle"), low = shares("low"), high = shares("high");
    const double n = 30 * 180;
    CHECK(middle[5] + low[5] + high[5] == 0);
    CHECK(std::fabs(middle[3] / static_cast<double>(middle[0]) - 0.5) < 4 * std::sqrt(0.25 / middle[0]));
    CHECK(std::fabs(middle[4] / n - 0.25) < 4 * std::sqrt(0.25 * 0.75 / n));
    CHECK(low[3] == 0);
    CHECK(high[3] == high[0]);
}

TEST_CASE("a start that the history cannot give is refused by name") {
    const Folder folder;
    folder.put("past.json", past_scenario(12));
    const auto report = [&](const std::string& text) {
        const StudyRead read = read_study(folder.put("present.json", text), {});
        CHECK_FALSE(read.study);
        std::string out = read.report;
        for (std::size_t at; (at = out.find(folder.path.string() + "/")) != std::string::npos;)
            out.erase(at, folder.path.string().size() + 1);
        return out;
    };
    CHECK(
        report(R"({"schema_version": 1, "name": "x", "start": "2025-09", "months": 2, )" + std::string(population) +
               R"(, "plans": [{"name": "a"}]})") ==
        "present.json:1:45: a start in 2025-09 with the published shares of 2017/18\n"
        "  /start: expected \"start_from\": a scenario to start from, as {\"run\": \"history-2018-2025.json\", \"plan\": \"as it was\"}; or a framework of your own with shares of that year\n"
        "1 problem. Nothing was run.\n");
    const std::string faulty = report(R"({"schema_version": 1, "name": "x", "start": "2020-09", "months": 2,
"population": {"synthetic": true, "areas": {"North East": 50}},
"start_from": {"run": "past.json", "plan": "hub"},
"plans": [{"name": "a"}]})");
    CHECK(faulty ==
          "present.json:3:15: a start in 2020-09 after past.json\n"
          "    3 | \"start_from\": {\"run\": \"past.json\", \"plan\": \"hub\"},\n"
          "      |               ^\n"
          "  /start: expected a month from 2018-10 to 2019-09, the month after the last of its run\n"
          "present.json:3:15: past.json is of another population\n"
          "    3 | \"start_from\": {\"run\": \"past.json\", \"plan\": \"hub\"},\n"
          "      |               ^\n"
          "  /start_from/run: expected a scenario of the same establishments\n"
          "present.json:3:44: no plan \"hub\" in past.json\n"
          "    3 | \"start_from\": {\"run\": \"past.json\", \"plan\": \"hub\"},\n"
          "      |                                            ^^^^^ did you mean \"hubs\"?\n"
          "  /start_from/plan: expected one of \"idle\", \"hubs\"\n"
          "3 problems. Nothing was run.\n");
    CHECK(report(present_scenario("[]", R"({"run": "nowhere.json"})")).find("\"nowhere.json\" could not be read") !=
          std::string::npos);
    CHECK(report(present_scenario("[]", R"({"run": ""})")).find("\"\" where a scenario belongs") != std::string::npos);
    CHECK(report(present_scenario("[]", R"({"run": "past.json", "plan": "hubs"})",
                                  R"(, "parameters": {"initial_state": {"network_share": 0.5}})"))
              .find("\"initial_state\" of a run that starts from another") != std::string::npos);
    folder.put("past.json", present_scenario("[]", R"({"run": "present.json"})"));
    CHECK(report(present_scenario("[]")).find("a history that starts from another") != std::string::npos);
}

TEST_CASE("an evaluation of such a run compares those who join in it, not members of before") {
    const Folder folder;
    folder.put("past.json", past_scenario(12));
    const Study study = study_of(folder.put("present.json", present_scenario(later_waves)));
    const Scenario own = scenario_of(study.scenario, 0);
    const World before = first_world(own, study.population, study.framework, {own.seed, 0});
    EvaluationDesign design;
    design.months = 8;
    const Returns r = returns_of(study, own, own.plans[0], design, {own.seed, 0}, true);
    unsigned treated = 0, members_before = 0;
    each_establishment(before, [&](EstablishmentId e) {
        const bool member = before.establishments.status[e] == Status::hub;
        members_before += member;
        if (member) CHECK(r.arm[e.index] == Returns::Arm::none);
        treated += r.arm[e.index] == Returns::Arm::treated;
    });
    CHECK(members_before > 40);
    CHECK(treated == 40);
}

TEST_CASE("results and sweeps keep what their runs start from: they are proved and gathered without it") {
    const Folder folder;
    const std::string past = folder.put("past.json", past_scenario(12)), at = folder.path.string();
    folder.put("present.json",
               present_scenario("[]", R"({"run": "past.json", "plan": "hubs"})", R"(, "replicates": 2)"));
    folder.put(
        "sweep.json",
        R"({"schema_version": 1, "name": "s", "scenario": "present.json", "replicates": 2, "design": {"kind": "grid"},
        "factors": [{"path": "turn_over_staff.leaders_per_year", "values": [0.18]}],
        "outputs": [{"name": "held", "plan": "on", "measure": "benchmarks_mean", "grouping": "all", "group": "all"}]})");
    const auto in_folder = [&](const std::string& command) {
        return test::shell("cd '" + at + "' && '" HUBSIM_PROGRAM "' " + command);
    };
    REQUIRE(in_folder("run present.json -o out --no-live").code == 0);
    REQUIRE(in_folder("sweep run sweep.json -o swept").code == 0);
    test::fs::remove(past);
    const test::Ran verified = in_folder("verify out"), merged = in_folder("sweep merge swept");
    INFO(verified.said << merged.said);
    CHECK(verified.code == 0);
    CHECK(merged.code == 0);
    CHECK(in_folder("replay out --plan on --replicate 1").code == 0);
    test::write_text(folder.path / "out" / "inputs" / "history.json", past_scenario(13));
    CHECK(in_folder("verify out --quick").said.find("inputs/history.json") != std::string::npos);
}

TEST_CASE("on a card's stand-in each run goes on from hubs of its own") {
    const Folder folder;
    folder.put("past.json",  // as many as report little, which is luck
               test::replaced(
                   test::replaced(past_scenario(12), R"("members": 50)", R"("members": 150, "at_most_benchmarks": 1)"),
                   R"("name": "hubs",)", R"("name": "hubs", "hub_size": 5,)"));
    const Study study =
        study_of(folder.put("present.json", present_scenario(later_waves, R"({"run": "past.json", "plan": "hubs"})",
                                                             R"(, "replicates": 5)")));
    std::set<std::size_t> hubs;  // starts differ in how many they have: their lists differ in length
    for (std::uint32_t r = 0; r < 5; ++r)
        hubs.insert(study.scenario.history->end({study.scenario.seed, r}).hubs.rows.size());
    CHECK(hubs.size() > 1);
    const test::OnDevice card(study, std::make_unique<card::StandIn>(7));
    CHECK(card.told.empty());
    CHECK(card.ensemble.fingerprint().text() == run_ensemble(study, {}, "present.json").fingerprint().text());
}

TEST_CASE("grants and wallets of those who joined in the history are the history's") {
    const Folder folder;
    folder.put("past.json", past_scenario(12));
    const auto after = [&](const std::string& levers) {
        Study study = study_of(folder.put("present.json", present_scenario("[]" + levers)));
        World end = world_after(study, 0, 0);
        return test::columns_of(end);
    };
    const auto plain = after("");
    CHECK(after(R"(, "grant_gbp_per_school": 20000, "wallet_gbp": 50000)") == plain);
    CHECK(after(R"(, "fund_gbp_per_school": 20000)") != plain);
}

TEST_CASE("levers of forming hubs are named where hubs exist already, and merging finds them") {
    const Folder folder;
    folder.put("past.json", past_scenario(12));
    const Study study = study_of(folder.put(
        "present.json",
        present_scenario(
            R"([{"start": "2019-10", "action": "merge_hubs", "areas": ["North East"]}], "lead_schools_per_hub": 3, "cornerstones_per_hub": 0)")));
    CHECK(plan_warnings(study) ==
          std::vector<std::string>{
              "plan \"on\": lead_schools_per_hub, cornerstones_per_hub: hubs that exist at the start keep what "
              "the history gave them until their members change; what they cost follows the plan at once"});
}
