#pragma once
#include <string>

namespace hubs {

/// Writes the quality-assurance pack of a results folder into a folder of its own: the artefacts of the AQuA Book that
/// a program can fill, with marked blanks for what people must. Throws as read_results.
void write_qa_pack(const std::string& results, const std::string& place, bool force = false);

}  // namespace hubs
