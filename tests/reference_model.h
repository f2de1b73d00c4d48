#pragma once
// The slow plain twin of the model: every item in turn, every arrival counted from a list, no
// screening, no blocks, no bit tricks, no caches. It shares with the model only the addresses of luck,
// the population, the initial draws, and two processes without any trick: launch_hubs and account_costs.
#include "tests/reference_practice.h"

namespace hubs::test {

class ReferenceModel : public ReferencePractice {
public:
    ReferenceModel(const Scenario& s, Replicate r) : ReferencePractice(s, r) {}

    void step(Month month, World& w) {
        month_ = month;
        academic_ = w.calendar.academic_month(month);
        w.activity.fill(0);
        run<LaunchHubs>(w);
        if (academic_ != 12) join(w);
        turn_over(w);
        steer(w);
        if (academic_ != 12) train(w);
        engage(w);
        meet(w);
        if (academic_ != 12) share(w);
        renew(w);
        if (academic_ != 12) improve(w);
        if (academic_ != 12) lapse(w);
        if (academic_ != 12) award(w);
        report(w);
        run<AccountCosts>(w);
    }

private:
    void turn_over(World& w) {
        const auto& p = of<TurnOverStaff>();
        const Luck l = luck<TurnOverStaff>();
        const auto when = [&](double u, double yearly) -> unsigned {
            if (u >= yearly) return 0;
            if (u < yearly * p.august_share) return 12;
            return 1 + static_cast<unsigned>(std::min(
                           10.0, std::floor((u - yearly * p.august_share) / (yearly * (1 - p.august_share)) * 11)));
        };
        each_establishment(w, [&](EstablishmentId e) {
            if (academic_ == 1 || month_.index == 0) {
                const Words words = l.words(id(w, e), TurnOverStaff::leave_draw);
                w.leaders.leaves_in[e] = static_cast<std::uint8_t>(when(unit(words[0]), p.leaders_per_year * w.plan->leader_turnover));
                w.leaders.senior_leaves_in[e] =
                    static_cast<std::uint8_t>(when(unit(words[1]), p.senior_leaders_per_year));
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
                w.leaders.trained[e] = w.leaders.training_left[e] = w.leaders.meetings[e] = 0;
                w.did(Activity::leaders_left);
                w.did(Activity::know_how_lost, lost);
            }
            if (w.leaders.senior_leaves_in[e] == academic_) {
                const double fresh = TurnOverStaff::support_from(
                    normal_quantile(unit(l.words(id(w, e), TurnOverStaff::senior_draw)[0])), p);
                w.establishments.slt_support[e] = static_cast<float>(
                    p.support_persistence * w.establishments.slt_support[e] + (1 - p.support_persistence) * fresh);
            }
        });
        for (HubRow& hub : w.hubs.rows) {
            const Words words = l.words(hub.founder | 0x80000000u);
            if (!chance(words[0], p.coordinators_per_year / 12)) continue;
            hub.lead_skill = static_cast<float>(unit(words[1]));
            hub.lead_since = static_cast<std::int16_t>(month_.index + std::floor(p.lead_vacancy_months));
        }
        for (Coordinator& post : w.hubs.coordinators) {
            const Words words = l.words(post.agent, post.number);
            if (!chance(words[2], p.coordinators_per_year / 12)) continue;
            post.skill = static_cast<float>(unit(words[3]));
            post.since = static_cast<std::int16_t>(month_.index);
        }
        const double leave = p.advisers_per_year / 12;
        const auto places = [&](EstablishmentId e) {
            const Status s = w.establishments.status[e];
            return s == Status::none ? 0 : s == Status::network ? 1 : static_cast<int>(w.plan->advisers_per_school);
        };
        std::vector<double> found;  // of empty places, by area
        for (std::uint32_t a = 0; a < w.population->areas.size(); ++a) {
            int matched = 0, empty = 0;
            each_establishment(w, [&](EstablishmentId e) {
                if (w.population->establishments.area[e].index != a) return;
                matched += w.establishments.adviser[e];
                empty += std::max(0, places(e) - w.establishments.adviser[e]);
            });
            const double volunteers =
                std::max(0.0, w.population->areas[a].employers * p.volunteers_per_employer - matched);
            found.push_back(empty > 0 ? std::min(1.0, volunteers / empty) : 1);
        }
        if (leave > 0)
            each_establishment(w, [&](EstablishmentId e) {
                if (w.establishments.status[e] == Status::none) return;
                const Words words = l.words(id(w, e), TurnOverStaff::adviser_draw);
                const int had = w.establishments.adviser[e], empty = std::max(0, places(e) - had);
                const double covered =
                    w.establishments.status[e] == Status::hub ? w.plan->adviser_coverage : p.network_coverage;
                const double rate = covered >= 1 ? 1 : std::min(1.0, leave * covered / (1 - covered));
                const AreaRow& area = w.population->areas[w.population->establishments.area[e].index];
                if (unit(words[0]) < had * leave) {
                    --w.establishments.adviser[e];
                    auto& links = w.establishments.links[e];
                    auto& count = w.establishments.link_count[e];
                    if (const unsigned place = words[3] / 536870912u; place < count) {
                        links[place] = links[count - 1u];
                        links[--count] = EmployerId::none();
                    }
                }
                if (unit(words[1]) >= rate * empty * found[w.population->establishments.area[e].index]) return;
                ++w.establishments.adviser[e];
                if (area.employers > 0 && !w.establishments.offer[e].exists())
                    w.establishments.offer[e] = EmployerId{area.first_employer + below(words[2], area.employers)};
            });
    }

