// Effects where units join at different times: what R gives cell by cell, what follows by hand, and what is refused.
#include "analysis/statistics/estimator/battery.h"
#include "analysis/statistics/estimator/read_panel.h"
#include "sim/base/random.h"
#include "tests/estimator/synthetic_schools.h"
#include "tests/program.h"

using namespace hubs;
using namespace hubs::test;
using nlohmann::json;

namespace {

const std::string file = reference_folder + "waves.csv";

ReadPanel panel_of(const std::string& text, const std::vector<std::string>& covariates = {},
                   const std::string& clusters = "area") {
    return read_panel(recognise_csv(text), "waves.csv", {"y", "unit", "year", "joined", clusters, covariates, {}});
}

/// R's error has no factor for few clusters.
double plain_error(const WaveEffect& e) { return e.error * std::sqrt(e.df / (e.df + 1)); }

/// Units in three waves and none, with an effect of 1 and areas that share a part of every change.
Panel drawn(std::uint32_t number) {
    const Luck luck({20261128, number}, Month{0}, stream_of("waves", 5));
    std::uint32_t place = 0;
    const auto uniform = [&] { return unit(luck.words(place++)[0]); };
    const auto normal = [&] {
        const double radius = std::sqrt(-2 * std::log(uniform()));
        return radius * std::cos(6.283185307179586 * uniform());
    };
    Panel p;
    p.times = {1, 2, 3, 4, 5};
    p.outcome.resize(160, 5);
    p.covariates.resize(160, 0);
    double shared[40][5];
    for (auto& area : shared)
        for (double& s : area) s = 0.4 * normal();
    for (Eigen::Index i = 0; i < 160; ++i) {
        const auto area = static_cast<std::uint32_t>(i % 40);
        p.clusters.push_back(area);
        p.joined.push_back(std::array<int, 4>{2, 4, 5, Panel::never}[area % 4]);
        const double own = normal();
        for (Eigen::Index t = 0; t < 5; ++t)
            p.outcome(i, t) = own + 0.3 * static_cast<double>(t) + shared[area][t] +
                              (p.times[static_cast<std::size_t>(t)] >= p.joined.back() ? 1.0 : 0.0) + normal();
    }
    return p;
}

}  // namespace

TEST_CASE("group-time effects, event study and overall effect agree with R, cell by cell, by cluster") {
    const json r = reference_json("waves.json");
    for (const bool with_x : {false, true}) {
        const ReadPanel read =
            panel_of(text_of(file), with_x ? std::vector<std::string>{"x"} : std::vector<std::string>{});
        REQUIRE(read.problems.empty());
        const WaveEstimates w = estimate_waves(read.panel);
        CHECK(w.always_members == 17);
        CHECK(w.clusters == 30);
        std::size_t k = 0;
        for (const GroupTime& g : w.by_group) {
            const json& cell = r.at("cells").at(k++);
            INFO("joined " << g.joined << ", " << g.time);
            REQUIRE(cell.at("g") == g.joined);
            REQUIRE(cell.at("t") == g.time);
            CHECK(cell.at("treated").get<std::size_t>() == g.effect.treated);
            CHECK(cell.at("controls").get<std::size_t>() == g.effect.controls);
            same("effect", g.effect.value, cell.at(with_x ? "dr" : "value"));
            same("error", plain_error(g.effect), cell.at(with_x ? "dr_se" : "se"), with_x ? 1e-6 : 1e-8);
        }
        CHECK(k == r.at("cells").size());
        if (with_x) continue;
        REQUIRE(w.by_event.size() == r.at("events").size());
        for (std::size_t e = 0; e < w.by_event.size(); ++e) {
            CHECK(w.by_event[e].since == r.at("events").at(e).at("since").get<int>());
            same("event", w.by_event[e].effect.value, r.at("events").at(e).at("value"));
            same("event error", plain_error(w.by_event[e].effect), r.at("events").at(e).at("se"));
        }
        same("overall", w.overall.value, r.at("overall").at("value"));
        same("overall error", plain_error(w.overall), r.at("overall").at("se"));
        CHECK(w.critical > 2.045);  // wider than one interval of t(29), narrower than eight by Bonferroni
        CHECK(w.critical < 3.2);
    }
}

