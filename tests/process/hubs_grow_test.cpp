// Hubs that grow, merge and close, on a line of schools where the answer is plain.
#include <set>

#include "sim/process/launch_hubs.h"
#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

/// Sixty schools on a line of 60 km, in one area: two hubs of ten at its ends in the first month.
struct Line : Ideal {
    Line() : Ideal(60) {
        PopulationInput in;
        in.regions = {"region"};
        in.areas = {"area"};
        in.enterprises.resize(1);
        for (std::uint32_t i = 0; i < 60; ++i) {
            EstablishmentRow row;
            row.address = i + 1;
            row.easting = 400000 + static_cast<std::int32_t>(i) * 1000;
            row.northing = 400000;
            row.pupils = 1000;
            in.rows.push_back(row);
        }
        population = make_population(in, framework_);
        plan.hub_size = 10;
        plan.lead_schools_per_hub = 1;
        plan.schools_per_coordinator = 5;
        plan.wallet_share = 1;
        plan.waves = {listed({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 1), listed({51, 52, 53, 54, 55, 56, 57, 58, 59, 60}, 2)};
        switch_off({"hold_meetings", "share_practice", "turn_over_staff", "train_leaders", "join_network"});
    }
    static Wave listed(std::vector<std::uint32_t> addresses, std::uint32_t hub) {
        Wave out;
        out.rule = Allocation::as_listed;
        out.addresses = std::move(addresses);
        out.listed = hub;
        return out;
    }
    Wave in_month(std::uint16_t month, WaveAction action) const {
        Wave out;
        out.month = month;
        out.action = action;
        out.areas = {{0, 30}};
        return out;
    }
    World after(std::uint16_t months) const {
        World w = empty({3, 0});
        for (std::uint16_t m = 0; m < months; ++m)
            Schedule::step(Month{m}, {3, 0}, w, scenario.parameters, scenario.switches);
        return w;
    }
    EstablishmentId school(std::uint32_t address) const {
        EstablishmentId out = EstablishmentId::none();
        for (std::uint32_t i = 0; i < population.establishments.count(); ++i)
            if (population.establishments.address[EstablishmentId{i}] == address) out = EstablishmentId{i};
        return out;
    }
};

double pounds(const World& w, CostLine line) {
    return static_cast<double>(w.costs[static_cast<std::size_t>(line)]) / 100;
}

/// Members by hub as the establishments say, against the hubs' lists, groups, Lead Schools and coordinators.
void lists_agree(const World& w) {
    std::vector<std::set<std::uint32_t>> members(w.hubs.rows.size());
    each_establishment(w, [&](EstablishmentId e) {
        if (w.establishments.status[e] == Status::hub) members[w.establishments.hub[e].index].insert(e.index);
    });
    std::size_t in_all = 0;
    for (std::size_t h = 0; h < members.size(); ++h) {
        const HubRow& row = w.hubs.rows[h];
        std::set<std::uint32_t> listed;
        unsigned leads = 0;
        for (std::uint32_t i = row.first; i < row.first + row.count; ++i) {
            const EstablishmentId e = w.hubs.members[i];
            listed.insert(e.index);
            leads += w.establishments.leads[e] != 0;
            CHECK(w.hubs.groups[w.establishments.group[e]].hub == HubId{static_cast<std::uint32_t>(h)});
            CHECK(w.hubs.coordinators[w.establishments.coordinator[e]].hub == HubId{static_cast<std::uint32_t>(h)});
            if (w.establishments.leads[e] == 0)
                CHECK(w.establishments.hub[w.establishments.lead[e]] == HubId{static_cast<std::uint32_t>(h)});
        }
        CHECK(listed == members[h]);
        CHECK(leads == (row.count > 0 ? 1u : 0u));
        in_all += row.count;
    }
    CHECK(w.hubs.members.size() == in_all);
}

}  // namespace

