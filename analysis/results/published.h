#pragma once
#include "analysis/results/study_tables.h"
#include "sim/run/study.h"

namespace hubs {

/// What a scenario asks to be shown beside published figures and the results will not hold: unknown targets,
/// groupings, groups and measures, months that are not observed. Known before anything is run.
Problems check_published(const Study& study);

/// Published figures beside predictions, furthest apart first: target, quantity, published
/// value and standard error, predicted mean and 95 % range of runs, distance in standard
/// errors (of the published figure and of the runs together). The prediction is left empty where
/// the group turned out to have nobody in it, or too few to be shown.
Table published_table(const std::vector<Published>& wanted, const StudyTables& tables);

}  // namespace hubs