    void steer(World& w) {
        const auto& p = of<SteerHubs>();
        const bool term = academic_ == 1 || academic_ == 5 || academic_ == 8;
        const double seats[] = {w.plan->steering_employers, w.plan->steering_authorities, w.plan->steering_providers};
        for (HubRow& hub : w.hubs.rows) {
            const int months = month_.index + 1 - hub.lead_since;
            const bool works = months > 0 && hub.count > 0 && month_.index < hub.launched + w.plan->support_years * 12;
            hub.led = works ? static_cast<float>(hub.lead_skill * std::min(1.0, months / p.lead_months) *
                                                 std::min(1.0, p.lead_caseload / hub.count))
                            : 0;
            for (unsigned k = 0; k < 3; ++k)
                hub.steering[k] =
                    works ? static_cast<float>(w.plan->steering_alignment * std::min(1.0, seats[k] / p.seats_to_act))
                          : 0;
            if (!term && hub.changed != month_.index) continue;
            std::vector<std::pair<int, unsigned>> having;  // members that report a benchmark, and which
            for (unsigned b = 0; b < 8; ++b) {
                having.emplace_back(0, b);
                for (std::uint32_t i = hub.first; i < hub.first + hub.count; ++i)
                    having[b].first += w.establishments.achieved_reported[w.hubs.members[i]] >> b & 1;
            }
            float all = 0;
            for (const auto& [members, b] : having) all += static_cast<float>(members);
            hub.reported = hub.count > 0 ? all / static_cast<float>(hub.count) : 0;
            std::sort(having.begin(), having.end());
            hub.targets = 0;
            for (unsigned t = 0; t < static_cast<unsigned>(w.plan->hub_targets); ++t)
                hub.targets += 1u << having[t].second;
        }
        each_establishment(w, [&](EstablishmentId e) {
            if (w.establishments.status[e] != Status::hub) return;
            const HubRow& hub = w.hubs.rows[w.establishments.hub[e].index];
            if (!term && hub.changed != month_.index) return;
            const Words words = luck<SteerHubs>().words(id(w, e));
            unsigned targets = chance(words[0], hub.led) ? hub.targets : 0;
            for (unsigned b = 0; b < 8; ++b)
                if (w.plan->priority[b] && chance(words[1], hub.steering[1])) targets |= 1u << b;
            w.establishments.targets[e] = static_cast<Benchmarks>(targets);
        });
    }

