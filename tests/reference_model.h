#pragma once
// The slow plain twin of the model: every item in turn, every draw in full, no screening,
// no blocks, no bit tricks, no caches. It shares with the model only the addresses of luck,
// the population, and two processes without any trick: launch_hubs and account_costs.
#include <algorithm>
#include <cmath>

#include "tests/support.h"

namespace hubs::test {

class ReferenceModel {
public:
    ReferenceModel(const Scenario& s, Replicate r) : s_(s), replicate_(r) {}

    void step(Month month, World& w) {
        month_ = month;
        academic_ = w.calendar.academic_month(month);
        w.activity.fill(0);
        run<LaunchHubs>(w);
        turn_over(w);
        if (academic_ != 12) train(w);
        engage(w);
        meet(w);
        if (academic_ != 12) share(w);
        renew(w);
        if (academic_ != 12) improve(w);
        if (academic_ != 12) lapse(w);
        report(w);
        run<AccountCosts>(w);
    }

private:
    template <class P>
    const auto& of() const {
        return Schedule::of<P>(s_.parameters);
    }
    template <class P>
    Luck luck() const {
        return Schedule::moment_of<P>(month_, replicate_).luck;
    }
    template <class P>
    void run(World& w) {
        P::step(Schedule::moment_of<P>(month_, replicate_), w, of<P>());
    }
    static std::uint32_t id(const World& w, EstablishmentId e) { return w.population->establishments.address[e]; }
    static bool has(Items set, unsigned item) { return (set >> item & 1u) != 0; }
    bool supported(const World& w, EstablishmentId e) const {
        return w.establishments.status[e] == Status::hub && month_.index < w.hubs.rows[w.establishments.hub[e].index].launched + w.plan->support_years * 12;
    }
    /// The 38 bits of luck of one item, spelled out.
    static std::uint64_t item_luck(const Luck& luck, std::uint32_t agent, unsigned item) {
        std::uint64_t u = 0;
        for (unsigned draw = 0; draw < 3; ++draw) {
            const Words w = luck.words(agent, draw);
            for (unsigned pair = 0; pair < 4; pair += 2) u = u << 1 | (w[pair + item / 32] >> item % 32 & 1u);
        }
        return u << 32 | luck.words(agent, 16 + item / 4)[item % 4];
    }
    static bool happens(std::uint64_t u, double p) { return p >= 1 || static_cast<double>(u) < std::floor(p * 274877906944.0); }
    static bool chance(std::uint32_t word, double p) { return p >= 1 || static_cast<double>(word) < std::floor(p * 4294967296.0); }

    void turn_over(World& w) {
        const auto& p = of<TurnOverStaff>();
        const Luck l = luck<TurnOverStaff>();
        const auto when = [&](double u, double yearly) -> unsigned {
            if (u >= yearly) return 0;
            if (u < yearly * p.august_share) return 12;
            return 1 + static_cast<unsigned>(std::min(10.0, std::floor((u - yearly * p.august_share) / (yearly * (1 - p.august_share)) * 11)));
        };
        each_establishment(w, [&](EstablishmentId e) {
            if (academic_ == 1 || month_.index == 0) {
                const Words words = l.words(id(w, e), TurnOverStaff::leave_draw);
                w.leaders.leaves_in[e] = static_cast<std::uint8_t>(when(unit(words[0]), p.leaders_per_year));
                w.leaders.senior_leaves_in[e] = static_cast<std::uint8_t>(when(unit(words[1]), p.senior_leaders_per_year));
            }
            if (w.leaders.leaves_in[e] == academic_) {
                Luck loss = l;
                loss.moment += 0x10000u;
                unsigned lost = 0;
                for (unsigned i = 0; i < 64; ++i)
                    if (has(w.establishments.know_how[e], i) && !has(w.establishments.done[e], i) &&
                        happens(item_luck(loss, id(w, e), i), p.know_how_loss * (1 - p.handover))) {
                        w.establishments.know_how[e] ^= one_item(i);
                        ++lost;
                    }
                const Words next = l.words(id(w, e), TurnOverStaff::successor_draw);
                w.leaders.hours_per_week[e] = TurnOverStaff::draw_hours(next[0], next[1], p);
                w.leaders.openness[e] = TurnOverStaff::draw_openness(next[2], p);
                w.leaders.since[e] = static_cast<std::int16_t>(month_.index);
                w.leaders.trained[e] = w.leaders.training_left[e] = 0;
                w.did(Activity::leaders_left);
                w.did(Activity::know_how_lost, lost);
            }
            if (w.leaders.senior_leaves_in[e] == academic_) {
                const double fresh = TurnOverStaff::support_from(normal_quantile(unit(l.words(id(w, e), TurnOverStaff::senior_draw)[0])), p);
                w.establishments.slt_support[e] =
                    static_cast<float>(p.support_persistence * w.establishments.slt_support[e] + (1 - p.support_persistence) * fresh);
            }
        });
        for (HubRow& hub : w.hubs.rows) {
            const Words words = l.words(id(w, w.hubs.members[hub.first]) | 0x80000000u);
            if (chance(words[0], p.coordinators_per_year / 12)) hub.lead_skill = static_cast<float>(unit(words[1]));
            if (chance(words[2], p.coordinators_per_year / 12)) hub.coordinator_skill = static_cast<float>(unit(words[3]));
        }
        for (std::uint32_t a = 0; a < w.population->areas.size(); ++a) {
            const Words words = l.words(a | 0xC0000000u);
            if (chance(words[0], p.coordinators_per_year / 12)) w.areas.coordinator_skill[AreaId{a}] = static_cast<float>(unit(words[1]));
        }
    }

