#pragma once
#include <string>
#include <vector>

namespace hubs {

/// A scenario's text with settings of the command line in it, each "path=value": a setting of the scenario
/// ("months=24", "decision/rule=most"), a parameter ("share_practice.talks_per_meeting=2") or a lever of one or all
/// plans
/// ("plans/wave 1/hub_size=20", "plans/*/buddies=false"), as sweeps name them. Values are JSON, or else words. Whether
/// a setting is known and its value allowed is told by whoever reads the text. Later settings win. Throws InputError
/// for what is no path=value and for plans that are not there; `text` must be JSON.
std::string with_settings(const std::string& text, const std::vector<std::string>& settings);

}  // namespace hubs
