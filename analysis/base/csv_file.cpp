#include "analysis/base/csv_file.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "analysis/base/files.h"

namespace hubs {
namespace {

constexpr std::size_t most_table_bytes = std::size_t{512} << 20;

void add_utf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) out += static_cast<char>(code);
    else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | code >> 18);
        out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

/// UTF-16 as UTF-8; halves of pairs that stand alone become U+FFFD.
std::string from_utf16(const std::string& bytes, std::size_t from, bool big_endian) {
    const auto unit = [&](std::size_t at) {
        const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<std::uint32_t>(big_endian ? a << 8 | b : b << 8 | a);
    };
    std::string out;
    for (std::size_t at = from; at + 1 < bytes.size(); at += 2) {
        std::uint32_t code = unit(at);
        if (code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 &&
            unit(at + 2) < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
            at += 2;
        } else if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
        add_utf8(out, code);
    }
    return out;
}

/// Text of letters in UTF-16 without a mark: every other byte of its beginning is NUL.
int utf16_without_mark(const std::string& bytes) {
    const std::size_t n = std::min<std::size_t>(bytes.size(), 200) / 2;
    if (n < 4) return -1;
    std::size_t first = 0, second = 0;
    for (std::size_t i = 0; i < n; ++i) {
        first += bytes[2 * i] == 0;
        second += bytes[2 * i + 1] == 0;
    }
    if (first == 0 && second * 10 >= n * 9) return 0;
    return second == 0 && first * 10 >= n * 9 ? 1 : -1;
}

/// The separator of the heading: what stands outside quotes, where no comma does.
char separator_of(const std::string& text) {
    std::array<std::size_t, 3> count{};
    constexpr std::string_view signs = ",;\t";
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (c == '\n' && !quoted) break;
        if (const auto at = signs.find(c); !quoted && at != std::string_view::npos) ++count[at];
    }
    if (count[0] > 0 || (count[1] == 0 && count[2] == 0)) return ',';
    return count[1] >= count[2] ? ';' : '\t';
}

}  // namespace

bool is_utf8(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t more = lead >= 0xF0 && lead < 0xF5   ? 3
                                 : lead >= 0xE0 && lead < 0xF0 ? 2
                                 : lead >= 0xC2 && lead < 0xE0 ? 1
                                                               : 0;
        if (more == 0 || i + more >= text.size()) return false;
        std::uint32_t code = lead & (0x3Fu >> more);
        for (std::size_t k = 1; k <= more; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0) != 0x80) return false;
            code = code << 6 | (next & 0x3Fu);
        }
        if ((more == 2 && code < 0x800) || (more == 3 && (code < 0x10000 || code > 0x10FFFF)) ||
            (code >= 0xD800 && code < 0xE000))
            return false;
        i += more + 1;
    }
    return true;
}

std::string from_windows_1252(const std::string& bytes) {
    static constexpr std::array<unsigned, 32> high{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                                   0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    std::string out;
    for (const char byte : bytes) {
        const auto b = static_cast<unsigned char>(byte);
        add_utf8(out, b >= 0x80 && b < 0xA0 ? high[b - 0x80u] : b);
    }
    return out;
}

CsvText recognise_csv(std::string bytes) {
    CsvText out;
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    const auto begins = [&](std::string_view mark) { return std::string_view(bytes).starts_with(mark); };
    if (begins("\xFF\xFE") || begins("\xFE\xFF") || utf16_without_mark(bytes) >= 0) {
        const bool mark = begins("\xFF\xFE") || begins("\xFE\xFF"),
                   big = mark ? begins("\xFE\xFF") : utf16_without_mark(bytes) == 1;
        out.text = from_utf16(bytes, mark ? 2 : 0, big);
        out.notes.push_back("encoded in UTF-16");
    } else if (is_utf8(bytes)) {
        const bool letters =
            std::any_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        if (letters) out.notes.push_back("encoded in UTF-8");
        out.text = std::move(bytes);
    } else {
        out.text = from_windows_1252(bytes);
        out.notes.push_back("not UTF-8, so read as Windows-1252");
    }
    if (out.text.find('\n') == std::string::npos && out.text.find('\r') != std::string::npos) {
        std::replace(out.text.begin(), out.text.end(), '\r', '\n');
        out.notes.push_back("line ends of old Macs (CR alone)");
    }
    out.separator = separator_of(out.text);
    if (out.separator != ',')
        out.notes.push_back(out.separator == ';' ? "semicolons between cells" : "tabs between cells");
    return out;
}

CsvText read_csv_file(const std::string& path) { return recognise_csv(read_input(path, most_table_bytes)); }

}  // namespace hubs
