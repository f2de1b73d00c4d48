#include <algorithm>
#include <set>

#include "analysis/base/table.h"
#include "analysis/study/import/importer.h"
#include "analysis/base/sheet.h"
#include "sim/run/names.h"
#include "sim/run/text.h"

namespace hubs {
namespace {

/// 2018-09, 2018-09-01 or 01/09/2018: the month is used.
bool read_month(const std::string& text, int& year, int& month) {
    const auto digits = [&](std::size_t from, std::size_t count) {
        return text.size() >= from + count && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                                                          text.begin() + static_cast<std::ptrdiff_t>(from + count),
                                                          [](char c) { return c >= '0' && c <= '9'; });
    };
    const auto day = [&](std::size_t at) {
        return digits(at, 2) && std::stoi(text.substr(at, 2)) >= 1 && std::stoi(text.substr(at, 2)) <= 31;
    };
    if (text.size() == 10 && text[4] == '-' && text[7] == '-' && day(8))
        return read_year_month(text.substr(0, 7), year, month);
    const bool british = text.size() == 10 && (text[2] == '/' || text[2] == '-') && text[5] == text[2];
    if (british && day(0)) return read_year_month(text.substr(6) + "-" + text.substr(3, 2), year, month);
    return read_year_month(text, year, month);
}

using Month = std::pair<int, int>;
Month joined(const Membership& m) { return {m.joined_year, m.joined_month}; }
Month left(const Membership& m) { return m.left_year > 0 ? Month{m.left_year, m.left_month} : Month{9999, 12}; }

struct Spell {
    Membership membership;
    std::size_t line = 0;
    std::uint32_t read_as = 0;  ///< the URN in the list
};

class MembershipReader {
public:
    MembershipReader(const CsvText& table, const std::string& file, Imported& to, const Successors& successors)
        : file_(file), to_(to), successors_(successors),
          sheet_(table, file, {"urn", "hub", "joined"}, {"urn", "hub", "joined", "left"}, problems_) {
        for (const EstablishmentRow& row : to.population.input.rows) names_[row.address] = row.name;
        for (const RowOutcome& row : to.account)
            if (row.outcome != "kept") why_[row.urn] = {row.name, row.outcome};
    }

    void read() {
        while (sheet_.next()) {
            ++to_.memberships.rows;
            read_row();
        }
        for (auto& [urn, spells] : spells_) settle(urn, spells);
        for (const auto& [urn, spells] : spells_)
            for (const Spell& spell : spells) to_.population.memberships.push_back(spell.membership);
        to_.memberships.kept = to_.population.memberships.size();
        to_.problems.insert(to_.problems.end(), problems_.begin(), problems_.end());
    }

private:
    /// The establishments a row is about: itself, or those kept that came after it.
    std::set<std::uint32_t> present(std::uint32_t urn) const {
        if (names_.count(urn) != 0) return {urn};
        std::set<std::uint32_t> seen{urn}, out;
        std::vector<std::uint32_t> open{urn};
        while (!open.empty()) {
            const auto next = successors_.find(open.back());
            open.pop_back();
            if (next == successors_.end()) continue;
            for (const std::uint32_t one : next->second) {
                if (!seen.insert(one).second) continue;
                if (names_.count(one) != 0) out.insert(one);
                else open.push_back(one);
            }
        }
        return out;
    }

    void account(const std::string& name, const std::string& outcome) {
        to_.account.push_back({file_, sheet_.line(), sheet_["urn"], name, outcome});
    }

    void read_row() {
        Spell spell;
        const auto urn = sheet_.number("urn", 1, 2147483647, true);
        if (!urn) {
            if (sheet_["urn"].empty()) sheet_.problem("urn", "no URN", "a whole number");
            return;
        }
        spell.line = sheet_.line();
        spell.read_as = static_cast<std::uint32_t>(*urn);
        Membership& m = spell.membership;
        const auto now = present(spell.read_as);
        m.hub = cleaned_label(sheet_["hub"]);
        if (m.hub.empty()) sheet_.problem("hub", "no hub", "the name of a hub");
        if (!read_months(m) || m.hub.empty()) return;
        if (now.size() != 1) return drop(spell.read_as, now);
        m.address = *now.begin();
        const std::string& name = names_.at(m.address);
        if (m.address != spell.read_as) {
            ++to_.memberships.changed["moved to the establishment that came after"];
            account(name, "moved to " + std::to_string(m.address) + ", which came after it");
        } else account(name, "kept");
        spells_[m.address].push_back(std::move(spell));
    }

