#pragma once
// The slow plain twin of the model: every item in turn, every arrival counted from a list, no
// screening, no blocks, no bit tricks, no caches. It shares with the model only the addresses of luck,
// the population, the initial draws, and two processes without any trick: launch_hubs and account_costs.
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

    /// One thing that may arrive this month: an item, its rate, and where it comes from.
    struct Chance {
        unsigned item;
        double rate;
        int from;
    };
    /// Poisson arrivals over a list, spelled out: f(chance, words of the arrival).
    template <class F>
    static void arrive(const std::vector<Chance>& list, const Luck& l, std::uint32_t agent, std::uint32_t draw, F&& f) {
        double sum = 0;
        for (const Chance& c : list) sum += c.rate;
        double at_most = std::exp(-sum), term = at_most;
        const double u = unit(l.words(agent, draw)[0]);
        for (unsigned k = 0; u < 1 - at_most && k < 64; ++k) {
            const Words words = l.words(agent, draw + k);
            double at = unit(words[1]) * sum;
            std::size_t i = 0;
            while (i + 1 < list.size() && at >= list[i].rate) at -= list[i++].rate;
            f(list[i], words);
            term *= sum / (k + 1);
            at_most += term;
        }
    }

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

    void engage(World& w) {
        const auto& p = of<EngageEmployers>();
        const auto closed_in = [&](int month) {
            const Month m{static_cast<std::uint16_t>(month)};
            const double year = w.calendar.year_of(m) + (w.calendar.month_of(m) - 1) / 12.0;
            return month >= 0 && year >= p.closure_from && year < p.closure_until ? 1 - p.closure_capacity : 0.0;
        };
        const double shut = closed_in(month_.index);
        const bool term = academic_ == 1 || academic_ == 5 || academic_ == 8 || month_.index == 0;
        if (!term && shut == closed_in(month_.index - 1)) return;
        each_establishment(w, [&](EstablishmentId e) {
            if (term) change_links(e, w, p);
        });
        employers_load(w, p);
        each_establishment(w, [&](EstablishmentId e) { share_employers(e, w, p, shut); });
        for (std::uint32_t a = 0; a < w.population->areas.size(); ++a)
            for (unsigned k = 0; k < provider_kinds; ++k) {
                double asked = 0;
                each_establishment(w, [&](EstablishmentId e) {
                    const Items wanted = (w.establishments.know_how[e] | w.establishments.done[e]) & w.population->establishments.applies[e];
                    if (w.population->establishments.area[e].index == a && (wanted & w.framework->items_needing[first_provider + k]) != 0)
                        asked += w.population->establishments.pupils[e];
                });
                const double gain = w.areas.has_hub[AreaId{a}] ? 1 + p.alignment_gain * w.plan->steering_alignment : 1;
                const double capacity = (k == 5 ? p.guidance_capacity : p.provider_capacity * gain) * (1 - shut * (1 - p.closure_online)) *
                                        w.population->areas[a].pupils;
                w.areas.provision[AreaId{a}][k] = static_cast<float>(asked <= capacity ? 1 : capacity / asked);
            }
    }

    void change_links(EstablishmentId e, World& w, const EngageEmployers::Parameters& p) {
        auto& s = w.establishments;
        const Luck l = luck<EngageEmployers>();
        const Words words = l.words(id(w, e), 0);
        std::vector<EmployerId> links(s.links[e].begin(), s.links[e].begin() + s.link_count[e]);
        const auto lose = [&](std::size_t i) {
            links[i] = links.back();
            links.pop_back();
        };
        const int since_last_term = academic_ == 1 ? 5 : academic_ == 5 ? 4 : 3;
        if (month_.index - w.leaders.since[e] < since_last_term)
            for (std::size_t i = links.size(); i-- > 0;)
                if (chance(l.words(id(w, e), 1 + static_cast<unsigned>(i))[0], p.lost_with_leader)) lose(i);
        if (words[3] / 536870912u < links.size() && chance(words[3] << 3, p.links_lost_per_year * 8 / 3)) lose(words[3] / 536870912u);
        double yearly = p.own_links_per_year + (s.adviser[e] ? p.adviser_links_per_year : 0);
        const double introduced = p.coordinator_contacts * p.introduction_success;
        const AreaId area = w.population->establishments.area[e];
        if (s.status[e] == Status::network) yearly += introduced / w.plan->network_schools_per_coordinator * (0.5 + w.areas.coordinator_skill[area]);
        if (supported(w, e))
            yearly += introduced / w.plan->schools_per_coordinator * (0.5 + w.hubs.rows[s.hub[e].index].coordinator_skill) *
                      (1 + p.alignment_gain * w.plan->steering_alignment);
        const auto add = [&](EmployerId employer) {
            if (links.size() == most_links || std::find(links.begin(), links.end(), employer) != links.end()) return;
            links.push_back(employer);
            w.did(Activity::links_made);
        };
        const AreaRow& row = w.population->areas[area.index];
        unsigned gained = static_cast<unsigned>(yearly / 3);
        gained += chance(words[0], yearly / 3 - gained);
        for (unsigned g = 0; g < std::min(gained, most_links); ++g) {
            const Words next = g == 0 ? words : l.words(id(w, e), 16 + g);
            const bool cornerstone = s.status[e] == Status::hub && next[2] < 0x80000000u && w.plan->cornerstones_per_hub >= 1;
            const std::uint32_t among = cornerstone ? std::min(row.employers, static_cast<std::uint32_t>(w.plan->cornerstones_per_hub)) : row.employers;
            if (row.employers > 0) add(EmployerId{row.first_employer + below(next[1], among)});
        }
        if (s.offer[e].exists()) add(s.offer[e]);
        s.offer[e] = EmployerId::none();
        s.link_count[e] = static_cast<std::uint8_t>(links.size());
        links.resize(most_links, EmployerId::none());
        std::copy(links.begin(), links.end(), s.links[e].begin());
    }

    void employers_load(World& w, const EngageEmployers::Parameters& p) {
        for (std::uint32_t f = 0; f < w.population->employers.count(); ++f) {
            w.employers.encounter_load[EmployerId{f}] = w.employers.place_load[EmployerId{f}] = 0;
        }
        each_establishment(w, [&](EstablishmentId e) {
            const unsigned n = w.establishments.link_count[e];
            for (unsigned i = 0; i < n; ++i) {
                const EmployerId f = w.establishments.links[e][i];
                w.employers.encounter_load[f] += static_cast<std::uint32_t>(w.population->establishments.pupils[e] * (p.encounters_per_pupil / n));
                w.employers.place_load[f] += static_cast<std::uint32_t>(w.population->establishments.pupils[e] * (p.places_per_pupil / n));
            }
        });
    }

    void share_employers(EstablishmentId e, World& w, const EngageEmployers::Parameters& p, double shut) {
        auto& s = w.establishments;
        const auto& firms = w.population->employers;
        const unsigned n = s.link_count[e];
        double met = 0, placed = 0;
        for (unsigned i = 0; i < n; ++i) {
            const EmployerId f = s.links[e][i];
            const double more = p.capacity * (w.employers.cornerstone[f] ? p.cornerstone_capacity : 1);
            const auto fills = [](double capacity, double load) { return static_cast<float>(load > capacity ? capacity / load : 1); };
            met += fills(firms.encounters_per_year[f] * more * (1 - shut * (1 - p.closure_online)), w.employers.encounter_load[f]);
            placed += fills(firms.places_per_year[f] * more * (1 - shut), w.employers.place_load[f]);
        }
        const double alone = p.alone * (1 - shut), pupils = w.population->establishments.pupils[e];
        double bought = 0;
        if (s.wallet[e] && month_.index - s.status_since[e] < 12 && pupils > 0)
            bought = w.plan->wallet_gbp / p.gbp_per_encounter / (pupils * std::max(p.encounters_per_pupil, 1e-9));
        s.encounters[e] = static_cast<float>(std::min(1.0, alone + (n > 0 ? met * ((1 - alone) * (1.0 / n)) : 0) + bought));
        s.places[e] = static_cast<float>(std::min(1.0, alone + (n > 0 ? placed * ((1 - alone) * (1.0 / n)) : 0) + bought / 4));
    }

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
            const Words words = l.words(id(w, e), 128), pass = l.words(id(w, e), 2);
            if (colleagues > 0 && chance(words[3], p.contacts_passed_on * colleagues)) {
                const EstablishmentId k = contacts.list[below(pass[0], contacts.count)].source;
                if (k.exists() && w.establishments.link_count[k] > 0)
                    w.establishments.offer[e] = w.establishments.links[k][below(pass[1], w.establishments.link_count[k])];
            }
            const auto lacks = [&](unsigned i) { return has(w.population->establishments.applies[e], i) && !has(before[e], i); };
            const auto rate_of = [](double q) { return q < 1 ? std::min(40.0, -std::log(1 - q)) : 40.0; };
            const double once = p.rule == SharingRule::threshold ? 0 : rate_of(p.learnt_per_exposure), twice = rate_of(p.learnt_per_exposure * p.reinforcement);
            const auto rate = [&](unsigned i) {
                int sources = 0;
                for (unsigned c = 0; c < contacts.count; ++c) sources += has(contacts.list[c].offers, i);
                return sources >= 2 ? twice : once;
            };
            std::vector<Chance> list;
            for (unsigned c = 0; c < contacts.count; ++c)
                for (unsigned i = 0; i < 64; ++i)
                    if (lacks(i) && has(contacts.list[c].offers, i)) list.push_back({i, contacts.list[c].exposures * std::max(once, twice), int(c)});
            for (unsigned i = 0; i < 64; ++i)
                if (lacks(i) && broadcast > 0) list.push_back({i, rate_of(broadcast), -1});
            double sum = 0;
            for (const Chance& c : list) sum += c.rate;
            Items learnt = 0;
            const int most = p.rule == SharingRule::capacity ? static_cast<int>(p.taken_up_a_month) : 64;
            if (sum <= 8)
                arrive(list, l, id(w, e), 128, [&](const Chance& c, const Words& luck) {
                    if (std::popcount(learnt) < most && (c.from < 0 || unit(luck[2]) * std::max(once, twice) < rate(c.item))) learnt |= one_item(c.item);
                });
            else learnt = one_by_one(list, l, id(w, e), most, [&](const Chance& c) { return c.from < 0 ? 1.0 : rate(c.item) / std::max(once, twice); });
            w.establishments.know_how[e] |= learnt;
            w.did(Activity::items_learnt, static_cast<std::uint32_t>(std::popcount(learnt)));
        });
    }

    /// Each item by its own luck, from the sum of its rates; at most so many, the luckiest.
    template <class Kept>
    static Items one_by_one(const std::vector<Chance>& list, const Luck& l, std::uint32_t agent, int most, Kept&& kept) {
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
        for (int i = 0; i < std::min<int>(most, static_cast<int>(drawn.size())); ++i) out |= one_item(drawn[static_cast<std::size_t>(i)].second);
        return out;
    }

    void renew(World& w) {
        const auto& p = of<RenewTies>();
        const Network& net = w.population->network;
        const auto keeps = static_cast<std::uint32_t>((1 - p.fade_per_month) * 65536), forms = static_cast<std::uint32_t>(p.form_per_meeting * 65536);
        each_establishment(w, [&](EstablishmentId e) {
            std::uint32_t total = 0;
            for (std::uint32_t slot = net.first(e); slot < net.end(e); ++slot) {
                const EstablishmentId k{net.peer(slot)};
                std::uint64_t strength = std::uint64_t{w.ties[slot]} * keeps / 65536;
                if (w.leaders.since[e] == month_.index || w.leaders.since[k] == month_.index) strength = 0;
                if (k != e && w.establishments.attendance[e] != Attendance::absent && w.establishments.attendance[k] != Attendance::absent &&
                    w.establishments.group[k] == w.establishments.group[e])
                    strength += (65535 - strength) * forms / 65536;
                w.ties[slot] = static_cast<std::uint16_t>(strength);
                total += static_cast<std::uint32_t>(strength);
            }
            w.tied[e] = total;
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
            const auto supplied = [&](unsigned i) {
                const Supply kind = f.items[i].supply;
                const bool travels = static_cast<unsigned>(kind) >= first_provider && kind != Supply::guidance && w.population->establishments.rural[e];
                return w.supply(e, kind) * (travels ? p.rural_travel : 1.0);
            };
            std::vector<Chance> list;  // by benchmark, known before unknown; then the duty
            double all = 0;
            for (unsigned b = 0; b < 8; ++b)
                for (const bool known : {true, false})
                    for (unsigned i = 0; i < 64; ++i)
                        if (has(undone & f.items_of[b], i) && has(s.know_how[e], i) == known)
                            list.push_back({i, static_cast<float>(weight[b] / (left[b] * cost[b]) / sum) * hours * backing * (known ? 1 : p.trial_share), 0});
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
        each_establishment(w, [&](EstablishmentId e) {
            double rate = p.per_year / 12;
            if (int(month_.index) - w.leaders.since[e] < 12) rate *= p.after_turnover;
            if (w.establishments.status[e] == Status::hub && !supported(w, e)) rate *= p.after_support;
            double worst = 0;
            for (unsigned kind = 1; kind < supply_kinds; ++kind) worst = std::max(worst, 1 - w.supply(e, static_cast<Supply>(kind)));
            std::vector<Chance> list;
            for (unsigned i = 0; i < 64; ++i)
                if (has(w.establishments.done[e], i)) list.push_back({i, rate, 0});
            for (unsigned i = 0; i < f.items.size(); ++i)
                if (has(w.establishments.done[e], i) && f.items[i].supply != Supply::none) list.push_back({i, p.shortage_per_month * worst, 1});
            Items lapsed = 0;
            arrive(list, l, id(w, e), 0, [&](const Chance& c, const Words& words) {
                if (c.from == 0 || unit(words[2]) * worst < 1 - w.supply(e, f.items[c.item].supply)) lapsed |= one_item(c.item);
            });
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
