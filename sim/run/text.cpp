#include "sim/run/text.h"

#include <algorithm>
#include <cstdio>

namespace hubs {

Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    const std::uint32_t lead = byte(0);
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (more == 0 || text.size() <= more) return {lead, 1};
    std::uint32_t code = lead & (0x3Fu >> more);
    for (std::size_t i = 1; i <= more; ++i) code = code << 6 | (byte(i) & 0x3Fu);
    return {code, more + 1};
}

const char* trouble_with_character(std::uint32_t code) {
    const auto within = [code](std::uint32_t low, std::uint32_t high) { return code >= low && code <= high; };
    if (code < 0x20 || within(0x7F, 0x9F)) return "holds a control character";
    if (within(0x200E, 0x200F) || within(0x202A, 0x202E) || within(0x2066, 0x2069))
        return "holds a mark that turns the direction of text";
    if (code == 0xAD || within(0x200B, 0x200D) || within(0x2028, 0x2029) || code == 0x2060 || code == 0xFEFF)
        return "holds a character that is not seen";
    if (within(0x300, 0x36F)) return "holds an accent apart from its letter; write them as one character";
    return nullptr;
}

std::string printable(const std::string& text) {
    std::string out;
    each_character(text, [&](std::uint32_t code, std::string_view bytes) {
        if (out.size() > 200) return;
        const bool lone = bytes.size() == 1 && code >= 0x80;  // no UTF-8
        if (!lone && (trouble_with_character(code) == nullptr || (code >= 0x300 && code <= 0x36F))) out += bytes;
        else {
            char buffer[12];
            std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(code));
            out += buffer;
        }
        if (out.size() > 200) out += "…";
    });
    return out;
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& words) {
    std::string best;
    std::size_t fewest = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : words) {
        // Optimal string alignment: one edit inserts, drops, changes or swaps neighbours.
        const std::size_t n = word.size(), m = candidate.size();
        if (n > 200 || m > 200 || (n > m ? n - m : m - n) >= fewest) continue;  // that many edits at least
        std::vector<std::vector<std::size_t>> d(n + 1, std::vector<std::size_t>(m + 1));
        for (std::size_t i = 0; i <= n; ++i) d[i][0] = i;
        for (std::size_t j = 0; j <= m; ++j) d[0][j] = j;
        for (std::size_t i = 1; i <= n; ++i)
            for (std::size_t j = 1; j <= m; ++j) {
                d[i][j] =
                    std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (word[i - 1] != candidate[j - 1])});
                if (i > 1 && j > 1 && word[i - 1] == candidate[j - 2] && word[i - 2] == candidate[j - 1])
                    d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        if (d[n][m] < fewest) {
            fewest = d[n][m];
            best = candidate;
        }
    }
    return best;
}

std::string folder_of(const std::string& file) {
    const auto slash = file.rfind('/');
    return slash == std::string::npos ? "" : file.substr(0, slash + 1);
}

std::string beside(const std::string& file, const std::string& name) {
    return name.starts_with('/') ? name : folder_of(file) + name;
}

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> out(1);
    for (const char c : line)
        if (c == ',') out.emplace_back();
        else if (c != '\r') out.back() += c;
    return out;
}

}  // namespace hubs