    void train(World& w) {
        const auto& p = of<TrainLeaders>();
        const Luck l = luck<TrainLeaders>();
        each_establishment(w, [&](EstablishmentId e) {
            if (w.leaders.trained[e]) return;
            if (w.leaders.training_left[e] == 0) {
                if (own_month(id(w, e)) != academic_) return;
                if (!chance(l.words(id(w, e), TrainLeaders::start_draw)[0], supported(w, e) ? w.plan->training_share : p.outside_share)) return;
                w.leaders.training_left[e] = static_cast<std::uint8_t>(p.months);
                w.did(Activity::trainings_started);
            } else if (--w.leaders.training_left[e] == 0) {
                w.leaders.trained[e] = 1;
                w.did(Activity::trainings_ended);
                for (unsigned i = 0; i < 64; ++i)
                    if (has(w.population->establishments.applies[e], i) && !has(w.establishments.know_how[e], i) &&
                        happens(item_luck(l, id(w, e), i), p.items_gained)) {
                        w.establishments.know_how[e] |= one_item(i);
                        w.did(Activity::items_learnt);
                    }
            }
        });
    }

    // Employers by the term: no trick in the model's own code beyond luck in blocks, which
    // tests/base/random_test.cpp covers; so it is run as it is.
    void engage(World& w) { run<EngageEmployers>(w); }

    void meet(World& w) {
        const auto& p = of<HoldMeetings>();
        const Luck l = luck<HoldMeetings>();
        each_establishment(w, [&](EstablishmentId e) { w.establishments.attendance[e] = Attendance::absent; });
        const double yearly = w.plan->meetings_per_year;
        const bool due = academic_ <= 11 && std::floor(academic_ * yearly / 11) > std::floor((academic_ - 1) * yearly / 11);
        for (MeetingGroup& g : w.hubs.groups) {
            g.host = EstablishmentId::none();
            const HubRow& hub = w.hubs.rows[g.hub.index];
            if (!due || g.count < 2 || month_.index >= hub.launched + w.plan->support_years * 12) continue;
            if (w.plan->host_rotates) g.host = w.hubs.members[g.first + static_cast<unsigned>((month_.index - hub.launched) * yearly / 12) % g.count];
            else {
                g.host = w.hubs.members[g.first];
                for (std::uint32_t i = g.first + g.count; i-- > g.first;)
                    if (w.establishments.leads[w.hubs.members[i]]) g.host = w.hubs.members[i];
            }
            w.did(Activity::meetings);
            for (std::uint32_t i = g.first; i < g.first + g.count; ++i) {
                const EstablishmentId e = w.hubs.members[i];
                if (w.establishments.status[e] != Status::hub) continue;
                const auto& who = w.population->establishments;
                const double km =
                    std::sqrt(std::pow(double(who.easting[e]) - who.easting[g.host], 2) + std::pow(double(who.northing[e]) - who.northing[g.host], 2)) / 1000;
                const double hours = w.leaders.hours_per_week[e];
                const double base = p.attendance * (hours + p.half_hours > 0 ? hours / (hours + p.half_hours) : 1) * std::exp(-km / p.reach_km);
                const Words words = l.words(id(w, e));
                if (e != g.host && !chance(words[0], 1 - std::pow(1 - base, std::floor(w.plan->sessions_per_meeting)))) continue;
                const bool engages = e == g.host || chance(words[1], p.engagement * (0.5 + hub.lead_skill));
                w.establishments.attendance[e] = engages ? Attendance::engaged : Attendance::present;
                w.did(Activity::attendances);
                if (engages) w.did(Activity::engaged);
            }
        }
    }

