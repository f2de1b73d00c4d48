// The native side of the workshop: parts of a synthetic England, middle draws, what the engine says of a run, and presets that are refused.
#include <bit>
#include <cmath>
#include <fstream>

#include "analysis/study/evaluation/evaluation.h"
#include "analysis/workshop/engine/describe.h"
#include "sim/run/ensemble.h"
#include "sim/run/middle.h"
#include "sim/run/parameter_path.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

StudyRead read(const std::string& population, const std::string& more = "",
               const std::string& waves = R"([{"start": "2018-09", "rule": "volunteers", "members": 20}])") {
    return read_study_text("s.json",
                           R"({"schema_version": 1, "name": "s", "population": )" + population + R"(, "start": "2018-09", "months": 24, "seed": 3)" + more +
                               R"(, "plans": [{"name": "a", "waves": )" + waves + "}]}",
                           {});
}

}  // namespace

TEST_CASE("an area of a synthetic England is made as large as asked, in its own proportions") {
    const StudyRead whole = read(R"({"synthetic": true, "seed": 1})"),
                    part = read(R"({"synthetic": true, "seed": 1, "areas": {"Lancashire": 77, "Cumbria": 20}})");
    REQUIRE(whole.study);
    REQUIRE(part.study);
    const Population &all = whole.study->population, &some = part.study->population;
    REQUIRE(some.areas.size() == 2);
    std::array<unsigned, 4> types{}, before{};
    unsigned lancashire = 0, employers = 0, employers_before = 0;
    for (std::uint32_t i = 0; i < some.establishments.count(); ++i) {
        const EstablishmentId e{i};
        if (some.areas[some.establishments.area[e].index].name != "Lancashire") continue;
        ++lancashire;
        ++types[static_cast<unsigned>(some.establishments.type[e])];
    }
    for (std::uint32_t i = 0; i < all.establishments.count(); ++i)
        if (all.areas[all.establishments.area[EstablishmentId{i}].index].name == "Lancashire")
            ++before[static_cast<unsigned>(all.establishments.type[EstablishmentId{i}])];
    CHECK(lancashire == 77);  // half of its 154
    CHECK(some.establishments.count() == 97);
    for (unsigned t = 0; t < 4; ++t) CHECK(std::fabs(types[t] - before[t] * 0.5) <= 1.0);
    for (const AreaRow& a : some.areas)
        if (a.name == "Lancashire") employers = a.employers;
    for (const AreaRow& a : all.areas)
        if (a.name == "Lancashire") employers_before = a.employers;
    CHECK(std::fabs(employers - employers_before * 0.5) <= 3.0);
}

TEST_CASE("the middle of the draws is the same in every replicate, and each of them a median") {
    const StudyRead drawn = read(R"({"synthetic": true, "areas": {"Cumbria": 20}})"),
                    middle = read(R"({"synthetic": true, "areas": {"Cumbria": 20}})", R"(, "posterior": "middle")");
    REQUIRE(drawn.study);
    REQUIRE(middle.study);
    CHECK(middle.study->scenario.draws.count() == 0);
    Scenario expected = middle_of(drawn.study->scenario), found = middle.study->scenario;
    const auto places = parameter_places(expected), others = parameter_places(found);
    unsigned moved = 0;
    const Scenario usual;
    Scenario defaults = usual;
    const auto plain = parameter_places(defaults);
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK(*places[i].value == *others[i].value);
        moved += *places[i].value != *plain[i].value;
    }
    CHECK(moved > 5);
}

TEST_CASE("a trace, a twin and the ensemble of a run say the same") {
    const StudyRead r = read(R"({"synthetic": true, "areas": {"Cumbria": 40}})");
    REQUIRE(r.study);
    const Study& study = *r.study;
    for (const std::uint32_t number : {0u, 5u}) {
        const Trace trace = trace_of(study, number);
        const Twin twin = twin_of(study, number);
        CHECK(trace.fingerprint == twin.fingerprint);
        const auto mean = [&](unsigned month) {
            unsigned sum = 0;
            for (unsigned i = 0; i < trace.establishments; ++i) sum += static_cast<unsigned>(std::popcount(trace.achieved[month * trace.establishments + i]));
            return sum / static_cast<double>(trace.establishments);
        };
        CHECK(twin.outcomes[0] == mean(0));
        CHECK(twin.outcomes[1] == mean(24));
        REQUIRE(twin.path.size() == 7);
        for (unsigned term = 0; term <= 6; ++term) CHECK(twin.path[term] == mean(4 * term));
        REQUIRE(twin.outcomes.size() == outcome_names().size());
        // The lowest quarter and the others together are everybody.
        CHECK(std::fabs((10 * twin.outcomes[4] + 30 * twin.outcomes[5]) / 40 - twin.outcomes[2]) < 1e-12);
        unsigned members = 0;
        for (unsigned i = 0; i < 40; ++i) members += trace.standing[24 * 40 + i] & 1u;
        CHECK(members == 20);
    }
    // hubsim run adds the same words up.
    Study two = study;
    two.scenario.replicates = 2;
    CHECK(fingerprint_of({twin_of(study, 0).fingerprint, twin_of(study, 1).fingerprint}) == run_ensemble(two, {}, "s.json").fingerprint().text());
}