    bool read_months(Membership& m) {
        bool sound = true;
        const auto problem = [&](const char* column, const std::string& headline, const std::string& expected) {
            sheet_.problem(column, headline, expected);
            sound = false;
        };
        const std::string expected = "a month as 2018-09, or a day as 2018-09-01 or 01/09/2018";
        if (!read_month(sheet_["joined"], m.joined_year, m.joined_month))
            problem("joined", "\"" + printable(sheet_["joined"]) + "\" is not a month", expected);
        if (!sheet_["left"].empty() && !read_month(sheet_["left"], m.left_year, m.left_month))
            problem("left", "\"" + printable(sheet_["left"]) + "\" is not a month", expected + ", or nothing");
        if (m.left_year > 0 && m.joined_year > 0 && left(m) <= joined(m))
            problem("left", "left in " + sheet_["left"] + ", not after joining in " + sheet_["joined"],
                    "a later month, or nothing");
        return sound;
    }

    void drop(std::uint32_t urn, const std::set<std::uint32_t>& several) {
        const auto why = why_.find(std::to_string(urn));
        std::string reason = why == why_.end() ? "not in the register" : why->second.second;
        if (!several.empty()) {
            reason = "split into";
            for (const std::uint32_t one : several)
                reason += (one == *several.begin() ? " " : " and ") + std::to_string(one);
        }
        ++to_.memberships.dropped[reason];
        account(why == why_.end() ? "" : why->second.first, reason);
    }

    /// Spells of one establishment in order. What a successor took over may overlap in the same hub: that is one spell.
    void settle(std::uint32_t urn, std::vector<Spell>& spells) {
        std::stable_sort(spells.begin(), spells.end(),
                         [](const Spell& a, const Spell& b) { return joined(a.membership) < joined(b.membership); });
        std::vector<Spell> out;
        for (Spell& next : spells) {
            if (out.empty() || joined(next.membership) >= left(out.back().membership)) {
                out.push_back(next);
                continue;
            }
            Spell& last = out.back();
            const bool merged = last.read_as != next.read_as && last.membership.hub == next.membership.hub;
            if (!merged) {
                overlap(urn, last, next);
                continue;
            }
            ++to_.memberships.changed["joined into one spell of an establishment made of several"];
            if (left(next.membership) > left(last.membership)) {
                last.membership.left_year = next.membership.left_year;
                last.membership.left_month = next.membership.left_month;
            }
        }
        spells = std::move(out);
    }

    void overlap(std::uint32_t urn, const Spell& first, const Spell& second) {
        const auto taken_for = [&](const Spell& spell) {
            return spell.read_as == urn ? "" : ", " + std::to_string(spell.read_as) + " there";
        };
        Problem p;
        p.file = file_;
        p.line = static_cast<int>(std::max(first.line, second.line));
        p.column = 1;
        if (first.membership.hub == second.membership.hub && joined(first.membership) == joined(second.membership) &&
            left(first.membership) == left(second.membership))
            p.headline = "URN " + std::to_string(urn) + " is given twice (line " +
                         std::to_string(std::min(first.line, second.line)) + ")";
        else
            p.headline = "URN " + std::to_string(urn) + " is a member of \"" + second.membership.hub +
                         "\" while still of \"" + first.membership.hub + "\" (line " +
                         std::to_string(std::min(first.line, second.line)) +
                         taken_for(first.line < second.line ? first : second) + ")" +
                         (second.read_as == urn ? "" : "; it is where " + std::to_string(second.read_as) + " leads");
        p.path = "joined";
        p.expected = "spells that do not overlap";
        problems_.push_back(std::move(p));
    }

    const std::string file_;
    Imported& to_;
    const Successors& successors_;
    Problems problems_;
    Sheet sheet_;
    std::map<std::uint32_t, std::string> names_;                      ///< of those kept
    std::map<std::string, std::pair<std::string, std::string>> why_;  ///< name and reason of those dropped, by URN
    std::map<std::uint32_t, std::vector<Spell>> spells_;
};

}  // namespace

Successors read_links(const CsvText& table, const std::string& file, Problems& problems) {
    Successors out;
    Sheet sheet(table, file, {"URN", "LinkURN", "LinkType"}, {"URN", "LinkURN", "LinkType"}, problems);
    while (sheet.next()) {
        const auto urn = sheet.number("URN", 1, 2147483647, true), other = sheet.number("LinkURN", 1, 2147483647, true);
        if (!urn || !other || *urn == *other) continue;
        const std::string& type = sheet["LinkType"];
        if (type.starts_with("Successor"))
            out[static_cast<std::uint32_t>(*urn)].insert(static_cast<std::uint32_t>(*other));
        else if (type.starts_with("Predecessor"))
            out[static_cast<std::uint32_t>(*other)].insert(static_cast<std::uint32_t>(*urn));
    }
    return out;
}

void add_memberships(const CsvText& table, const std::string& file, Imported& to, const Successors& successors) {
    MembershipReader(table, file, to, successors).read();
}

std::string account_text(const Imported& imported) {
    std::string out = "file,line,urn,name,outcome\n";
    for (const RowOutcome& row : imported.account)
        out += csv_cell(row.file) + "," + std::to_string(row.line) + "," + csv_cell(row.urn) + "," +
               csv_cell(cleaned_label(row.name)) + "," + csv_cell(row.outcome) + "\n";
    return out;
}

}  // namespace hubs