    void share(World& w) {
        const auto& p = of<SharePractice>();
        const Luck l = luck<SharePractice>();
        const auto now = Schedule::moment_of<SharePractice>(month_, replicate_);
        const auto before = w.establishments.know_how;  // nobody learns from what is learnt this month
        each_establishment(w, [&](EstablishmentId e) {
            Contacts contacts;
            SharePractice::gather(e, now, w, p, contacts);
            const double broadcast = supported(w, e) ? w.plan->broadcast : 0;
            if (contacts.count == 0 && broadcast == 0) return;
            w.did(Activity::contacts, contacts.count);
            unsigned colleagues = 0;
            for (unsigned c = 0; c < contacts.count; ++c) {
                if (contacts.list[c].cause == Cause::lead_school) w.did(Activity::lead_visits);
                colleagues += contacts.list[c].source.exists();
            }
            const Words pass = l.words(id(w, e), 11);
            if (colleagues > 0 && chance(pass[0], p.contacts_passed_on * colleagues)) {
                const EstablishmentId k = contacts.list[below(pass[1], contacts.count)].source;
                if (k.exists() && w.establishments.link_count[k] > 0)
                    w.establishments.offer[e] = w.establishments.links[k][below(pass[2], w.establishments.link_count[k])];
            }
            std::vector<std::pair<std::uint64_t, unsigned>> learnt;
            for (unsigned i = 0; i < 64; ++i) {
                if (!has(w.population->establishments.applies[e], i) || has(before[e], i)) continue;
                unsigned exposures = 0, sources = 0;
                for (unsigned c = 0; c < contacts.count; ++c)
                    if (has(contacts.list[c].offers, i)) {
                        exposures += contacts.list[c].exposures;
                        ++sources;
                    }
                if (broadcast == 0 && (p.rule == SharingRule::threshold ? sources < 2 : sources < 1)) continue;
                const double q = std::min(1.0, p.learnt_per_exposure * (sources >= 2 ? p.reinforcement : 1));
                double fails = 1 - broadcast;
                for (unsigned x = 0; x < std::min(exposures, 31u); ++x) fails *= 1 - q;
                const std::uint64_t u = item_luck(l, id(w, e), i);
                if (happens(u, 1 - fails)) learnt.emplace_back(u, i);
            }
            if (p.rule == SharingRule::capacity) {
                std::sort(learnt.begin(), learnt.end());
                if (learnt.size() > static_cast<std::size_t>(p.taken_up_a_month)) learnt.resize(static_cast<std::size_t>(p.taken_up_a_month));
            }
            for (const auto& [u, i] : learnt) w.establishments.know_how[e] |= one_item(i);
            w.did(Activity::items_learnt, static_cast<std::uint32_t>(learnt.size()));
        });
    }

