#pragma once
#include "analysis/results/page.h"

namespace hubs {

/// Adds the part of a report that a reader can play with: horizon, discount rate and worth, worked out on the yearly
/// totals of every plan; and, where the page can run the study itself, the assumptions that move the answer most.
/// Answers whether the page needs the engine.
bool add_live_section(Page& page);

/// Whether that part lets assumptions be moved, too.
bool can_move_assumptions(const Page& page);

/// The engine and what drives it, as elements of a page: some 0.8 MB, out of the workshop page.
std::string live_engine();

}  // namespace hubs
