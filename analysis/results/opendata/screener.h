#pragma once
#include <string>
#include <vector>

namespace hubs {

/// Screens an open-data pair (data and metadata) by the rules of the Department's open data standard
/// for Explore Education Statistics. One line a fault, in order of file and row; empty if it may be published.
/// `name` is the data file's name; `data` and `meta` are the bytes.
std::vector<std::string> screen_open_data(const std::string& name, const std::string& data, const std::string& meta);

}  // namespace hubs