    void renew(World& w) {
        const auto& p = of<RenewTies>();
        const Network& net = w.population->network;
        const auto keeps = static_cast<std::uint32_t>((1 - p.fade_per_month) * 65536), forms = static_cast<std::uint32_t>(p.form_per_meeting * 65536);
        each_establishment(w, [&](EstablishmentId e) {
            bool any = false;
            for (std::uint32_t slot = net.first(e); slot < net.end(e); ++slot) {
                const EstablishmentId k{net.peer(slot)};
                std::uint64_t strength = std::uint64_t{w.ties[slot]} * keeps / 65536;
                if (w.leaders.since[e] == month_.index || w.leaders.since[k] == month_.index) strength = 0;
                if (k != e && w.establishments.attendance[e] != Attendance::absent && w.establishments.attendance[k] != Attendance::absent &&
                    w.establishments.group[k] == w.establishments.group[e])
                    strength += (65535 - strength) * forms / 65536;
                w.ties[slot] = static_cast<std::uint16_t>(strength);
                any |= strength > 0;
            }
            w.any_tie[e] = any;
        });
    }

    void improve(World& w) {
        const auto& p = of<ImproveProvision>();
        const Luck l = luck<ImproveProvision>();
        const Framework& f = *w.framework;
        const double cost[8] = {p.cost_1, p.cost_2, p.cost_3, p.cost_4, p.cost_5, p.cost_6, p.cost_7, p.cost_8};
        const double year = w.calendar.year_of(month_) + (w.calendar.month_of(month_) - 1) / 12.0;
        each_establishment(w, [&](EstablishmentId e) {
            auto& s = w.establishments;
            const Items applies = w.population->establishments.applies[e], undone = applies & ~s.done[e];
            const int in_status = int(month_.index) - s.status_since[e];
            const double grown = std::min(1.0, in_status / p.lift_months);
            double lift = s.adviser[e] ? p.adviser_lift : 0, hours = w.leaders.hours_per_week[e] * 39.0 / 11 * p.improvement_share;
            if (s.status[e] == Status::network) {
                lift += p.network_lift * grown;
                hours += p.coordinator_hours * 15 / w.plan->network_schools_per_coordinator;
            }
            if (s.status[e] == Status::hub) lift += p.network_lift + (p.hub_lift - p.network_lift) * grown;
            if (supported(w, e))
                hours += p.coordinator_hours * 15 / w.plan->schools_per_coordinator + w.plan->fund_gbp_per_school / p.gbp_per_hour / 11 +
                         (in_status < 24 ? w.plan->grant_gbp_per_school / p.gbp_per_hour / 22 : 0);
            if (w.leaders.trained[e]) hours *= p.training_speed;
            const double backing = s.slt_support[e] + std::min(1.0, lift) * (1 - s.slt_support[e]);
            const double duty = year >= p.duty_year && year < p.duty_year + p.duty_months / 12 ? p.duty_rate * backing : 0;
            double weight[8], sum = 0;
            int left[8];
            for (unsigned b = 0; b < 8; ++b) {
                left[b] = std::popcount(undone & f.items_of[b]);
                const int missing = std::popcount(applies & ~s.reported[e] & f.items_of[b]);
                weight[b] = 1 + (s.status[e] == Status::network && (b == 4 || b == 5) ? p.network_focus : 0) +
                            (s.status[e] == Status::hub && (b == 0 || b == 4 || b == 5) ? p.hub_focus : 0) +
                            (s.status[e] == Status::hub && w.plan->priority[b] ? p.priority_weight * w.plan->steering_alignment : 0) +
                            (missing == 1 || missing == 2 ? p.near_weight : 0);
                if (left[b] > 0) sum += weight[b];
            }
            Items finished = 0;
            for (unsigned i = 0; i < 64; ++i) {
                if (!has(undone, i)) continue;
                const unsigned b = f.benchmark_of[i];
                const Supply kind = f.items[i].supply;
                double x = hours * backing * weight[b] / sum / (left[b] * cost[b]) * w.supply(e, kind);
                if (static_cast<unsigned>(kind) >= first_provider && kind != Supply::guidance && w.population->establishments.rural[e]) x *= p.rural_travel;
                if (!has(s.know_how[e], i)) x *= p.trial_share;
                if (has(f.statutory, i)) x += duty;
                if (happens(item_luck(l, id(w, e), i), 1 - std::exp(-x))) finished |= one_item(i);
            }
            s.done[e] |= finished;
            s.know_how[e] |= finished;
            s.achieved[e] = achieved(f, s.done[e], applies);
            w.did(Activity::items_finished, static_cast<std::uint32_t>(std::popcount(finished)));
        });
    }

