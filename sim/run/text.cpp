#include "sim/run/text.h"

#include <algorithm>
#include <cstdio>

namespace hubs {

std::string printable(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = [&](std::size_t k) { return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u; };
        if (byte(0) == 0xE2 && ((byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xAA && byte(2) <= 0xAE))) ||
                                (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9))) {  // marks that turn the direction of text
            char buffer[8];
            std::snprintf(buffer, sizeof buffer, "\\u%04x", 0x2000u | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu));
            out += buffer;
            i += 2;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            char buffer[8];
            std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += buffer;
        } else out += c;
        if (out.size() > 200) return out + "…";
    }
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
                d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (word[i - 1] != candidate[j - 1])});
                if (i > 1 && j > 1 && word[i - 1] == candidate[j - 2] && word[i - 2] == candidate[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
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

std::string beside(const std::string& file, const std::string& name) { return name.starts_with('/') ? name : folder_of(file) + name; }

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> out(1);
    for (const char c : line)
        if (c == ',') out.emplace_back();
        else if (c != '\r') out.back() += c;
    return out;
}

}  // namespace hubs
