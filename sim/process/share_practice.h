#pragma once
#include <string_view>

#include "sim/base/arrivals.h"
#include "sim/entity/passes.h"

namespace hubs {

/// How exposures to an item add up. The three are the model's structural uncertainty.
enum class SharingRule : std::uint8_t {
    simple,     ///< each exposure may pass an item
    threshold,  ///< only items that two different sources hold this month can pass
    capacity,   ///< as simple, but a leader takes up only so many a month
};
inline constexpr std::array<std::string_view, 3> sharing_rule_words{"simple", "threshold", "capacity"};

/// One establishment, or its coordinator, that a Careers Leader learns from this month.
struct Contact {
    EstablishmentId source;  ///< none: the coordinator
    Items offers;
    Cause cause;
    float exposures;
};
struct Contacts {
    union {  // so that nothing is written before it is used: one is made for every row
        std::array<Contact, 32> list;
    };
    unsigned count = 0;

    Contacts() {}
    void add(const Contact& c) {
        for (unsigned i = 0; i < count; ++i)  // one source counts once: its strongest contact
            if (list[i].source == c.source && c.source.exists()) {
                if (c.exposures > list[i].exposures) list[i] = c;
                return;
            }
        if (count < list.size()) list[count++] = c;
    }
};

/// Contacts of the month pass know-how. ODD 7.8.
///
///     passing offers  = done_k & ~know_how_i & applies_i
///     P(item learnt)  = 1 - (1 - q)^(exposures),  q = learnt_per_exposure,
///                       times `reinforcement` where two or more sources hold the item
///
/// A leader opens up with the meetings engaged in, and a successor begins anew. A Lead School gives the days that its
/// leader's hours allow.
///
/// Contacts: the host and some talk at a meeting engaged in; Lead School visits; buddies;
/// reviewers; ties; trust and near neighbours; the coordinator's visit. Each establishment
/// gathers from others what they had done at the month's start and writes its own row. What
/// passes is drawn as one Poisson number of arrivals (arrivals.h), so each item has its source.
struct SharePractice {
    static constexpr std::string_view name = "share_practice";
    static constexpr std::array writes{std::string_view{"activity"}, std::string_view{"establishments.know_how"},
                                       std::string_view{"establishments.offer"}};

