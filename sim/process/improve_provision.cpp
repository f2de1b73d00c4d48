#include "sim/process/improve_provision.h"

#include <algorithm>
#include <bit>

namespace hubs {
namespace {

using Parameters = ImproveProvision::Parameters;
constexpr double weeks_per_month = 39.0 / 11.0;  // teaching weeks over the months in school

/// What is the same for every establishment this month.
struct Setting {
    std::array<std::array<double, benchmark_count>, 3> weight;     // by status and benchmark
    std::array<std::array<double, 65>, benchmark_count> per_item;  // 1 / (n * cost), by benchmark and items left
    std::array<double, 3> hours_with_status{};                     // the coordinator's help and the fund's
    double grant_hours = 0;
    std::array<bool, benchmark_count> pressed{};  // holds a statutory item
    double per_lift_month;
    double duty = 0;

    Setting(const Moment& now, const World& world, const Parameters& p) : per_lift_month(1.0 / p.lift_months) {
        const Plan& plan = *world.plan;
        const double cost[benchmark_count] = {p.cost_1, p.cost_2, p.cost_3, p.cost_4, p.cost_5, p.cost_6, p.cost_7, p.cost_8};
        for (unsigned b = 0; b < benchmark_count; ++b)
            for (unsigned n = 0; n < per_item[b].size(); ++n) per_item[b][n] = n == 0 ? 0.0 : 1.0 / (n * cost[b]);
        hours_with_status[1] = p.coordinator_hours * 15.0 / plan.network_schools_per_coordinator;
        hours_with_status[2] = p.coordinator_hours * 15.0 / plan.schools_per_coordinator + plan.fund_gbp_per_school / p.gbp_per_hour / 11.0;
        for (unsigned b = 0; b < benchmark_count; ++b) pressed[b] = (world.framework->items_of[b] & world.framework->statutory) != 0;
        grant_hours = plan.grant_gbp_per_school / p.gbp_per_hour / 22.0;
        for (auto& w : weight) w.fill(1.0);
        weight[1][4] += p.network_focus;
        weight[1][5] += p.network_focus;
        for (const unsigned b : {0u, 4u, 5u}) weight[2][b] += p.hub_focus;
        for (unsigned b = 0; b < benchmark_count; ++b)
            if (plan.priority[b]) weight[2][b] += p.priority_weight * plan.steering_alignment;
        const double year = world.calendar.year_of(now.month) + (world.calendar.month_of(now.month) - 1) / 12.0;
        if (year >= p.duty_year && year < p.duty_year + p.duty_months / 12.0) duty = p.duty_rate;
    }
};

/// Senior leaders' support with what status, adviser and time in them add.
double support(EstablishmentId e, const Moment& now, const World& world, const Setting& setting, const Parameters& p) {
    const auto& s = world.establishments;
    const double grown = std::min(1.0, world.months_in_status(e, now.month) * setting.per_lift_month);
    double lift = s.adviser[e] != 0 ? p.adviser_lift : 0.0;
    if (s.status[e] == Status::network) lift += p.network_lift * grown;
    if (s.status[e] == Status::hub) lift += p.network_lift + (p.hub_lift - p.network_lift) * grown;
    return s.slt_support[e] + std::min(1.0, lift) * (1.0 - s.slt_support[e]);
}

/// Hours a month for improvement: the leader's, those bought, and the coordinator's.
double hours_for(EstablishmentId e, const Moment& now, const World& world, const Setting& setting, const Parameters& p) {
    const auto& s = world.establishments;
    double hours = world.leaders.hours_per_week[e] * (weeks_per_month * p.improvement_share);
    if (s.status[e] != Status::hub) hours += setting.hours_with_status[static_cast<unsigned>(s.status[e])];
    else if (world.supported(world.hubs.rows[s.hub[e].index], now.month)) {
        hours += setting.hours_with_status[2];
        if (world.months_in_status(e, now.month) < 24) hours += setting.grant_hours;
    }
    return world.leaders.trained[e] != 0 ? hours * p.training_speed : hours;
}

/// Providers are harder to reach from a rural school.
double reach(EstablishmentId e, Supply kind, const World& world, double rural_travel) {
    const bool travels = static_cast<unsigned>(kind) >= first_provider && kind != Supply::guidance;
    return travels && world.population->establishments.rural[e] != 0 ? rural_travel : 1.0;
}

/// The rate of each benchmark's items per hour worked, with know-how and full supply; 0 where
/// none is left. Kept until the undone items, the last return or the status change.
const std::array<float, benchmark_count>& rates_per_hour(EstablishmentId e, Items undone, World& world, const Setting& setting, const Parameters& p) {
    const auto& s = world.establishments;
    const auto status = static_cast<std::uint8_t>(s.status[e]);
    Scratch::Pace& kept = world.scratch.pace[e.index];
    if (kept.undone == undone && kept.nearly == s.nearly[e] && kept.status == status) return kept.of;
    std::array<double, benchmark_count> of{};
    double sum = 0;
    for (unsigned b = 0; b < benchmark_count; ++b) {
        const auto left = static_cast<unsigned>(std::popcount(undone & world.framework->items_of[b]));
        if (left == 0) continue;
        const double w = setting.weight[status][b] + ((s.nearly[e] >> b & 1u) != 0 ? p.near_weight : 0.0);
        sum += w;
        of[b] = w * setting.per_item[b][left];
    }
    kept = {undone, s.nearly[e], status, {}};
    if (sum > 0)
        for (unsigned b = 0; b < benchmark_count; ++b) kept.of[b] = static_cast<float>(of[b] / sum);
    return kept.of;
}

void note_finished(EstablishmentId e, Items finished, bool duty, const Moment& now, World& world) {
    each_item(finished, [&](unsigned item) {
        const bool knows = (world.establishments.know_how[e] >> item & 1u) != 0;
        const bool told = duty && (world.framework->statutory >> item & 1u) != 0;
        world.note(now.month, Change::finished, e,
                   knows  ? Cause::know_how
                   : told ? Cause::statutory_duty
                          : Cause::trial_and_error,
                   EstablishmentId::none(), item);
    });
}

/// Lanes whose luck could lie below a bound x: those whose first two, four or six bits are
/// zero. Coarser than the bound, but without a branch.
class Screen {
public:
    explicit Screen(const std::array<Words, plane_draws>& planes) {
        const auto any = [](const Words& w) { return Items{w[0] | w[2]} | Items{w[1] | w[3]} << 32; };
        zero2_ = ~any(planes[0]);
        zero4_ = zero2_ & ~any(planes[1]);
        zero6_ = zero4_ & ~any(planes[2]);
    }
    Items operator()(double x) const {
        Items lanes = x < 16.0 / 64 ? zero2_ : ~Items{0};
        lanes = x < 4.0 / 64 ? zero4_ : lanes;
        return x < 1.0 / 64 ? zero6_ : lanes;
    }

private:
    Items zero2_, zero4_, zero6_;
};

/// Items finished this month. Lanes are passed over by bounds for each benchmark, known and
/// unknown apart; 1 - exp(-x) is below x, so it is worked out last.
Items finished_by(EstablishmentId e, Items undone, double hours, double duty, const std::array<Words, plane_draws>& planes, const Moment& now, World& world,
                  const Setting& setting, const Parameters& p) {
    const Framework& f = *world.framework;
    const Items known = undone & world.establishments.know_how[e];
    const auto& rate = rates_per_hour(e, undone, world, setting, p);
    const Screen screen(planes);
    const double trial = hours * p.trial_share;
    Items open = 0;
    for (unsigned b = 0; b < benchmark_count; ++b) {
        const double pressed = setting.pressed[b] ? duty : 0.0;
        open |= f.items_of[b] & ((known & screen(rate[b] * hours + pressed)) | (~known & screen(rate[b] * trial + pressed)));
    }
    Items finished = 0;
    each_item(open & undone, [&](unsigned item) {
        const Supply kind = f.items[item].supply;
        double x = rate[f.benchmark_of[item]] * hours * world.supply(e, kind) * reach(e, kind, world, p.rural_travel);
        if ((known >> item & 1u) == 0) x *= p.trial_share;
        if ((f.statutory >> item & 1u) != 0) x += duty;
        const std::uint64_t bound = threshold38(x);
        if (lane_top(planes, item) << 32 >= bound) return;
        const std::uint64_t u = lane_uniform38(planes, now.luck, world.population->establishments.address[e], item);
        if (u < bound && u < threshold38(1.0 - exponential(-x))) finished |= one_item(item);
    });
    return finished;
}

}  // namespace

void ImproveProvision::step(const Moment& now, World& world, const Parameters& p) {
    if (world.calendar.is_august(now.month)) return;
    const Setting setting(now, world, p);
    const auto& who = world.population->establishments;
    auto& s = world.establishments;
    each_establishment_with_draws<plane_draws>(world, now.luck, 0, [&](EstablishmentId e, const std::array<Words, plane_draws>& planes) {
        const Items undone = who.applies[e] & ~s.done[e];
        if (undone == 0) return;
        const double backing = support(e, now, world, setting, p);
        const double hours = hours_for(e, now, world, setting, p) * backing;
        const double duty = setting.duty * backing;
        const Items finished = finished_by(e, undone, hours, duty, planes, now, world, setting, p);
        if (finished == 0) return;
        if (world.journal != nullptr) note_finished(e, finished, duty > 0, now, world);
        s.done[e] |= finished;
        s.know_how[e] |= finished;
        s.achieved[e] = world.framework->achieved(s.done[e], who.applies[e]);
        world.did(Activity::items_finished, static_cast<std::uint32_t>(std::popcount(finished)));
    });
}

}  // namespace hubs
