#include "sim/run/messages.h"

#include <algorithm>

#include "sim/run/reader.h"

namespace hubs {
namespace {

/// The line, cut to what a terminal shows, and where its part begins.
std::string line_of(const std::string& text, int line) {
    std::size_t begin = 0;
    for (int n = 1; n < line; ++n) {
        begin = text.find('\n', begin);
        if (begin == std::string::npos) return "";
        ++begin;
    }
    std::string out = text.substr(begin, text.find('\n', begin) - begin);
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return out;
}

std::string one(const Problem& p, const std::string& text) {
    std::string out = p.file;
    if (p.line > 0) out += ":" + std::to_string(p.line) + ":" + std::to_string(p.column);
    out += ": " + p.headline + "\n";
    if (p.line > 0 && !text.empty()) {
        const std::string number = std::to_string(p.line);
        const std::string line = line_of(text, p.line);
        if (line.size() <= 160) {
            const std::string left(std::max<std::size_t>(5, number.size()) - number.size(), ' ');
            const auto room = std::max<int>(1, std::min<int>(p.length, static_cast<int>(line.size()) - p.column + 1));
            out += left + number + " | " + line + "\n" + std::string(std::max<std::size_t>(5, number.size()), ' ') + " | " +
                   std::string(static_cast<std::size_t>(p.column - 1), ' ') + std::string(static_cast<std::size_t>(room), '^');
            out += p.nearest.empty() ? "\n" : " did you mean \"" + p.nearest + "\"?\n";
        }
    }
    if (!p.expected.empty()) out += "  " + (p.path.empty() ? "" : p.path + ": ") + "expected " + p.expected + "\n";
    return out;
}

}  // namespace

std::string report_of(const Problems& problems, const std::string& text, const std::string& closing) {
    std::vector<Problem> sorted = problems;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Problem& a, const Problem& b) { return std::pair(a.line, a.column) < std::pair(b.line, b.column); });
    std::string out;
    for (std::size_t i = 0; i < sorted.size() && i < most_told; ++i) out += one(sorted[i], text);
    if (sorted.size() > most_told) out += "and " + std::to_string(sorted.size() - most_told) + " more\n";
    return out + std::to_string(sorted.size()) + (sorted.size() == 1 ? " problem. " : " problems. ") + closing + "\n";
}

}  // namespace hubs