TEST_CASE(
    "newcomers join the nearest hub of their area: one Hub Lead each still, more coordinators, wallets for the new") {
    Line line;
    line.plan.waves.push_back(line.in_month(2, WaveAction::join_hubs));
    const World before = line.after(2), w = line.after(3);
    CHECK(before.hubs.rows.size() == 2);
    CHECK(w.hubs.rows.size() == 2);
    CHECK(w.hubs.rows[0].count + w.hubs.rows[1].count == 50);
    lists_agree(w);
    each_establishment(w, [&](EstablishmentId e) {
        const std::uint32_t address = line.population.establishments.address[e];
        if (w.establishments.status[e] == Status::hub)
            CHECK(w.establishments.hub[e].index == (address <= 30 ? 0u : 1u));
    });
    CHECK(pounds(w, CostLine::hub_lead) == pounds(before, CostLine::hub_lead));
    CHECK(pounds(before, CostLine::hub_coordinators) == 20 / 5.0 * 45000 / 12);
    CHECK(pounds(w, CostLine::hub_coordinators) == 50 / 5.0 * 45000 / 12);
    CHECK(pounds(w, CostLine::wallet) == 30 * 7000.0);
    CHECK(pounds(line.after(1), CostLine::wallet) == 20 * 7000.0);
    // Who leads goes on leading.
    each_establishment(w, [&](EstablishmentId e) {
        CHECK((w.establishments.leads[e] != 0) == (before.establishments.leads[e] != 0));
    });
}

TEST_CASE("where the area has no supported hub, newcomers form one") {
    Line line;
    line.plan.waves = {line.in_month(1, WaveAction::join_hubs)};
    const World w = line.after(2);
    CHECK(w.hubs.rows.size() == 3);  // thirty members in hubs of ten
    lists_agree(w);
}

TEST_CASE("hubs that merge have one Hub Lead, hubs that close cost nothing, and their members may join again") {
    Line line;
    line.plan.waves.push_back(line.in_month(1, WaveAction::merge_hubs));
    const World merged = line.after(2);
    CHECK(merged.hubs.rows[0].count == 20);
    CHECK(merged.hubs.rows[1].count == 0);
    lists_agree(merged);
    CHECK(pounds(merged, CostLine::hub_lead) == 4833.33);
    CHECK(pounds(line.after(1), CostLine::hub_lead) == 9666.67);
    CHECK(pounds(merged, CostLine::hub_coordinators) == 20 / 5.0 * 45000 / 12);
    CHECK(pounds(merged, CostLine::wallet) == 0);

    line.plan.waves.back().action = WaveAction::close_hubs;
    const World closed = line.after(2);
    lists_agree(closed);
    for (const CostLine l : {CostLine::hub_lead, CostLine::hub_coordinators, CostLine::hub_fund, CostLine::cornerstone})
        CHECK(pounds(closed, l) == 0);
    CHECK(closed.areas.has_hub[AreaId{0}] == 0);
    each_establishment(closed, [&](EstablishmentId e) {  // nor does anybody go on spending a wallet
        CHECK(closed.establishments.wallet[e] == 0);
        CHECK(closed.establishments.leads[e] == 0);
    });
    for (const HubRow& hub : closed.hubs.rows) CHECK(hub.leads == 0);
    line.plan.waves.push_back(line.in_month(2, WaveAction::join_hubs));
    const World again = line.after(3);
    CHECK(std::count(again.establishments.status.begin(), again.establishments.status.end(), Status::hub) == 30);
    lists_agree(again);
}

TEST_CASE("a list's later members join the hub of its name, and leavers are charged no more") {
    Line line;
    Wave later = Line::listed({11, 12}, 1), leaves = Line::listed({51, 52}, 2);
    later.month = 1;
    leaves.month = 1;
    leaves.action = WaveAction::leave;
    line.plan.waves.push_back(later);
    line.plan.waves.push_back(leaves);
    const World w = line.after(2);
    CHECK(w.hubs.rows.size() == 2);
    CHECK(w.hubs.rows[0].count == 12);
    CHECK(w.hubs.rows[1].count == 8);
    CHECK(w.establishments.leads[line.school(51)] == 0);
    lists_agree(w);
    CHECK(pounds(w, CostLine::hub_coordinators) == 20 / 5.0 * 45000 / 12);
}

