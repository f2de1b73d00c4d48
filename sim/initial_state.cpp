#include "sim/initial_state.h"

#include <algorithm>
#include <cmath>

#include "sim/base/normal_bins.h"

namespace hubs {
namespace {

enum Draw : std::uint32_t {
    factor_draw = 0,
    benchmark_draw = 1,
    leader_draw = 3,
    support_draw = 4,
    status_draw = 5,
    link_draw = 6,  // and up, one for each place
    early_draws = link_draw + most_links,
    item_draw = 64,  // and up, four items to a draw
    known_draw = 96,
    report_draw = 97
};

/// The words of all draws above, for a block of establishments at a time.
class StartWords {
public:
    StartWords(const Luck& luck, const Framework& f)
        : luck_(luck), early_(early_draws), items_((f.items.size() + 3) / 4) {}
    void draw(const std::uint32_t* agents, std::size_t count) {
        for (std::uint32_t d = 0; d < early_.size(); ++d) luck_.block(agents, count, d, early_[d]);
        for (std::uint32_t d = 0; d < items_.size(); ++d) luck_.block(agents, count, item_draw + d, items_[d]);
    }
    /// Of the block's `i`-th establishment.
    Words of(std::uint32_t draw, std::size_t i) const {
        return {early_[draw][0][i], early_[draw][1][i], early_[draw][2][i], early_[draw][3][i]};
    }
    std::uint32_t of_item(unsigned item, std::size_t i) const { return items_[item / 4][item % 4][i]; }

private:
    const Luck& luck_;
    std::vector<BlockWords> early_, items_;
};

/// What is the same for every establishment.
struct Setting {
    const Start& start;
    CompleteCompass::Reading reading;
    const NormalBins& bins = NormalBins::get();
    std::array<std::uint64_t, 2> in_network;  ///< thresholds: other establishments, mainstream schools
    double school;                            ///< weights of the school's factor, the benchmark's and the item's own
    std::array<double, benchmark_count> benchmark, own;