    void train(World& w) {
        const auto& p = of<TrainLeaders>();
        const Luck l = luck<TrainLeaders>();
        const auto applies = [&](EstablishmentId e) {
            if (w.leaders.trained[e] || w.leaders.training_left[e] || own_month(id(w, e)) != academic_) return false;
            const double usual = disrupted(w) ? p.disrupted_starts : 1;
            return chance(l.words(id(w, e), TrainLeaders::start_draw)[0],
                          usual * (supported(w, e) ? w.plan->training_share : p.outside_share));
        };
        int applicants = 0;
        each_establishment(w, [&](EstablishmentId e) { applicants += applies(e); });
        each_establishment(w, [&](EstablishmentId e) {
            if (w.leaders.trained[e]) return;
            if (w.leaders.training_left[e] == 0) {
                if (!applies(e)) return;
                if (unit(l.words(id(w, e), TrainLeaders::start_draw)[2]) * applicants >= w.plan->training_places / 11)
                    return;
                w.leaders.training_left[e] = static_cast<std::uint8_t>(p.months);
                w.did(Activity::trainings_started);
            } else if (--w.leaders.training_left[e] == 0) {
                if (!chance(l.words(id(w, e), TrainLeaders::start_draw)[1], p.completed)) return;
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

    void meet(World& w) {
        const auto& p = of<HoldMeetings>();
        const Luck l = luck<HoldMeetings>();
        each_establishment(w, [&](EstablishmentId e) { w.establishments.attendance[e] = Attendance::absent; });
        const double yearly = w.plan->meetings_per_year;
        const bool due =
            academic_ <= 11 && std::floor(academic_ * yearly / 11) > std::floor((academic_ - 1) * yearly / 11);
        for (MeetingGroup& g : w.hubs.groups) {
            g.host = EstablishmentId::none();
            const HubRow& hub = w.hubs.rows[g.hub.index];
            const bool online = disrupted(w);
            if (!due || g.count < 2 || month_.index >= hub.launched + w.plan->support_years * 12) continue;
            if (w.plan->host_rotates)
                g.host = w.hubs.members[g.first +
                                        static_cast<unsigned>((month_.index - hub.launched) * yearly / 12) % g.count];
            else {
                g.host = w.hubs.members[g.first];
                for (std::uint32_t i = g.first + g.count; i-- > g.first;)
                    if (w.establishments.leads[w.hubs.members[i]]) g.host = w.hubs.members[i];
            }
            w.did(Activity::meetings);
            for (std::uint32_t i = g.first; i < g.first + g.count; ++i) {
                const EstablishmentId e = w.hubs.members[i];
                if (w.establishments.status[e] != Status::hub || &w.hubs.groups[w.establishments.group[e]] != &g)
                    continue;
                const auto& who = w.population->establishments;
                const double km = std::sqrt(std::pow(double(who.easting[e]) - who.easting[g.host], 2) +
                                            std::pow(double(who.northing[e]) - who.northing[g.host], 2)) /
                                  1000;
                const double hours = w.leaders.hours_per_week[e];
                const double base = p.attendance * (hours + p.half_hours > 0 ? hours / (hours + p.half_hours) : 1) *
                                    (online ? p.online_attendance : std::exp(-km / p.reach_km));
                const Words words = l.words(id(w, e));
                if (e != g.host && !chance(words[0], 1 - std::pow(1 - base, std::floor(w.plan->sessions_per_meeting))))
                    continue;
                const bool engages = e == g.host || chance(words[1], p.engagement * (0.5 + hub.led));
                w.establishments.attendance[e] = engages ? Attendance::engaged : Attendance::present;
                w.did(Activity::attendances);
                if (engages) w.did(Activity::engaged);
                if (engages && w.leaders.meetings[e] < 255) ++w.leaders.meetings[e];
            }
        }
    }

    void renew(World& w) {
        const auto& p = of<RenewTies>();
        const Network& net = w.population->network;
        const auto keeps = static_cast<std::uint32_t>((1 - p.fade_per_month) * 65536),
                   forms = static_cast<std::uint32_t>(p.form_per_meeting * 65536);
        each_establishment(w, [&](EstablishmentId e) {
            std::uint32_t total = 0;
            for (std::uint32_t slot = net.first(e); slot < net.end(e); ++slot) {
                const EstablishmentId k{net.peer(slot)};
                std::uint64_t strength = std::uint64_t{w.ties[slot]} * keeps / 65536;
                if (w.leaders.since[e] == month_.index || w.leaders.since[k] == month_.index) strength = 0;
                if (k != e && w.establishments.attendance[e] != Attendance::absent &&
                    w.establishments.attendance[k] != Attendance::absent &&
                    w.establishments.group[k] == w.establishments.group[e])
                    strength += (65535 - strength) * forms / 65536;
                w.ties[slot] = static_cast<std::uint16_t>(strength);
                total += static_cast<std::uint32_t>(strength);
            }
            w.tied[e] = total;
        });
    }

    void join(World& w) {
        const auto& p = of<JoinNetwork>();
        each_establishment(w, [&](EstablishmentId e) {
            if (w.establishments.status[e] != Status::none || own_month(id(w, e)) != academic_) return;
            const Words words = luck<JoinNetwork>().words(id(w, e));
            if (!chance(words[0], p.per_year)) return;
            w.establishments.status[e] = Status::network;
            w.establishments.status_since[e] = w.establishments.backed_since[e] =
                static_cast<std::int16_t>(month_.index);
            if (chance(words[1], p.adviser_share)) w.establishments.adviser[e] = 1;
        });
    }

    void award(World& w) {
        const auto& p = of<SeekAwards>();
        each_establishment(w, [&](EstablishmentId e) {
            if (w.establishments.award_until[e] > month_.index || own_month(id(w, e)) != academic_) return;
            const double seeks =
                p.per_year * (supported(w, e) ? w.plan->award_encouragement : 1) * w.establishments.slt_support[e];
            if (unit(luck<SeekAwards>().words(id(w, e))[0]) >= seeks) return;
            w.did(Activity::assessed);
            int met = 0, all = 0;
            for (unsigned i = 0; i < 64; ++i) {
                all += has(w.population->establishments.applies[e], i);
                met += has(w.population->establishments.applies[e] & w.establishments.done[e], i);
            }
            if (met >= p.standard * all)
                w.establishments.award_until[e] = static_cast<std::int16_t>(month_.index + std::floor(p.months));
        });
    }

    void report(World& w) {
        const auto& p = of<CompleteCompass>();
        const Luck l = luck<CompleteCompass>();
        if (academic_ != 4 && academic_ != 7 && academic_ != 11) return;
        const double usual = disrupted(w) ? p.disrupted_returns : 1;
        each_establishment(w, [&](EstablishmentId e) {
            auto& s = w.establishments;
            const auto one_of_three = [](double share) { return 1 - std::cbrt(1 - share); };
            const double completes = s.status[e] == Status::hub       ? p.hub_returns
                                     : s.status[e] == Status::network ? one_of_three(p.network_returns)
                                                                      : one_of_three(p.outside_returns);
            if (!chance(l.words(id(w, e), CompleteCompass::return_draw)[0], usual * completes)) return;
            double left = 1;  // of claiming and withholding
            const int in_status = int(month_.index) - s.status_since[e];
            if (s.status[e] == Status::hub)
                left = (1 - p.hub_honesty * std::min(12, in_status) / 12.0) *
                       (w.plan->peer_review && in_status >= 11 ? 1 - p.review_honesty : 1);
            if (s.award_until[e] > month_.index) left *= 1 - p.award_honesty;
            tell(e, w, left);
            s.returned[e] = static_cast<std::int16_t>(month_.index);
            w.did(Activity::returns);
            Luck learning = l;
            learning.moment += 0x10000u;
            for (unsigned i = 0; i < 64; ++i)
                if (has(w.population->establishments.applies[e], i) && !has(s.know_how[e], i) &&
                    happens(item_luck(learning, id(w, e), i), p.learnt_from_return)) {
                    s.know_how[e] |= one_item(i);
                    w.did(Activity::items_learnt);
                }
        });
    }

    /// A return, benchmark by benchmark, with each reading's chance worked out from its parts.
    void tell(EstablishmentId e, World& w, double left) const {
        const auto& p = of<CompleteCompass>();
        auto& s = w.establishments;
        const Items applies = w.population->establishments.applies[e];
        const Luck now = luck<CompleteCompass>(),
                   own(replicate_, Month{static_cast<std::uint16_t>(w.leaders.since[e] - before_start)},
                       CompleteCompass::stream ^ 0x8000u);
        const auto normal = [](std::uint32_t word) {
            return normal_quantile((std::floor(word / 1048576.0) + 0.5) / 4096);
        };
        const auto part = [&](double share, std::uint32_t leaders, std::uint32_t occasion) {
            return std::sqrt(share * (1 - p.read_anew)) * normal(leaders) +
                   std::sqrt(share * p.read_anew) * normal(occasion);
        };
        const double respondent = part(p.leniency, own.words(id(w, e), 8)[1], now.words(id(w, e), 8)[1]);
        const auto below_share = [](double z, double share) { return share > 0 && z < normal_quantile(share); };
        Items told = 0;
        unsigned nearly = 0;
        for (unsigned b = 0; b < 8; ++b) {
            const double z = respondent + part(1 - p.leniency, own.words(id(w, e), 9 + b / 4)[b % 4],
                                               now.words(id(w, e), 9 + b / 4)[b % 4]);
            std::vector<unsigned> done, fresh, known, unknown;
            for (unsigned i = 0; i < 64; ++i) {
                if (!has(w.framework->items_of[b] & applies, i)) continue;
                if (has(s.done[e], i)) done.push_back(i);
                if (has(s.done[e], i) && !has(s.reported[e], i)) fresh.push_back(i);
                if (has(s.know_how[e], i)) known.push_back(i);
                else unknown.push_back(i);
                if (has(s.done[e], i)) told |= one_item(i);
            }
            if (below_share(-z, p.claimed * left)) {
                for (const unsigned i : known) told |= one_item(i);
                if (!known.empty() && unknown.size() == 1) told |= one_item(unknown[0]);
            }
            const auto& may = below_share(z, p.withheld * p.settled * left) ? done : fresh;
            if (below_share(z, p.withheld * left) && !may.empty() && !below_share(-z, p.claimed * left))
                told &= ~one_item(may[static_cast<std::size_t>(
                    std::floor(now.words(id(w, e), 11 + b / 4)[b % 4] / 4294967296.0 * may.size()))]);
        }
        for (unsigned b = 0; b < 8; ++b) {
            const int missing = std::popcount(w.framework->items_of[b] & applies & ~told);
            if (missing == 1 || missing == 2) nearly |= 1u << b;
        }
        s.reported[e] = told;
        s.achieved_reported[e] = achieved(*w.framework, told, applies);
        s.nearly[e] = static_cast<Benchmarks>(nearly);
    }
};

}  // namespace hubs::test