TEST_CASE("a list's members who come after a merger join the hub that theirs became") {
    Line line;
    line.plan.waves.push_back(line.in_month(1, WaveAction::merge_hubs));
    Wave late = Line::listed({49, 50}, 2);
    late.month = 2;
    line.plan.waves.push_back(late);
    const World w = line.after(3);
    CHECK(w.hubs.rows.size() == 2);
    CHECK(w.hubs.rows[0].count == 22);
    lists_agree(w);
}

TEST_CASE("Cornerstone Employers are as many as the hubs that are left have") {
    Line line;
    line.population = make_population(small_england(400), line.framework_);
    line.plan.cornerstones_per_hub = 1;
    line.plan.hub_size = 8;
    line.plan.waves.clear();
    Wave all;
    all.rule = Allocation::lottery;
    all.members = 400;
    line.plan.waves.push_back(all);
    const auto cornerstones = [&](std::uint32_t area, const World& w) {
        unsigned out = 0;
        const AreaRow& a = line.population.areas[area];
        for (std::uint32_t i = 0; i < a.employers; ++i)
            out += w.employers.cornerstone[EmployerId{a.first_employer + i}];
        return out;
    };
    const World before = line.after(1);
    const auto areas = static_cast<std::uint32_t>(line.population.areas.size());
    std::uint32_t many = areas, other = areas;
    for (std::uint32_t a = 0; a < areas; ++a) (cornerstones(a, before) > 1 && many == areas ? many : other) = a;
    REQUIRE(many < areas);
    REQUIRE(other < areas);
    REQUIRE(cornerstones(other, before) > 0);
    Wave merge = line.in_month(1, WaveAction::merge_hubs), close = merge;
    close.action = WaveAction::close_hubs;
    merge.areas = {{many, 0}};
    close.areas = {{other, 0}};
    line.plan.waves.push_back(merge);
    line.plan.waves.push_back(close);
    const World w = line.after(2);
    CHECK(cornerstones(many, w) == 1);
    CHECK(cornerstones(other, w) == 0);
    CHECK(w.areas.has_hub[AreaId{many}] == 1);
}

TEST_CASE("Lead Schools are chosen of the kinds in turn, and serve their own kind") {
    Line line;  // 20 mainstream, 8 special schools, 4 colleges
    for (std::uint32_t i = 0; i < 60; ++i) {
        const std::uint32_t address = line.population.establishments.address[EstablishmentId{i}];
        line.population.establishments.type[EstablishmentId{i}] = address <= 20   ? Type::mainstream
                                                                  : address <= 28 ? Type::special
                                                                                  : Type::college;
    }
    std::vector<std::uint32_t> all;
    for (std::uint32_t a = 1; a <= 32; ++a) all.push_back(a);
    line.plan.waves = {Line::listed(all, 1)};
    line.plan.lead_schools_per_hub = 3;
    const World w = line.after(1);
    std::map<Type, unsigned> leading, served;
    each_establishment(w, [&](EstablishmentId e) {
        if (w.establishments.status[e] != Status::hub) return;
        const Type type = line.population.establishments.type[e];
        if (w.establishments.leads[e] != 0) ++leading[type];
        else if (type != Type::college) CHECK(line.population.establishments.type[w.establishments.lead[e]] == type);
        if (w.establishments.lead[e].exists()) ++served[line.population.establishments.type[w.establishments.lead[e]]];
    });
    CHECK(leading[Type::mainstream] == 2);
    CHECK(leading[Type::special] == 1);
    CHECK(leading[Type::college] == 0);
    CHECK(served[Type::mainstream] + served[Type::special] == 29);
}
