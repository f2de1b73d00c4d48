#pragma once
#include <istream>
#include <string>
#include <vector>

namespace hubs {

/// Reads CSV a record at a time (RFC 4180: quotes, embedded line ends), so that a file of
/// any length takes little memory. Fields over 64 KiB and unclosed quotes are errors.
class CsvReader {
public:
    explicit CsvReader(std::istream& in, char separator = ',') : in_(in), separator_(separator) {}
    /// False at the end. Throws std::runtime_error naming the line.
    bool next(std::vector<std::string>& record);
    std::size_t line() const { return record_line_; }  ///< on which the last record began

private:
    std::istream& in_;
    char separator_;
    std::size_t line_ = 1, record_line_ = 1;
};

}  // namespace hubs