TEST_CASE("one wave and two times are difference in differences") {
    const Sample s = schools();
    Panel p;
    p.times = {2018, 2019};
    p.outcome.resize(s.outcome.size(), 2);
    p.outcome << s.before, s.outcome;
    p.covariates.resize(s.outcome.size(), 0);
    for (std::size_t i = 0; i < s.size(); ++i) p.joined.push_back(s.treated[i] ? 2019 : Panel::never);
    p.clusters = s.clusters;
    const WaveEstimates w = estimate_waves(p);
    same("overall", w.overall.value,
         reference_json("estimator_reference.json").at("synthetic_schools600").at("did_simple").at("coef"));
    CHECK(w.by_event.size() == 1);
    CHECK(w.critical < 2.3);
}

TEST_CASE("intervals of waves hold the truth, one by one and all at once") {
    constexpr std::uint32_t samples = 300;
    double overall = 0, first = 0, band = 0;
    for (std::uint32_t k = 0; k < samples; ++k) {
        const Panel p = drawn(k);
        const WaveEstimates w = estimate_waves(p);
        overall += w.overall.low <= 1 && w.overall.high >= 1;
        bool all = true;
        for (const EventTime& e : w.by_event) {
            const double truth = e.since < 0 ? 0 : 1;
            if (e.since == 0) first += e.effect.low <= truth && e.effect.high >= truth;
            all = all && e.effect.band_low <= truth && e.effect.band_high >= truth;
        }
        band += all;
    }
    CHECK(overall / samples > 0.92);
    CHECK(overall / samples < 0.98);
    CHECK(first / samples > 0.92);
    CHECK(first / samples < 0.98);
    CHECK(band / samples > 0.90);  // of the bootstrap: forty clusters
    CHECK(band / samples < 0.98);
}

TEST_CASE("the order of rows changes nothing of what estimate-waves says, nor does the number of threads") {
    const fs::path folder = fs::temp_directory_path() / ("hubsim-waves-" + std::to_string(getpid()));
    fs::create_directories(folder);
    std::istringstream in(text_of(file));
    std::string heading, line;
    std::vector<std::string> lines;
    std::getline(in, heading);
    while (std::getline(in, line)) lines.push_back(line);
    std::sort(lines.begin(), lines.end());
    std::string sorted = heading + "\n";
    for (const std::string& one : lines) sorted += one + "\n";
    write_text(folder / "sorted.csv", sorted);
    const std::string options =
        " --outcome y --unit unit --time year --joined joined --clusters area --covariates x --json";
    const Ran one = program("estimate-waves " + file + options),
              two = program("estimate-waves " + (folder / "sorted.csv").string() + options),
              alone = shell("taskset -c 0 " HUBSIM_PROGRAM " estimate-waves " + file + options);
    CHECK(one.code == 0);
    CHECK(one.said == two.said);
    CHECK(one.said == alone.said);
    const Ran page =
        program("estimate-waves " + file + " --outcome y --unit unit --time year --joined joined --report " +
                (folder / "p.html").string());
    CHECK(page.code == 0);
    CHECK(text_of(folder / "p.html").find("Time since joining") != std::string::npos);
    fs::remove_all(folder);
}

TEST_CASE("time since joining is counted in years, and who joined between two times did so then") {
    std::string text = "unit,year,joined,y,area\n";
    for (int u = 0; u < 40;
         ++u)  // no return in 2020; half of them joined then or in 2021, and gained 1, or 2 once two years in
        for (const int year : {2018, 2019, 2021, 2022}) {
            const int joined = u % 4 == 0 ? 2020 : u % 4 == 1 ? 2021 : 0;
            const int since = joined == 0 ? -1 : year - joined;
            const double noise = 0.01 * ((u * 7 + year * 3) % 11);
            text += "s" + std::to_string(u) + "," + std::to_string(year) + "," + std::to_string(joined) + "," +
                    std::to_string(3 +
                                   (since < 0   ? 0
                                    : since < 2 ? 1
                                                : 2) +
                                   noise) +
                    ",A" + std::to_string(u % 10) + "\n";
        }
    const WaveEstimates w = estimate_waves(panel_of(text).panel);
    CHECK_FALSE(w.even_times);
    std::map<int, double> by_event;
    for (const EventTime& e : w.by_event) by_event[e.since] = e.effect.value;
    CHECK(std::fabs(by_event.at(0) - 1) < 0.1);
    CHECK(std::fabs(by_event.at(1) - 1) < 0.1);
    CHECK(std::fabs(by_event.at(2) - 2) < 0.1);
    CHECK(w.joiners == 20);
    CHECK(w.overall.treated == 20);
}

