#include "sim/run/names.h"

#include <cstdint>

#include "sim/run/text.h"

namespace hubs {
namespace {

constexpr std::size_t longest_label = 200, longest_name = 100;
constexpr std::string_view formula_signs = "=+-@";

bool is_blank(std::uint32_t code) { return code == ' ' || code == 0xA0; }

std::uint32_t lower(std::uint32_t code) {
    if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7)) return code + 0x20;
    return code;
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string trouble_with_label(std::string_view label) {
    if (label.empty()) return "is empty";
    if (label.size() > longest_label) return "is " + std::to_string(label.size()) + " bytes long";
    const char* found = nullptr;
    std::uint32_t first = 0, last = 0;
    bool begun = false;
    each_character(label, [&](std::uint32_t code, std::string_view) {
        if (found == nullptr) found = trouble_with_character(code);
        if (!begun) first = code;
        begun = true;
        last = code;
    });
    if (found != nullptr) return found;
    if (is_blank(first) || is_blank(last)) return "begins or ends with a blank";
    if (formula_signs.find(label.front()) != std::string_view::npos)
        return "would be taken for a formula by a spreadsheet";
    return "";
}

std::string trouble_with_name(std::string_view name) {
    if (std::string found = trouble_with_label(name); !found.empty()) return found;
    if (name.size() > longest_name) return "is " + std::to_string(name.size()) + " bytes long";
    if (!is_letter_or_digit(name.front())) return "does not begin with a letter or digit";
    for (const char c : name)
        if (!is_letter_or_digit(c) && std::string_view(" .-_").find(c) == std::string_view::npos)
            return "holds a character that not every folder's name may hold";
    if (name.back() == '.') return "ends with a full stop";
    std::string stem(name.substr(0, name.find('.')));
    for (char& c : stem) c = static_cast<char>(lower(static_cast<unsigned char>(c)));
    for (const std::string_view reserved : {"con", "prn", "aux", "nul"})
        if (stem == reserved) return "is kept for a device by Windows";
    if (stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9')
        return "is kept for a device by Windows";
    return "";
}

bool look_alike(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        const Character x = first_character(a), y = first_character(b);
        if (lower(x.code) != lower(y.code)) return false;
        a.remove_prefix(x.bytes);
        b.remove_prefix(y.bytes);
    }
    return a.empty() && b.empty();
}

std::string cleaned_label(std::string_view label) {
    std::string out;
    bool blank = false, full = false;
    each_character(label, [&](std::uint32_t code, std::string_view bytes) {
        if (is_blank(code) || code == '\t' || code == '\n' || code == '\r') blank = true;
        else if (trouble_with_character(code) == nullptr &&
                 !(out.empty() && bytes.size() == 1 && formula_signs.find(bytes.front()) != std::string_view::npos)) {
            const std::string next = (blank && !out.empty() ? " " : "") + std::string(bytes);
            blank = false;
            full = full || out.size() + next.size() > longest_label;
            if (!full) out += next;
        }
    });
    return out;
}

}  // namespace hubs
