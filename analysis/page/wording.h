#pragma once
#include <string>

namespace hubs {

std::string fixed(double value, int decimals);        ///< 1,234.50 with thousands; "–" if not known
std::string month_in_words(const std::string& date);  ///< 2019-07 → July 2019
std::string escaped(
    const std::string& text);    ///< for HTML text and attributes; control and direction marks made visible
std::string pounds(double gbp);  ///< £1.2 million, £12,300

}  // namespace hubs