TEST_CASE("what an evaluation of one run says is what hubsim evaluate says of it") {
    const StudyRead r = read(R"({"synthetic": true, "areas": {"North East": 150}})", "", R"([{"start": "2018-09", "rule": "volunteers", "members": 60}])");
    REQUIRE(r.study);
    const EvaluationDesign design;
    const EvaluatedTwin one = evaluated_twin(*r.study, design, 0);
    const Evaluation record = evaluate_plan(*r.study, r.study->scenario.plans.front(), design, 1, 1);
    CHECK(one.truth == record.truth);
    const auto mean = [&](const char* id) {
        for (const EstimatorRecord& e : record.estimators)
            if (e.id == id) return e.mean;
        return not_available;
    };
    CHECK(one.level == mean("difference"));
    CHECK(one.change == mean("difference_in_differences"));
    CHECK(one.matched == mean("nearest_neighbour"));
    CHECK(one.regression == mean("regression"));
    CHECK(one.schools == record.treated);
}

TEST_CASE("tallies of few establishments are what counting them one by one gives") {
    for (const char* population :
         {R"({"synthetic": true, "areas": {"Lancashire": 77, "Cumbria": 20}})", R"({"synthetic": true, "areas": {"Lancashire": 240, "Cumbria": 30}})"}) {
        const StudyRead r = read(population);
        REQUIRE(r.study);
        const Study& study = *r.study;
        const Groups groups = groups_of(study.population);
        Watch watch;
        watch.prepare(groups, 24);
        const Scenario s = scenario_of(study.scenario, 0);
        const Replicate replicate{s.seed, 0};
        const World end = simulate(start_world(start_of(s, study.population, study.framework), replicate), s, s.plans.front(), replicate, &watch);
        const auto& who = study.population.establishments;
        unsigned checked = 0;
        for (std::size_t k = 0; k < watch.seen.tallies.size(); ++k) {
            const std::uint16_t g = watch.seen.tally_group[k];
            const Grouping grouping = groups.groups[g].grouping;
            if (watch.seen.tally_month[k] != 24 || grouping == Grouping::start_level) continue;
            Tally expected;
            for (std::uint32_t i = 0; i < end.count(); ++i) {
                const EstablishmentId e{i};
                const auto& state = end.establishments;
                const bool in = grouping == Grouping::all      ? true
                                : grouping == Grouping::status ? groups.first[1] + static_cast<unsigned>(state.status[e]) == g
                                                               : groups.of[static_cast<std::size_t>(grouping)][i] == g;
                if (!in) continue;
                ++expected.establishments;
                expected.pupils += who.pupils[e];
                ++expected.with_benchmarks[static_cast<unsigned>(std::popcount(state.achieved[e]))];
                const auto reported = static_cast<unsigned>(std::popcount(state.achieved_reported[e]));
                ++expected.with_benchmarks_reported[reported];
                expected.reported_square += reported * reported;
                const bool lately = state.returned[e] >= 12;  // in the twelve months before month 24
                expected.returned += lately;
                expected.returned_benchmarks += lately ? reported : 0;
                expected.with_benchmarks_returned[reported] += lately;
                expected.returned_at_start += lately ? static_cast<unsigned>(std::popcount(state.achieved_first[e])) : 0;
                for (unsigned b = 0; b < benchmark_count; ++b) {
                    expected.achieving[b] += state.achieved[e] >> b & 1u;
                    expected.achieving_reported[b] += state.achieved_reported[e] >> b & 1u;
                    expected.achieving_returned[b] += lately && (state.achieved_reported[e] >> b & 1u) != 0;
                    expected.pupils_reached[b] += (state.achieved[e] >> b & 1u) * who.pupils[e];
                }
                expected.benchmarks_at_start += static_cast<unsigned>(std::popcount(state.achieved_first[e]));
                expected.items_done += static_cast<unsigned>(std::popcount(state.done[e]));
                expected.items_known += static_cast<unsigned>(std::popcount(state.know_how[e]));
            }
            INFO(groups.groups[g].name);
            CHECK(std::equal(reinterpret_cast<const std::uint32_t*>(&expected), reinterpret_cast<const std::uint32_t*>(&expected) + tally_words,
                             reinterpret_cast<const std::uint32_t*>(&watch.seen.tallies[k])));
            ++checked;
        }
        CHECK(checked > 20);
    }
}

TEST_CASE("the page has words for every cause") {
    std::ifstream in(std::string(HUBSIM_SOURCE) + "/analysis/workshop/page/src/words.ts");
    std::string line;
    while (std::getline(in, line) && line.rfind("export const causes", 0) != 0) {}
    REQUIRE(!line.empty());
    // One text for each, none of them with a quotation mark of its own: twice as many marks as causes.
    CHECK(std::count(line.begin(), line.end(), '\'') == 2 * static_cast<std::ptrdiff_t>(Cause::count));
}
