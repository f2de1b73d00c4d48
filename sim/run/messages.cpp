#include "sim/run/messages.h"

#include <algorithm>

#include "sim/run/reader.h"

namespace hubs {
namespace {

/// A line of a file as a terminal may show it: nothing in it moves the cursor or turns text round.
std::string line_of(const std::string& text, int line) {
    std::size_t begin = 0;
    for (int n = 1; n < line; ++n) {
        begin = text.find('\n', begin);
        if (begin == std::string::npos) return "";
        ++begin;
    }
    std::string out;
    each_character(std::string_view(text).substr(begin, text.find('\n', begin) - begin), [&](std::uint32_t code,
                                                                                             std::string_view bytes) {
        if (trouble_with_character(code) == nullptr) out += bytes;
        else
            out.append(bytes.size(),
                       code < 0x20 ? ' ' : '?');  // as many columns as bytes: the mark below stays in place
    });
    return out;
}

std::string one(const Problem& p, const std::string& text) {
    std::string out = p.file;
    if (p.line > 0) out += ":" + std::to_string(p.line) + ":" + std::to_string(p.column);
    out += ": " + p.headline + "\n";
    bool told_nearest = p.nearest.empty();
    if (p.line > 0 && !text.empty()) {
        const std::string number = std::to_string(p.line);
        const std::string line = line_of(text, p.line);
        if (line.size() <= 160) {
            const std::string left(std::max<std::size_t>(5, number.size()) - number.size(), ' ');
            const auto room = std::max<int>(1, std::min<int>(p.length, static_cast<int>(line.size()) - p.column + 1));
            out += left + number + " | " + line + "\n" + std::string(std::max<std::size_t>(5, number.size()), ' ') +
                   " | " + std::string(static_cast<std::size_t>(p.column - 1), ' ') +
                   std::string(static_cast<std::size_t>(room), '^');
            out += p.nearest.empty() ? "\n" : " did you mean \"" + p.nearest + "\"?\n";
            told_nearest = true;
        }
    }
    if (!p.expected.empty())
        out += "  " + (p.path.empty() ? "" : p.path + ": ") + "expected " + p.expected +
               (told_nearest ? "" : "; did you mean \"" + p.nearest + "\"?") + "\n";
    return out;
}

}  // namespace

std::string report_of(const Problems& problems, const std::string& text, const std::string& closing) {
    std::vector<Problem> sorted = problems;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    std::string out;
    for (std::size_t i = 0; i < sorted.size() && i < most_told; ++i) out += one(sorted[i], text);
    if (sorted.size() > most_told) out += "and " + std::to_string(sorted.size() - most_told) + " more\n";
    return out + std::to_string(sorted.size()) + (sorted.size() == 1 ? " problem. " : " problems. ") + closing + "\n";
}

}  // namespace hubs
