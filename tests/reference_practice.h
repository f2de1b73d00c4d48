#pragma once
// The slow plain twin: what is learnt, finished and lost, item by item.
#include "tests/reference_employers.h"

namespace hubs::test {

class ReferencePractice : public ReferenceEmployers {
protected:
    using ReferenceEmployers::ReferenceEmployers;

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
            const Words words = l.words(id(w, e), 128), pass = l.words(id(w, e), 2);
            if (colleagues > 0 && chance(words[3], p.contacts_passed_on * colleagues)) {
                const EstablishmentId k = contacts.list[below(pass[0], contacts.count)].source;
                if (k.exists() && w.establishments.link_count[k] > 0 && !w.establishments.offer[e].exists())
                    w.establishments.offer[e] =
                        w.establishments.links[k][below(pass[1], w.establishments.link_count[k])];
            }
            const auto lacks = [&](unsigned i) {
                return has(w.population->establishments.applies[e], i) && !has(before[e], i);
            };
            const auto rate_of = [](double q) { return q < 1 ? std::min(40.0, -std::log(1 - q)) : 40.0; };
            const double once = p.rule == SharingRule::threshold ? 0 : rate_of(p.learnt_per_exposure),
                         twice = rate_of(p.learnt_per_exposure * p.reinforcement);
            const auto rate = [&](unsigned i) {
                int sources = 0;
                for (unsigned c = 0; c < contacts.count; ++c) sources += has(contacts.list[c].offers, i);
                return sources >= 2 ? twice : once;
            };
            std::vector<Chance> list;
            for (unsigned c = 0; c < contacts.count; ++c)
                for (unsigned i = 0; i < 64; ++i)
                    if (lacks(i) && has(contacts.list[c].offers, i))
                        list.push_back({i, contacts.list[c].exposures * std::max(once, twice), int(c)});
            for (unsigned i = 0; i < 64; ++i)
                if (lacks(i) && broadcast > 0) list.push_back({i, rate_of(broadcast), -1});
            double sum = 0;
            for (const Chance& c : list) sum += c.rate;
            Items learnt = 0;
            const int most = p.rule == SharingRule::capacity ? static_cast<int>(p.taken_up_a_month) : 64;
            if (sum <= 8)
                arrive(list, l, id(w, e), 128, [&](const Chance& c, const Words& luck) {
                    if (std::popcount(learnt) < most &&
                        (c.from < 0 || unit(luck[2]) * std::max(once, twice) < rate(c.item)))
                        learnt |= one_item(c.item);
                });
            else
                learnt = one_by_one(list, l, id(w, e), most, [&](const Chance& c) {
                    return c.from < 0 ? 1.0 : rate(c.item) / std::max(once, twice);
                });
            w.establishments.know_how[e] |= learnt;
            w.did(Activity::items_learnt, static_cast<std::uint32_t>(std::popcount(learnt)));
        });
    }

    /// Each item by its own luck, from the sum of its rates; at most so many, the luckiest.
    template <class Kept>
    static Items one_by_one(const std::vector<Chance>& list, const Luck& l, std::uint32_t agent, int most,
                            Kept&& kept) {
        std::vector<std::pair<std::uint32_t, unsigned>> drawn;
        for (unsigned i = 0; i < 64; ++i) {
            double x = 0;
            for (const Chance& c : list)
                if (c.item == i) x += c.rate * kept(c);
            const std::uint32_t luck = l.words(agent, 256 + i)[0];
            if (x > 0 && unit(luck) < 1 - std::exp(-x)) drawn.emplace_back(luck, i);
        }
        std::sort(drawn.begin(), drawn.end());
        Items out = 0;
        for (int i = 0; i < std::min<int>(most, static_cast<int>(drawn.size())); ++i)
            out |= one_item(drawn[static_cast<std::size_t>(i)].second);
        return out;
    }

    void improve(World& w) {
        const auto& p = of<ImproveProvision>();
        const Luck l = luck<ImproveProvision>();
        const Framework& f = *w.framework;
        const double cost[8] = {p.cost_1, p.cost_2, p.cost_3, p.cost_4, p.cost_5, p.cost_6, p.cost_7, p.cost_8};
        const double year = w.calendar.year_of(month_) + (w.calendar.month_of(month_) - 1) / 12.0;
        const bool inspected = year >= p.inspection_year && year < p.inspection_year + p.inspection_months / 12;
        each_establishment(w, [&](EstablishmentId e) {
            auto& s = w.establishments;
            const Items applies = w.population->establishments.applies[e], undone = applies & ~s.done[e];
            const int in_status = int(month_.index) - s.status_since[e];
            const double grown = std::min(1.0, in_status / p.lift_months),
                         backed = std::min(1.0, (int(month_.index) - s.backed_since[e]) / p.lift_months);
            double lift = 1 - std::pow(1 - p.adviser_lift, s.adviser[e]),
                   hours = w.leaders.hours_per_week[e] * 39.0 / 11 * p.improvement_share;
            if (supported(w, e) && s.leads[e])  // 20 days of 7 hours, unless the leader has fewer in 39 weeks
                hours =
                    std::max(0.0, hours - std::min(w.plan->lead_release_days * 7, w.leaders.hours_per_week[e] * 39.0) *
                                              (1 - p.lead_cover) / 11);
            if (s.status[e] == Status::network)
                hours += p.coordinator_hours * 15 / w.plan->network_schools_per_coordinator * s.reach[e];
            if (s.status[e] != Status::none) lift += p.network_lift * backed;
            if (s.status[e] == Status::hub) lift += p.hub_lift * (1 - p.network_lift) * grown;
            if (supported(w, e))
                hours += p.coordinator_hours * 15 / w.plan->schools_per_coordinator * s.reach[e] *
                             (1 + w.plan->aim_at_lowest / 8 *
                                      (w.hubs.rows[s.hub[e].index].reported - std::popcount(s.achieved_reported[e]))) +
                         w.plan->fund_gbp_per_school * (1 - w.plan->fund_activity_share) / p.gbp_per_hour / 11 +
                         (in_status < 24 ? w.plan->grant_gbp_per_school / p.gbp_per_hour / 22 : 0);
            if (inspected) hours += p.inspection_hours;
            if (w.leaders.trained[e]) hours *= p.training_speed;
            if (disrupted(w)) hours *= p.disrupted_hours;
            const double backing = s.slt_support[e] + std::min(1.0, lift) * (1 - s.slt_support[e]);
            const double duty =
                year >= p.duty_year && year < p.duty_year + p.duty_months / 12 ? p.duty_rate * backing : 0;
            double weight[8], sum = 0;
            int left[8];
            for (unsigned b = 0; b < 8; ++b) {
                left[b] = std::popcount(undone & f.items_of[b]);
                const int missing = std::popcount(applies & ~s.reported[e] & f.items_of[b]);
                weight[b] = 1 + (s.status[e] == Status::network && (b == 4 || b == 5) ? p.network_focus : 0) +
                            (s.status[e] == Status::hub && (b == 0 || b == 4 || b == 5) ? p.hub_focus : 0) +
                            (s.targets[e] >> b & 1 ? p.priority_weight : 0) +
                            (missing == 1 || missing == 2 ? p.near_weight : 0);
                if (left[b] > 0) sum += weight[b];
            }
            const auto supplied = [&](unsigned i) {
                const Supply kind = f.items[i].supply;
                const bool visits = static_cast<unsigned>(kind) >= first_provider && kind != Supply::guidance;
                const Type type = w.population->establishments.type[e];
                const double fewer =
                    type == Type::special || type == Type::alternative_provision ? p.specialist_providers : 1;
                return w.supply(e, kind) *
                       (visits ? fewer * (w.population->establishments.rural[e] ? p.rural_travel : 1) : 1.0);
            };
            std::vector<Chance> list;  // by benchmark, known before unknown; then the duty
            double all = 0;
            const double work = std::pow(std::max(1u, w.population->establishments.pupils[e]) / 1000.0, p.size_cost);
            for (unsigned b = 0; b < 8; ++b)
                for (const bool known : {true, false})
                    for (unsigned i = 0; i < 64; ++i)
                        if (has(undone & f.items_of[b], i) && has(s.know_how[e], i) == known)
                            list.push_back({i,
                                            weight[b] / (left[b] * cost[b] * work) / sum * hours * backing *
                                                (known ? 1 : p.trial_share),
                                            0});
            for (unsigned i = 0; i < 64; ++i)
                if (has(undone & f.statutory, i)) list.push_back({i, duty, 1});
            for (const Chance& c : list) all += c.rate;
            Items finished = 0;
            if (all <= 8)
                arrive(list, l, id(w, e), 0, [&](const Chance& c, const Words& words) {
                    if (c.from == 1 || unit(words[2]) < supplied(c.item)) finished |= one_item(c.item);
                });
            else
                for (unsigned i = 0; i < 64; ++i) {
                    double x = 0;
                    for (const Chance& c : list)
                        if (c.item == i) x += c.rate * (c.from == 1 ? 1 : supplied(i));
                    if (x > 0 && unit(l.words(id(w, e), 128 + i)[0]) < 1 - std::exp(-x)) finished |= one_item(i);
                }
            s.done[e] |= finished;
            s.know_how[e] |= finished;
            s.achieved[e] = achieved(f, s.done[e], applies);
            w.did(Activity::items_finished, static_cast<std::uint32_t>(std::popcount(finished)));
        });
    }

    void lapse(World& w) {
        const auto& p = of<Lapse>();
        const Luck l = luck<Lapse>();
        const Framework& f = *w.framework;
        each_establishment(w, [&](EstablishmentId e) {
            double rate = p.per_year / 12;
            if (int(month_.index) - w.leaders.since[e] < 12) rate *= p.after_turnover;
            if (w.establishments.status[e] == Status::hub && !supported(w, e)) rate *= p.after_support;
            std::vector<Chance> list;
            for (unsigned i = 0; i < 64; ++i)
                if (has(w.establishments.done[e], i)) list.push_back({i, rate, 0});
            for (unsigned kind = 1; kind < supply_kinds; ++kind)
                for (unsigned i = 0; i < f.items.size(); ++i)
                    if (has(w.establishments.done[e], i) && f.items[i].supply == static_cast<Supply>(kind))
                        list.push_back({i, p.shortage_per_month * (1 - w.supply(e, f.items[i].supply)), 1});
            Items lapsed = 0;
            arrive(list, l, id(w, e), 0, [&](const Chance& c, const Words&) { lapsed |= one_item(c.item); });
            w.establishments.done[e] &= ~lapsed;
            w.establishments.achieved[e] =
                achieved(f, w.establishments.done[e], w.population->establishments.applies[e]);
            w.did(Activity::items_lapsed, static_cast<std::uint32_t>(std::popcount(lapsed)));
        });
    }
};

}  // namespace hubs::test
