// Readings of the questions in worlds whose answer is known in closed form. Tolerances are four Monte-Carlo
// standard errors.
#include <bit>
#include <cmath>

#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

constexpr std::uint32_t n = 4000;

/// One item to each benchmark; only Compass acts, and all outside hubs return in December, March and July.
struct Readings : Ideal {
    CompleteCompass::Parameters& p = Schedule::of<CompleteCompass>(scenario.parameters);
    Readings() : Ideal(n) {
        plan.waves.clear();
        switch_off({"join_network", "steer_hubs", "train_leaders", "hold_meetings", "share_practice"});
        switch_on("complete_compass");
        p = {};
        p.claimed = p.withheld = p.learnt_from_return = 0;
        p.network_returns = p.outside_returns = p.hub_returns = p.disrupted_returns = 1;
    }
    /// All have done `done` and know `known`; nothing has been returned yet.
    World world(Items done, Items known) const {
        World w = empty({17, 0});
        each_establishment(w, [&](EstablishmentId e) {
            w.establishments.done[e] = done;
            w.establishments.know_how[e] = done | known;
            w.establishments.reported[e] = 0;
        });
        return w;
    }
    /// Takes the world through the months before `until`, from the month where it stands.
    void run(World& w, std::uint16_t from, std::uint16_t until) const {
        for (std::uint16_t m = from; m < until; ++m)
            Schedule::step(Month{m}, {17, 0}, w, scenario.parameters, scenario.switches);
    }
};

double items_reported(const World& w) {
    double sum = 0;
    each_establishment(w, [&](EstablishmentId e) { sum += std::popcount(w.establishments.reported[e]); });
    return sum;
}

double binomial_sd(double trials, double p) { return std::sqrt(trials * p * (1 - p)); }

}  // namespace

TEST_CASE("a reading that is neither strict nor generous reports what is done") {
    const Readings r;
    World w = r.world(0x2d, 0xff);
    r.run(w, 0, 4);
    each_establishment(w, [&](EstablishmentId e) { REQUIRE(w.establishments.reported[e] == 0x2d); });
}

TEST_CASE("generous readings claim what is known, in the stated share, and nothing that is not known") {
    Readings r;
    r.p.claimed = 0.2;
    r.p.leniency = 0;
    World w = r.world(0, 0x0f);
    r.run(w, 0, 4);
    CHECK(std::fabs(items_reported(w) - 0.2 * 4 * n) < 4 * binomial_sd(4 * n, 0.2));
    each_establishment(w, [&](EstablishmentId e) { REQUIRE((w.establishments.reported[e] & 0xf0) == 0); });
}

TEST_CASE("a generous reading rounds up a benchmark begun and short of one item, and no other") {
    Readings r;
    r.framework_.items_of = {0x07, 0x38, 0xc0, 0, 0, 0, 0, 0};
    r.p.claimed = 0.45;
    r.p.leniency = 1;
    World w = r.world(0, 0x03 | 0x08);  // two of three items known; one of three; none of two
    r.run(w, 0, 4);
    double generous = 0;
    each_establishment(w, [&](EstablishmentId e) {
        const Items told = w.establishments.reported[e];
        REQUIRE((told == 0 || told == (0x07 | 0x08)));
        generous += told != 0;
    });
    CHECK(std::fabs(generous - 0.45 * n) < 4 * binomial_sd(n, 0.45));
}

TEST_CASE("two returns of an unchanged school: read anew they are independent, else the same") {
    for (const double anew : {0.0, 0.5, 1.0}) {
        Readings r;
        r.p.claimed = 0.2;
        r.p.leniency = 0;
        r.p.read_anew = anew;
        World w = r.world(0, 0xff);
        r.run(w, 0, 4);
        const auto first = w.establishments.reported;
        r.run(w, 4, 7);
        double both = 0;
        each_establishment(w,
                           [&](EstablishmentId e) { both += std::popcount(first[e] & w.establishments.reported[e]); });
        both /= 8.0 * n;
        INFO("anew " << anew << ": claimed twice " << both);
        // chance that two standard normals of correlation 1 - anew both lie in the highest fifth
        const double expected = anew == 0.0 ? 0.2 : anew == 1.0 ? 0.04 : 0.0872;
        CHECK(std::fabs(both - expected) < 4 * binomial_sd(8 * n, expected) / (8 * n) + 1e-3);
    }
}

TEST_CASE("a lenient respondent is lenient in every answer") {
    Readings r;
    r.p.claimed = 0.2;
    r.p.leniency = 1;
    World w = r.world(0, 0xff);
    r.run(w, 0, 4);
    double generous = 0;
    each_establishment(w, [&](EstablishmentId e) {
        const int claimed = std::popcount(w.establishments.reported[e]);
        REQUIRE((claimed == 0 || claimed == 8));
        generous += claimed == 8;
    });
    CHECK(std::fabs(generous - 0.2 * n) < 4 * binomial_sd(n, 0.2));
}

