#include "analysis/page/wording.h"

#include <cmath>
#include <cstdio>

namespace hubs {

std::string fixed(double value, int decimals) {
    if (!std::isfinite(value)) return "–";
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, std::fabs(value));
    std::string digits = buffer;
    bool zero = digits.find_first_of("123456789") == std::string::npos;
    auto point = digits.find('.');
    if (point == std::string::npos) point = digits.size();
    for (int at = static_cast<int>(point) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return (value < 0 && !zero ? "−" : "") + digits;
}

std::string month_in_words(const std::string& date) {
    static const char* const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    if (date.size() != 7) return date;
    const int month = (date[5] - '0') * 10 + (date[6] - '0');
    return month >= 1 && month <= 12 ? std::string(names[month - 1]) + " " + date.substr(0, 4) : date;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (c == '\'') out += "&#39;";
        else if (c < 0x20 && c != '\n' && c != '\t') out += "\xEF\xBF\xBD";
        else if (c == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80 &&
                 ((static_cast<unsigned char>(text[i + 2]) >= 0xAA &&
                   static_cast<unsigned char>(text[i + 2]) <= 0xAE) ||
                  static_cast<unsigned char>(text[i + 2]) == 0x8E || static_cast<unsigned char>(text[i + 2]) == 0x8F)) {
            out += "\xEF\xBF\xBD";  // marks that turn the direction of text
            i += 2;
        } else out += text[i];
    }
    return out;
}

std::string pounds(double gbp) {
    if (!std::isfinite(gbp)) return "–";
    const std::string sign = gbp < 0 ? "−" : "";
    const double size = std::fabs(gbp);
    if (size >= 1e6) return sign + "£" + fixed(size / 1e6, 1) + " million";
    return sign + "£" + fixed(size, 0);
}

}  // namespace hubs
