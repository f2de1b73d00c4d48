#pragma once
#include <string_view>

#include "sim/entity/passes.h"

namespace hubs {

/// Establishments gain and lose employers; employers share out what they can give. ODD 7.6.
///
///     an employer fills  min(1, capacity / load)  of what it is asked for; capacity grows by the year
///     load  = sum over its establishments of need / number of their employers
///     share of need met = alone + (1 - alone) * mean over employers of what they fill
///                         + encounters bought from a virtual wallet and the Central Hub Fund / need
///     providers      fill min(1, capacity / pupils of schools that want them); where more is asked, capacity
///                    follows by `provider_response` of the gap in a year
///
/// Need follows pupils: one encounter a year each (S140). Schools, employers and providers plan
/// by the term: links change when a term opens, and shares then and when closures begin or end.
struct EngageEmployers {
    static constexpr std::string_view name = "engage_employers";
    static constexpr std::array writes{std::string_view{"activity"},
                                       std::string_view{"areas.answered"},
                                       std::string_view{"areas.provision"},
                                       std::string_view{"employers.encounter_load"},
                                       std::string_view{"employers.place_load"},
                                       std::string_view{"establishments.encounters"},
                                       std::string_view{"establishments.link_count"},
                                       std::string_view{"establishments.links"},
                                       std::string_view{"establishments.offer"},
                                       std::string_view{"establishments.places"}};

    struct Parameters {
        double own_links_per_year = 0.5;
        double coordinator_contacts = 45;
        double introduction_success = 0.67;
        double adviser_links_per_year = 0.5;
        double links_lost_per_year = 0.2;
        double lost_with_leader = 0.3;
        double lost_with_coordinator = 0.1;
        double alone = 0.15;
        double encounters_per_pupil = 1;
        double places_per_pupil = 0.2;
        double cornerstone_capacity = 3;
        double capacity = 1;
        double alignment_gain = 0.3;
        double gbp_per_encounter = 15;
        double provider_capacity = 0.6;
        double guidance_capacity = 0.6;
        double provider_response = 0.1;
        double growth_per_year = 0.01;
        double closure_from = 2020.16;
        double closure_until = 2020.59;
        double closure_capacity = 0.2;
        double closure_online = 0.5;
        double disrupted_places = 0.5;
        static void describe(auto&& field, auto& p) {
            field(Field{"own_links_per_year", "employers per establishment per year", 0, 12,
                        "employers a school finds by itself", "assumed", 0, Use::swept, within(0.2, 2)},
                  p.own_links_per_year);
            field(Field{"coordinator_contacts", "introductions per coordinator per year", 0, 400,
                        "employers a coordinator introduces", "assumed", 0, Use::swept, within(15, 120)},
                  p.coordinator_contacts);
            field(Field{"introduction_success", "chance", 0, 1, "an introduction becomes a link", "S133", 2, Use::fit,
                        within(0.5, 0.8)},
                  p.introduction_success);
            field(Field{"adviser_links_per_year", "employers per adviser per year", 0, 12,
                        "employers an Enterprise Adviser brings", "assumed", 0, Use::swept, within(0, 2)},
                  p.adviser_links_per_year);
            field(Field{"links_lost_per_year", "share per year", 0, 0.375, "links that fall away", "assumed", 0,
                        Use::swept, within(0.1, 0.375)},
                  p.links_lost_per_year);
            field(Field{"lost_with_leader", "share", 0, 1, "links that go with a leaving Careers Leader", "assumed", 0,
                        Use::swept, within(0.1, 0.6)},
                  p.lost_with_leader);
            field(Field{"lost_with_coordinator", "share", 0, 1, "links that go with a leaving Enterprise Coordinator",
                        "assumed", 0, Use::swept, within(0, 0.3)},
                  p.lost_with_coordinator);
            field(Field{"alone", "share of need", 0, 1, "need a school meets without any employer linked", "assumed", 0,
                        Use::swept, within(0, 0.3)},
                  p.alone);
            field(Field{"encounters_per_pupil", "encounters per pupil per year", 0, 20, "need for employer encounters",
                        "S140: one a year; doubled in tests of saturation", 3, Use::input, within(0.5, 2)},
                  p.encounters_per_pupil);
            field(Field{"places_per_pupil", "places per pupil per year", 0, 5, "need for workplace places",
                        "benchmark 6: one by 16, one by 18, over about seven years, less what families find", 1,
                        Use::swept, within(0.1, 0.4)},
                  p.places_per_pupil);
            field(Field{"cornerstone_capacity", "times", 1, 20, "what a Cornerstone Employer gives, against its like",
                        "assumed", 0, Use::swept, within(1, 6)},
                  p.cornerstone_capacity);
            field(Field{"capacity", "times", 0, 20, "scale of every employer's capacity",
                        "assumed; 0.3 to 3, that is 5 to 40 contacts a school-year", 0, Use::swept, within(0.3, 3)},
                  p.capacity);
            field(Field{"alignment_gain", "share", 0, 2,
                        "more introductions and providers with a fully aligned steering group", "assumed", 0,
                        Use::swept, within(0, 0.6)},
                  p.alignment_gain);
            field(Field{"gbp_per_encounter", "GBP per pupil encounter", 0.5, 500,
                        "price of encounters bought from wallet or fund", "assumed; 5 to 40", 0, Use::swept},
                  p.gbp_per_encounter);
            field(Field{"provider_capacity", "share of pupils", 0, 5, "pupils a kind of provider can meet in a year",
                        "assumed", 0, Use::swept, within(0.3, 1)},
                  p.provider_capacity);
            field(Field{"guidance_capacity", "share of pupils", 0, 5,
                        "pupils careers advisers can see in the years they should", "assumed", 0, Use::swept,
                        within(0.3, 1)},
                  p.guidance_capacity);
            field(Field{"provider_response", "share of the gap per year", 0, 1,
                        "providers and careers advisers add to what they can give where more is asked of them",
                        "assumed", 0, Use::swept, within(0, 0.3)},
                  p.provider_response);
            field(Field{"growth_per_year", "per year since September 2018", 0, 0.5,
                        "growth of what employers, providers and advisers can give", "assumed; size fitted", 0,
                        Use::fit, within(0, 0.15)},
                  p.growth_per_year);
            field(Field{"closure_from", "decimal year", 2000, 2100, "schools close: the start of March 2020 is 2020.16",
                        "004", 4, Use::lever},
                  p.closure_from);
            field(
                Field{"closure_until", "decimal year", 2000, 2100,
                      "schools are closed until then: August 2020 is 2020.58, September 2020.67", "004", 4, Use::lever},
                p.closure_until);
            field(Field{"closure_capacity", "share", 0, 1,
                        "employers' capacity left while closed; 1 switches closures off", "model.md; assumed", 1,
                        Use::lever},
                  p.closure_capacity);
            field(Field{"closure_online", "share", 0, 1, "lost encounters that are held online",
                        "004: virtual work experience; size assumed", 1, Use::lever},
                  p.closure_online);
            field(Field{"disrupted_places", "times", 0, 1,
                        "workplace places from schools' opening again to July 2021, against other times",
                        "assumed; 004: work experience went online", 0, Use::swept, within(0.2, 1)},
                  p.disrupted_places);
        }
    };

    static bool acts(const Moment& now, const World& world, const Parameters& p);
    struct Setting;  // this and the passes: engage_employers_rows.h
    struct Passes;

    static void step(const Moment& now, World& world, const Parameters& p);
};

}  // namespace hubs
