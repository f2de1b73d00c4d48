#include "analysis/base/csv_reader.h"

#include <stdexcept>

namespace hubs {

bool CsvReader::next(std::vector<std::string>& record) {
    constexpr std::size_t longest = 65536;
    record.clear();
    record_line_ = line_;
    std::string field;
    bool quoted = false, any = false;
    for (int c = in_.get(); c != std::char_traits<char>::eof(); c = in_.get()) {
        if (c == '\n') ++line_;
        if (field.size() > longest)
            throw std::runtime_error("line " + std::to_string(record_line_) +
                                     ": a field is longer than 65536 characters");
        if (quoted) {
            if (c != '"') field += static_cast<char>(c);
            else if (in_.peek() == '"') field += static_cast<char>(in_.get());
            else quoted = false;
        } else if (c == '"' && field.empty()) quoted = any = true;
        else if (c == separator_) {
            record.push_back(std::move(field));
            field.clear();
            any = true;
        } else if (c == '\n') {
            if (any || !field.empty()) {
                record.push_back(std::move(field));
                return true;
            }
            record_line_ = line_;
        } else if (c != '\r') field += static_cast<char>(c);
    }
    if (quoted) throw std::runtime_error("line " + std::to_string(record_line_) + ": a quote is not closed");
    if (!any && field.empty()) return false;
    record.push_back(std::move(field));
    return true;
}

}  // namespace hubs