    explicit Setting(const Start& s) : start(s), reading(s.compass) {
        const Framework& f = *s.framework;
        const double shared = f.school_factor * s.initial.school_share;
        school = std::sqrt(shared);
        for (unsigned b = 0; b < benchmark_count; ++b) {
            benchmark[b] = std::sqrt(f.benchmark_factor[b]);
            own[b] = std::sqrt(std::max(0.0, 1.0 - shared - f.benchmark_factor[b]));
        }
        const auto& type = s.population->establishments.type;
        double mainstream = 0;
        for (const Type t : type) mainstream += t == Type::mainstream;
        const double share =
            s.population->establishments.count() == 0 ? 1.0 : mainstream / s.population->establishments.count();
        in_network = {network_threshold(-share), network_threshold(1.0 - share)};
    }

private:
    /// Network membership: likelier for mainstream schools, at the stated share in all.
    std::uint64_t network_threshold(double tilt) const {
        const InitialState::Parameters& p = start.initial;
        if (p.network_share <= 0) return 0;
        if (p.network_share >= 1) return threshold32(1);
        const double other =
            exponential(natural_log(p.network_share / (1.0 - p.network_share)) + tilt * p.network_mainstream);
        return threshold32(other / (1.0 + other));
    }
};

Items draw_items_met(const StartWords& luck, std::size_t i, Items applies, double school, const Setting& setting) {
    const Framework& f = *setting.start.framework;
    Items met = 0;
    for (unsigned b = 0; b < benchmark_count; ++b) {
        const double factor = normal(luck.of(benchmark_draw + b / 4, i)[b % 4]);
        const double common = setting.school * school + setting.benchmark[b] * factor;
        each_item(f.items_of[b] & applies, [&](unsigned item) {
            if (setting.bins.exceeds(common, setting.own[b], luck.of_item(item, i),
                                     f.items[item].threshold + setting.start.level[b]))
                met |= one_item(item);
        });
    }
    return met;
}

void draw_links(EstablishmentId e, const StartWords& luck, std::size_t place, World& world,
                const InitialState::Parameters& p) {
    const AreaRow& area = world.population->areas[world.population->establishments.area[e].index];
    auto& s = world.establishments;
    s.links[e].fill(EmployerId::none());
    if (area.employers == 0) return;
    const double expected =
        std::min<double>(most_links, p.links_base + ((s.achieved[e] >> 4 & 1u) != 0 ? p.links_if_achieved : 0.0));
    for (unsigned i = 0; i < most_links; ++i) {
        const Words words = luck.of(link_draw + i, place);
        if (words[0] >= threshold32(expected / most_links)) continue;
        const EmployerId employer{area.first_employer + below(words[1], area.employers)};
        auto& links = s.links[e];
        if (std::find(links.begin(), links.end(), employer) == links.end()) links[s.link_count[e]++] = employer;
    }
}

/// An award given at some time in the last `months`, as likely in each. Who seeks one with the chance y a year and
/// keeps it T years has one for T of T + 1/y - 1 years.
void draw_award(EstablishmentId e, std::uint32_t word, World& world, const SeekAwards::Parameters& p) {
    const double yearly = p.per_year * world.establishments.slt_support[e], years = p.months / 12.0;
    const double holds = years * yearly / (1.0 + std::max(0.0, years - 1.0) * yearly);
    if (unit(word) >= holds || !SeekAwards::up_to_standard(e, world, p)) return;
    world.establishments.award_until[e] = static_cast<std::int16_t>(1.0 + p.months * unit(word) / holds);
}

/// `i`: the establishment's place in the block of words.
void draw_establishment(EstablishmentId e, const Luck& luck, const StartWords& block, std::size_t i,
                        const Setting& setting, World& world) {
    const Start& start = setting.start;
    const auto& who = start.population->establishments;
    const Framework& f = *start.framework;
    auto& s = world.establishments;
    const std::uint32_t agent = who.address[e];
    const Words status_words = block.of(status_draw, i);
    const bool network = status_words[0] < setting.in_network[who.type[e] == Type::mainstream];
    s.status[e] = network ? Status::network : Status::none;
    s.status_since[e] = before_start;
    s.adviser[e] = network && status_words[1] < threshold32(start.initial.adviser_share);
    const double school =
        normal(block.of(factor_draw, i)[0]) + (network ? start.initial.network_shift : start.initial.outside_shift);
    s.done[e] = draw_items_met(block, i, who.applies[e], school, setting);
    s.achieved[e] = f.achieved(s.done[e], who.applies[e]);
    Luck knowing = luck;
    knowing.moment ^= known_draw;
    s.know_how[e] =
        s.done[e] | draw_items_evenly(knowing, agent, who.applies[e] & ~s.done[e], start.initial.known_share);

    const double r = start.initial.support_correlation;
    const double z = r * school + std::sqrt(1.0 - r * r) * normal(block.of(support_draw, i)[0]);
    s.slt_support[e] = static_cast<float>(TurnOverStaff::support_from(z, start.staff));
    draw_award(e, status_words[2], world, start.awards);
    const Words leader = block.of(leader_draw, i);
    world.leaders.hours_per_week[e] = TurnOverStaff::draw_hours(leader[0], leader[1], start.staff);
    world.leaders.openness[e] = TurnOverStaff::draw_openness(leader[2], start.staff);
    world.leaders.since[e] = before_start;
    s.coordinator[e] = post_of_area(e, *start.population);
    draw_links(e, block, i, world, start.initial);

    Luck reporting = luck;
    reporting.moment ^= report_draw;
    s.reported[e] = CompleteCompass::report(e, reporting.words(agent), reporting, world, setting.reading,
                                            setting.reading.bounds[0][0]);
    s.achieved_reported[e] = f.achieved(s.reported[e], who.applies[e]);
    s.achieved_first[e] = s.achieved_reported[e];
    s.nearly[e] = f.nearly(s.reported[e], who.applies[e]);
    s.returned[e] = -1;
}

void make_room(World& world, const Population& population) {
    const std::uint32_t n = population.establishments.count();
    const auto areas = population.areas.size();
    auto& s = world.establishments;
    for (auto* column : {&s.done, &s.know_how, &s.reported}) column->assign(n, 0);
    for (auto* column :
         {&s.achieved, &s.achieved_reported, &s.achieved_first, &s.nearly, &s.adviser, &s.wallet, &s.link_count})
        column->assign(n, 0);
    s.returned.assign(n, -1);
    s.award_until.assign(n, before_start);
    s.slt_support.assign(n, 0);
    s.status.assign(n, Status::none);
    s.status_since.assign(n, before_start);
    s.backed_since.assign(n, before_start);
    s.hub.assign(n, HubId::none());
    s.group.assign(n, HubId::none_index);
    s.lead.assign(n, EstablishmentId::none());
    s.buddy.assign(n, EstablishmentId::none());
    s.attendance.assign(n, Attendance::absent);
    s.coordinator.assign(n, 0);
    s.reach.assign(n, 1.0f);
    s.targets.assign(n, 0);
    s.leads.assign(n, 0);
    s.links.assign(n, {});
    s.offer.assign(n, EmployerId::none());
    s.encounters.assign(n, 1.0f);
    s.places.assign(n, 1.0f);
    auto& l = world.leaders;
    l.hours_per_week.assign(n, 0);
    l.openness.assign(n, 0);
    l.since.assign(n, before_start);
    l.leaves_in.assign(n, 0);
    l.senior_leaves_in.assign(n, 0);
    l.trained.assign(n, 0);
    l.training_left.assign(n, 0);
    l.meetings.assign(n, 0);
    world.employers.cornerstone.assign(population.employers.count(), 0);
    world.employers.encounter_load.assign(population.employers.count(), 0);
    world.employers.place_load.assign(population.employers.count(), 0);
    world.areas.has_hub.assign(areas, 0);
    world.areas.provision.assign(areas, {1, 1, 1, 1, 1, 1});
    world.areas.answered.assign(areas, {1, 1, 1, 1, 1, 1});
    world.ties.assign(population.network.slots(), 0);
    world.tied.assign(n, 0);
}

/// Enterprise Coordinators outside hubs: each has a stretch of its area's list.
void add_posts_of_areas(const Start& start, const Luck& luck, World& world) {
    for (std::uint32_t a = 0; a < start.population->areas.size(); ++a)
        for (std::uint16_t k = 0; k < start.population->areas[a].posts; ++k) {
            Coordinator post;
            post.agent = a | 0xC0000000u;
            post.number = k;
            post.skill = static_cast<float>(unit(luck.words(post.agent, k)[0]));
            world.hubs.coordinators.push_back(post);
        }
    std::vector<EstablishmentId> served;
    for (std::uint32_t e = 0; e < world.count();) {
        const std::uint32_t post = world.establishments.coordinator[EstablishmentId{e}];
        served.clear();
        for (; e < world.count() && world.establishments.coordinator[EstablishmentId{e}] == post; ++e)
            served.push_back(EstablishmentId{e});
        place_post(post, served.data(), static_cast<std::uint32_t>(served.size()), world);
        for (const EstablishmentId m : served)
            world.establishments.reach[m] = reach_of(m, world, start.launch.reach_km);
    }
}

}  // namespace

std::size_t most_admissions(const World& world) {
    std::size_t out = world.count();
    for (std::size_t w = 0; world.plan != nullptr && w < world.plan->waves.size(); ++w) {
        const Wave& wave = world.plan->waves[w];
        if (!wave.leaving()) continue;  // who leaves may join again
        out += wave.addresses.size();
        for (const AreaShare& share : wave.areas) out += world.population->areas[share.area].establishments;
    }
    return out;
}

void reserve_room(World& world) {
    const std::size_t n = world.count(), members = most_admissions(world);
    auto& hubs = world.hubs;  // there may be some already, from a history; every hub and group has a member of its own
    hubs.rows.reserve(hubs.rows.size() + members);
    hubs.groups.reserve(hubs.groups.size() + members);
    hubs.members.reserve(hubs.members.size() + members);
    world.scratch.pace.assign(n, {});
    world.scratch.load.assign(world.employers.encounter_load.count() + Scratch::empty_loads, {0, 0});
    world.scratch.filled.assign(world.employers.encounter_load.count() + 1, {0, 0});
    world.scratch.of_hub.reserve(hubs.rows.size() + members);
    world.scratch.ranking.assign(n, {});
    world.scratch.ranked.assign(world.population->areas.size(), 0);
    world.scratch.chosen.reserve(n);
    world.scratch.order.reserve(n);
    world.scratch.block.reserve(std::max(2 * n, hubs.rows.size() + members));
    world.scratch.block_rank.reserve(n);
    std::size_t posts = hubs.coordinators.size();
    for (const AreaRow& area : world.population->areas) posts += area.posts;
    hubs.coordinators.reserve(posts + 2 * members);  // a hub that others are merged into has posts of its own
    world.scratch.of_post.reserve(posts + 2 * members);
    world.scratch.of_area.assign(world.population->areas.size(), 0);
    world.scratch.asked.assign(world.population->areas.size(), 0);
    world.scratch.wanted.assign(world.population->areas.size() * provider_kinds, 0);
}

World start_world(const Start& start, Replicate replicate) {
    World world;
    world.population = start.population;
    world.framework = start.framework;
    world.calendar = start.calendar;
    make_room(world, *start.population);
    const Luck luck(replicate, Month{0}, stream_of("initial_state", 13));
    const Setting setting(start);
    StartWords block(luck, *start.framework);
    const std::uint32_t* addresses = start.population->establishments.address.data();
    for (std::uint32_t first = 0; first < world.count(); first += luck_block) {
        const std::size_t here = std::min<std::size_t>(world.count() - first, luck_block);
        block.draw(addresses + first, here);
        for (std::uint32_t i = 0; i < here; ++i)
            draw_establishment(EstablishmentId{first + i}, luck, block, i, setting, world);
    }
    add_posts_of_areas(start, luck, world);
    return world;
}

}  // namespace hubs
