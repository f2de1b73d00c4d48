#include "analysis/study/import/cells.h"

#include <algorithm>

#include "sim/run/names.h"

namespace hubs {
namespace {

/// Small letters, without blanks at the ends; "_" is a blank.
std::string plain_word(const std::string& cell) {
    std::string out;
    for (const char c : cell) out += c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
    const auto first = out.find_first_not_of(' ');
    return first == std::string::npos ? "" : out.substr(first, out.find_last_not_of(' ') - first + 1);
}

bool is_one_of(const std::string& word, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return word == w; });
}

/// Words for a value that is not known.
bool says_nothing(const std::string& word) {
    return is_one_of(word, {"", "na", "n/a", "-", "unknown", "not applicable", "not known", "none", "not yet inspected",
                            "no data", "null"});
}

}  // namespace

NameIndex::NameIndex(std::vector<std::string>& names) : names_(names) {
    for (std::size_t i = 0; i < names.size(); ++i) place_.emplace(names[i], static_cast<std::uint32_t>(i));
}

std::uint32_t NameIndex::of(const std::string& name) {
    const auto [at, fresh] = place_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(name);
    return at->second;
}

void CellReader::altered(const std::string& column, const std::string& value, std::string taken_as) {
    Altered& a = out_.altered[{column, value}];
    if (a.count++ > 0) return;
    a.line = sheet_.line();
    a.taken_as = std::move(taken_as);
}

Ofsted CellReader::grade(const std::string& column) {
    const std::string word = plain_word(sheet_[column]);
    if (word == "outstanding") return Ofsted::outstanding;
    if (word == "good") return Ofsted::good;
    if (word == "requires improvement" || word == "satisfactory") return Ofsted::requires_improvement;
    if (is_one_of(word, {"inadequate", "special measures", "serious weaknesses"})) return Ofsted::inadequate;
    if (says_nothing(word) || word == "insufficient evidence") ++out_.unknown[column];
    else altered(column, sheet_[column], "unknown");
    return Ofsted::unknown;
}

bool CellReader::yes(const std::string& column) {
    const std::string word = plain_word(sheet_[column]);
    if (is_one_of(word, {"1", "true", "yes", "y", "t", "has a sixth form"})) return true;
    if (is_one_of(word, {"0", "false", "no", "n", "f", "does not have a sixth form"})) return false;
    if (says_nothing(word)) ++out_.unknown[column];
    else altered(column, sheet_[column], "no");
    return false;
}

bool CellReader::rural(const std::string& column) {
    const std::string word = plain_word(sheet_[column]);
    if (word.find("rural") != std::string::npos) return true;
    if (word.find("urban") != std::string::npos) return false;
    if (says_nothing(word)) ++out_.unknown[column];
    else altered(column, sheet_[column], "urban");
    return false;
}

std::string CellReader::label(const std::string& column) {
    const std::string& cell = sheet_[column];
    if (trouble_with_label(cell).empty() || cell.empty()) return cell;
    std::string cleaned = cleaned_label(cell);
    if (cleaned.empty()) cleaned = "unnamed";
    altered(column, cell, "\"" + cleaned + "\"");
    return cleaned;
}

void CellReader::figures(EstablishmentRow& row, const char* easting, const char* northing, const char* pupils,
                         const char* fsm) {
    const auto e = sheet_.number(easting, 0, 700000, true), n = sheet_.number(northing, 0, 1300000, true);
    if (e && n && (*e > 0 || *n > 0)) {
        row.easting = static_cast<std::int32_t>(*e);
        row.northing = static_cast<std::int32_t>(*n);
    } else ++out_.unknown["coordinates"];
    if (const auto count = sheet_.number(pupils, 0, 100000, true)) row.pupils = static_cast<std::uint32_t>(*count);
    else ++out_.unknown["pupils"];
    fsm_column_ = fsm;
    const auto percent = sheet_.number(fsm, 0, 100, false);
    if (!percent) {
        ++out_.unknown["fsm_percent"];
        return;
    }
    row.fsm_percent = *percent;
    largest_fsm_ = std::max(largest_fsm_, *percent);
    if (*percent > 0 && *percent < 1 && line_of_share_ == 0) {
        line_of_share_ = sheet_.line();
        share_ = sheet_[fsm];
    }
}

void CellReader::check_shares() {
    if (line_of_share_ == 0 || largest_fsm_ > 1) return;
    Problem p;
    p.file = file_;
    p.line = static_cast<int>(line_of_share_);
    p.column = 1;
    p.headline = "column \"" + fsm_column_ + "\" holds shares, as " + share_ + ", and nothing above 1";
    p.path = fsm_column_;
    p.expected = "percentages from 0 to 100, as 20";
    out_.problems.push_back(p);
}

}  // namespace hubs