TEST_CASE("a panel that contradicts itself is refused with its lines, what is missing is counted") {
    const std::string heading = "unit,year,joined,y,area\n";
    const ReadPanel bad =
        panel_of(heading + "a,2018,2019,1,A\na,2019,2020,2,A\nb,2018,,1,A\nb,2018,,3,B\nc,2018.5,0,1,A\n");
    REQUIRE(bad.problems.size() == 1);
    CHECK(bad.problems[0].headline == "2018.5 is no year");
    const ReadPanel clash = panel_of(heading + "a,2018,2019,1,A\na,2019,2020,2,A\nb,2018,,1,A\nb,2018,,3,B\n");
    REQUIRE(clash.problems.size() == 3);
    CHECK(clash.problems[0].headline == "unit \"a\" joined at another time than in line 2");
    CHECK(clash.problems[1].headline == "unit \"b\" is in another cluster than in line 4");
    CHECK(clash.problems[2].headline == "unit \"b\" is given twice for 2018, first in line 4");
    const ReadPanel gaps = panel_of(heading + "a,2018,never,1,A\na,2019,never,NA,A\n,2019,0,1,A\n");
    CHECK(gaps.problems.empty());
    CHECK(gaps.left_out ==
          std::vector<std::pair<std::string, std::size_t>>{{"the outcome is missing", 1}, {"the unit is missing", 1}});
    const ReadPanel unknown = panel_of(heading + "a,2018,x,1,A\na,2019,x,1,A\nb,2018,NEVER,1,B\n");
    CHECK(unknown.problems.empty());
    CHECK(unknown.left_out == std::vector<std::pair<std::string, std::size_t>>{{"the time of joining is missing", 2}});
    CHECK(unknown.panel.joined == std::vector<int>{Panel::never});
    const ReadPanel academic = panel_of(heading + "a,2016/17,2017/18,1,A\na,2017/18,2017/18,2,A\nb,2016/17,,1,B\n");
    CHECK(academic.problems.empty());
    CHECK(academic.panel.times == std::vector<int>{2016, 2017});
    CHECK(academic.panel.joined == std::vector<int>{2017, Panel::never});
    const ReadPanel status = panel_of(heading + "a,2018,0,1,A\na,2019,1,2,A\nb,2018,0,1,B\n");
    REQUIRE(status.problems.size() == 1);
    CHECK(status.problems[0].headline == "column \"joined\" holds 0 and 1, as if it said who is a member");
    std::string twice = heading;
    for (int k = 0; k < 100; ++k)
        twice += "u" + std::to_string(k) + ",2018,,1,A\nu" + std::to_string(k) + ",2018,,1,A\n";
    const ReadPanel many = panel_of(twice);
    REQUIRE(many.problems.size() == 20);
    CHECK(many.problems.back().headline ==
          "unit \"u19\" is given twice for 2018, first in line 40; and 80 more problems");
    CHECK_THROWS_WITH(estimate_waves(panel_of(heading + "a,2018,,1,A\na,2019,,1,A\nb,2018,,2,B\nb,2019,,2,B\n").panel),
                      "Nobody joined after the first time of the panel.");
    CHECK_THROWS_WITH(
        estimate_waves(
            panel_of(heading + "a,2018,2019,1,A\na,2019,2019,1,A\nb,2018,2019,2,B\nb,2019,2019,2,B\n").panel),
        "No effect can be estimated: nobody who joined can be compared with units that had not joined by then.");
}
