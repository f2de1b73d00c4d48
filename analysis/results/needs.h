#pragma once
#include "sim/run/ensemble.h"

namespace hubs {

/// What a run will take with its tables and pages, before anything is allocated. Many plans make few runs but long
/// tables.
Needs needs_with_tables(const Study& study, unsigned threads);

}  // namespace hubs
