#pragma once
#include "sim/in_order.h"
#include "sim/process/account_costs.h"
#include "sim/process/complete_compass.h"
#include "sim/process/engage_employers.h"
#include "sim/process/hold_meetings.h"
#include "sim/process/improve_provision.h"
#include "sim/process/join_network.h"
#include "sim/process/lapse.h"
#include "sim/process/launch_hubs.h"
#include "sim/process/observe.h"
#include "sim/process/renew_ties.h"
#include "sim/process/seek_awards.h"
#include "sim/process/share_practice.h"
#include "sim/process/steer_hubs.h"
#include "sim/process/train_leaders.h"
#include "sim/process/turn_over_staff.h"

namespace hubs {

/// THE PAGE. One month of the model, in order.
using Schedule = InOrder<LaunchHubs,        // the plan's waves form hubs
                         JoinNetwork,       // others join the Enterprise Adviser Network
                         TurnOverStaff,     // leaders leave, and their know-how with them
                         SteerHubs,         // Hub Leads set targets, steering groups open doors
                         TrainLeaders,      // bursary places are taken up
                         EngageEmployers,   // employers are found, and share out what they can give
                         HoldMeetings,      // who hosts, who comes, who engages
                         SharePractice,     // contacts pass know-how
                         RenewTies,         // ties grow with contact and fade without it
                         ImproveProvision,  // hours turn know-how into provision
                         Lapse,             // provision is lost again
                         SeekAwards,        // an outside assessor gives quality awards
                         CompleteCompass,   // establishments report themselves
                         AccountCosts,      // what the month cost, by line
                         Observe>;          // what is seen of it

using Parameters = Schedule::Parameters;

}  // namespace hubs
