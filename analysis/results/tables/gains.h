#pragma once
#include "analysis/results/page.h"
#include "analysis/results/tables/attainment.h"

namespace hubs {

/// Gains of a plan in benchmarks truly achieved, by groups of a grouping, at the last month they are observed.
std::vector<const Differences::Row*> gains(const Page& page, const std::string& plan, Grouping grouping);

/// The month of such gains in words; empty where there are none.
std::string last_date(const std::vector<const Differences::Row*>& rows);

/// Gain by area as a map: outlines filled by gain where all areas have one, else circles at their middles.
void chart_map(Page& page, const std::string& plan);

}  // namespace hubs
