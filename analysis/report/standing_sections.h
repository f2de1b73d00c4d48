#pragma once
#include "analysis/results/page.h"

namespace hubs {

/// What every report ends with: how to run it again, the model in short, the assurance statement for people to fill in.
void add_standing_sections(Page& page);

}  // namespace hubs