    struct Parameters {
        SharingRule rule = SharingRule::simple;
        double learnt_per_exposure = 0.0095;
        double reinforcement = 1.5;
        double taken_up_a_month = 2;
        double talks_per_meeting = 3;
        double host_exposures = 3;
        double visits_per_release_day = 2;
        double visit_exposures = 4;
        double allowance_gbp_per_day = 200;
        double buddy_contacts = 0.25;
        double review_exposures = 4;
        double tie_contacts = 0.5;
        double layer_contacts = 0.02;
        double openness_gain = 0.4;
        double openness_meetings = 2;
        double online_visits = 0.5;
        double coordinator_visits = 10;
        double coordinator_exposures = 2;
        double visit_success = 0.67;
        double contacts_passed_on = 0.1;
        static void describe(auto&& field, auto& p) {
            field(Choice{"rule", "how exposures add up", "W072; model.md"}, sharing_rule_words, p.rule);
            field(Field{"learnt_per_exposure", "chance per item and exposure", 0, 1,
                        "an item is learnt from one exposure", "W072: 0.01 to 0.10 a month", 1, Use::fit,
                        within(0.01, 0.1)},
                  p.learnt_per_exposure);
            field(Field{"reinforcement", "times", 0, 5, "chance per exposure where two sources hold the item", "W072",
                        1, Use::swept, within(1, 2)},
                  p.reinforcement);
            field(Field{"taken_up_a_month", "items per month", 0, 64,
                        "with rule capacity: most items a leader takes up", "assumed", 0, Use::swept, within(1, 4)},
                  p.taken_up_a_month);
            field(Field{"talks_per_meeting", "members", 0, 8, "other members a leader talks with at a meeting",
                        "assumed", 0, Use::swept, within(1, 5)},
                  p.talks_per_meeting);
            field(Field{"host_exposures", "exposures", 0, 8, "weight of the host's presentation",
                        "001 line 640; assumed", 1, Use::swept, within(1, 5)},
                  p.host_exposures);
            field(Field{"visits_per_release_day", "visits per day", 0, 8,
                        "members a Lead School sees in a released day", "assumed", 0, Use::swept, within(1, 3)},
                  p.visits_per_release_day);
            field(Field{"visit_exposures", "exposures", 0, 8, "weight of a Lead School visit", "assumed", 0, Use::swept,
                        within(2, 8)},
                  p.visit_exposures);
            field(Field{"allowance_gbp_per_day", "GBP per day", 50, 1000, "allowance that buys one more release day",
                        "assumed: a day of supply cover", 1, Use::swept, within(150, 300)},
                  p.allowance_gbp_per_day);
            field(Field{"buddy_contacts", "contacts per month", 0, 1, "contact between buddies", "assumed", 0,
                        Use::swept, within(0.1, 0.5)},
                  p.buddy_contacts);
            field(Field{"review_exposures", "exposures", 0, 8, "weight of a peer review, once a year",
                        "W069; size assumed", 1, Use::swept, within(2, 8)},
                  p.review_exposures);
            field(Field{"tie_contacts", "contacts per month", 0, 1, "contact along a tie of full strength", "assumed",
                        0, Use::swept, within(0.2, 1)},
                  p.tie_contacts);
            field(
                Field{
                    "layer_contacts", "contacts per month and peer", 0, 0.0625,
                    "contact with each trust mate, near neighbour and like establishment: a tenth of a hub contact; 0 switches the layer off",
                    "S106, S105", 1, Use::swept, within(0, 0.06)},
                p.layer_contacts);
            field(Field{"openness_gain", "0 to 1", 0, 1, "willingness to share that a leader gains from good meetings",
                        "001 line 640: mentality shift", 1, Use::swept, within(0.3, 0.7)},
                  p.openness_gain);
            field(Field{"openness_meetings", "meetings", 1, 24, "engaged meetings until a leader has gained it all",
                        "assumed: about a year of them", 0, Use::swept, within(1, 6)},
                  p.openness_meetings);
            field(Field{"online_visits", "times", 0, 1,
                        "visits of Lead Schools and coordinators from April 2020 to July 2021, against other times",
                        "assumed", 0, Use::swept, within(0.2, 1)},
                  p.online_visits);
            field(Field{"coordinator_visits", "visits per month", 0, 60, "establishments a coordinator sees in a month",
                        "assumed", 0, Use::swept, within(5, 20)},
                  p.coordinator_visits);
            field(Field{"coordinator_exposures", "exposures", 0, 8, "weight of a coordinator's visit", "assumed", 0,
                        Use::swept, within(0, 4)},
                  p.coordinator_exposures);
            field(Field{"visit_success", "chance", 0, 1, "a coordinator's visit helps", "S132, S133: 0.67 to 0.70", 2,
                        Use::fit, within(0.5, 0.8)},
                  p.visit_success);
            field(Field{"contacts_passed_on", "chance per contact", 0, 1, "a colleague passes on an employer",
                        "001 line 642; size assumed", 1, Use::swept, within(0, 0.3)},
                  p.contacts_passed_on);
        }
    };

    static bool acts(const Moment& now, const World& world, const Parameters&) {
        return !world.calendar.is_august(now.month);
    }
    struct Setting;  // this and the passes: share_practice_rows.h
    struct Passes;

    static void step(const Moment& now, World& world, const Parameters& p);

    /// Everyone establishment e learns from in this month, in the order of the model's text.
    static void gather(EstablishmentId e, const Moment& now, const World& world, const Parameters& p, Contacts& out);
};

}  // namespace hubs
