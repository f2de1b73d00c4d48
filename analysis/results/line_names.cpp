// What lines of cost and kinds of activity are called, by their order.
#include "analysis/results/tables.h"

namespace hubs {

const std::array<const char*, cost_line_count> cost_line_names{"hub_lead",    "hub_coordinators", "network_coordinators", "hub_fund",    "wallet",
                                                               "grant",       "training",         "lead_allowance",       "cornerstone", "release_days",
                                                               "leader_time", "peer_review"};
const std::array<const char*, cost_line_count> cost_line_labels{"Hub Leads",
                                                                "Enterprise Coordinators in hubs",
                                                                "Enterprise Coordinators outside hubs",
                                                                "Central Hub Fund",
                                                                "Virtual wallets",
                                                                "Grants",
                                                                "Careers Leader training",
                                                                "Lead School allowance",
                                                                "Cornerstone Employers",
                                                                "Lead School release days",
                                                                "Careers Leaders' time at meetings",
                                                                "Peer reviews"};
const std::array<const char*, cost_line_count> cost_line_payers{"programme",
                                                                "programme and local partners",
                                                                "programme and local partners",
                                                                "programme",
                                                                "programme",
                                                                "programme",
                                                                "programme",
                                                                "programme",
                                                                "programme",
                                                                "schools",
                                                                "schools",
                                                                "schools"};
const std::array<const char*, activity_count> activity_names{"meetings",          "attendances",     "engaged",      "contacts",     "lead_visits",
                                                             "items_learnt",      "items_finished",  "items_lapsed", "leaders_left", "know_how_lost",
                                                             "trainings_started", "trainings_ended", "links_made",   "returns",      "joined"};

}  // namespace hubs