    static Benchmarks achieved(const Framework& f, Items done, Items applies) {
        unsigned out = 0;
        for (unsigned b = 0; b < 8; ++b) {
            bool all = true;
            for (unsigned i = 0; i < 64; ++i)
                if (has(f.items_of[b], i) && has(applies, i) && !has(done, i)) all = false;
            if (all) out |= 1u << b;
        }
        return static_cast<Benchmarks>(out);
    }

    void lapse(World& w) {
        const auto& p = of<Lapse>();
        const Luck l = luck<Lapse>();
        const Framework& f = *w.framework;
        std::vector<unsigned> supplied;
        for (unsigned i = 0; i < f.items.size(); ++i)
            if (f.items[i].supply != Supply::none) supplied.push_back(i);
        each_establishment(w, [&](EstablishmentId e) {
            const Words words = l.words(id(w, e));
            Items lapsed = 0;
            const unsigned i = words[0] >> 26;
            double rate = p.per_year / 12;
            if (int(month_.index) - w.leaders.since[e] < 12) rate *= p.after_turnover;
            if (w.establishments.status[e] == Status::hub && !supported(w, e)) rate *= p.after_support;
            if (has(w.establishments.done[e], i) && chance(words[1], 64 * rate)) lapsed |= one_item(i);
            const unsigned k = supplied[below(words[2], static_cast<std::uint32_t>(supplied.size()))];
            if (has(w.establishments.done[e], k) && chance(words[3], p.shortage_per_month * double(supplied.size()) * (1 - w.supply(e, f.items[k].supply))))
                lapsed |= one_item(k);
            w.establishments.done[e] &= ~lapsed;
            w.establishments.achieved[e] = achieved(f, w.establishments.done[e], w.population->establishments.applies[e]);
            w.did(Activity::items_lapsed, static_cast<std::uint32_t>(std::popcount(lapsed)));
        });
    }

    void report(World& w) {
        const auto& p = of<CompleteCompass>();
        const Luck l = luck<CompleteCompass>();
        const Framework& f = *w.framework;
        if (academic_ != 4 && academic_ != 7 && academic_ != 11) return;
        each_establishment(w, [&](EstablishmentId e) {
            auto& s = w.establishments;
            const double completes = s.status[e] == Status::hub       ? p.hub_returns
                                     : academic_ != 11                ? 0
                                     : s.status[e] == Status::network ? p.network_returns
                                                                      : p.outside_returns;
            if (!chance(l.words(id(w, e), CompleteCompass::return_draw)[0], completes)) return;
            double honest = 0;
            const int in_status = int(month_.index) - s.status_since[e];
            if (s.status[e] == Status::hub)
                honest = 1 - (1 - p.hub_honesty * std::min(12, in_status) / 12.0) * (1 - (w.plan->peer_review && in_status >= 11 ? p.review_honesty : 0));
            const Luck own(replicate_, Month{static_cast<std::uint16_t>(w.leaders.since[e] - before_start)}, CompleteCompass::stream ^ 0x8000u);
            Items told = 0;
            for (unsigned i = 0; i < 64; ++i) {
                if (!has(w.population->establishments.applies[e], i)) continue;
                const bool done = has(s.done[e], i), wrong = happens(item_luck(own, id(w, e), i), done ? p.false_negative : p.false_positive * (1 - honest));
                if (done != wrong) told |= one_item(i);
            }
            s.reported[e] = told;
            s.achieved_reported[e] = achieved(f, told, w.population->establishments.applies[e]);
            unsigned nearly = 0;
            for (unsigned b = 0; b < 8; ++b) {
                const int missing = std::popcount(f.items_of[b] & w.population->establishments.applies[e] & ~told);
                if (missing == 1 || missing == 2) nearly |= 1u << b;
            }
            s.nearly[e] = static_cast<Benchmarks>(nearly);
            s.returned[e] = static_cast<std::int16_t>(month_.index);
            w.did(Activity::returns);
        });
    }

    const Scenario& s_;
    Replicate replicate_;
    Month month_;
    unsigned academic_ = 1;
};

}  // namespace hubs::test