TEST_CASE("what the last return held stays: reported shares of an unchanged school rise as 1 - withheld^returns") {
    Readings r;
    r.p.withheld = 0.4;
    r.p.settled = 0;
    r.p.leniency = 0;
    r.p.read_anew = 1;
    World w = r.world(0xff, 0xff);
    std::uint16_t at = 0;
    for (const std::uint16_t until : {4, 7, 11}) {
        r.run(w, at, until);
        at = until;
        const double expected = 1 - std::pow(0.4, until == 4 ? 1 : until == 7 ? 2 : 3);
        CHECK(std::fabs(items_reported(w) - 8 * n * expected) < 4 * binomial_sd(8 * n, expected));
    }
    SECTION("and does not where nothing settles") {
        Readings never = r;
        Schedule::of<CompleteCompass>(never.scenario.parameters).settled = 1;
        World again = never.world(0xff, 0xff);
        never.run(again, 0, 11);
        CHECK(std::fabs(items_reported(again) - 8 * n * 0.6) < 4 * binomial_sd(8 * n, 0.6));
    }
}

TEST_CASE("a year in a hub takes its share of claiming and withholding away") {
    Readings r;
    r.p.claimed = r.p.withheld = 0.3;
    r.p.hub_honesty = 0.5;
    r.p.settled = 1;
    r.p.leniency = 0;
    World w = r.world(0x0f, 0xff);
    each_establishment(w, [&](EstablishmentId e) {
        w.establishments.status[e] = Status::hub;
        w.establishments.status_since[e] = -13;
    });
    r.run(w, 0, 4);
    double claimed = 0, kept = 0;
    each_establishment(w, [&](EstablishmentId e) {
        claimed += std::popcount(w.establishments.reported[e] & 0xf0u);
        kept += std::popcount(w.establishments.reported[e] & 0x0fu);
    });
    CHECK(std::fabs(claimed - 4 * n * 0.15) < 4 * binomial_sd(4 * n, 0.15));
    CHECK(std::fabs(kept - 4 * n * 0.85) < 4 * binomial_sd(4 * n, 0.85));
}

TEST_CASE("returns in a year and what they teach follow the stated chances") {
    Readings r;
    r.p.outside_returns = 0.6;
    r.p.learnt_from_return = 0.1;
    World w = r.world(0, 0);
    each_establishment(w, [&](EstablishmentId e) { w.establishments.status[e] = Status::none; });
    r.run(w, 0, 11);
    double returned = 0, known = 0;
    each_establishment(w, [&](EstablishmentId e) {
        returned += w.establishments.returned[e] >= 0;
        known += std::popcount(w.establishments.know_how[e]);
    });
    CHECK(std::fabs(returned - 0.6 * n) < 4 * binomial_sd(n, 0.6));
    const double each = 1 - std::cbrt(0.4), learnt = 1 - std::pow(1 - 0.1 * each, 3);
    CHECK(std::fabs(known - 8 * n * learnt) < 8 * binomial_sd(8 * n, learnt));  // items of one return come together
}

TEST_CASE("closures make returns rarer") {
    Readings r;
    r.scenario.calendar = {2020, 9};
    r.p.network_returns = r.p.outside_returns = 1;
    r.p.disrupted_returns = 0.5;
    World w = r.world(0, 0);
    r.run(w, 0, 4);
    double returned = 0;
    each_establishment(w, [&](EstablishmentId e) { returned += w.establishments.returned[e] >= 0; });
    CHECK(std::fabs(returned - 0.5 * n) < 4 * binomial_sd(n, 0.5));
}

TEST_CASE("the network grows by its share of those outside, each year anew") {
    Ideal ideal(n);
    ideal.plan.waves.clear();
    ideal.scenario.initial.network_share = 0;
    Schedule::of<JoinNetwork>(ideal.scenario.parameters) = {0.3, 0.5};
    World w = ideal.empty({23, 0});
    double outside = 1;
    for (std::uint16_t m = 0; m < 36; ++m) {
        Schedule::step(Month{m}, {23, 0}, w, ideal.scenario.parameters, ideal.scenario.switches);
        if (m % 12 != 11) continue;
        outside *= 0.7;
        double none = 0, advised = 0;
        each_establishment(w, [&](EstablishmentId e) {
            none += w.establishments.status[e] == Status::none;
            advised += w.establishments.adviser[e];
        });
        CHECK(std::fabs(none - n * outside) < 4 * binomial_sd(n, outside));
        CHECK(std::fabs(advised - n * (1 - outside) / 2) < 4 * binomial_sd(n, (1 - outside) / 2));
    }
}
