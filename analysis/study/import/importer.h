#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analysis/base/csv_file.h"
#include "sim/base/problem.h"
#include "sim/run/study.h"

namespace hubs {

/// A value of a table that was taken as something else, how often, and where first.
struct Altered {
    std::size_t count = 0, line = 0;
    std::string taken_as;
};

/// What became of one row that was read.
struct RowOutcome {
    std::string file;
    std::size_t line = 0;
    std::string urn, name;  ///< as read
    std::string outcome;    ///< "kept", or why not
};

/// What came of a list of hub memberships.
struct MembershipCounts {
    std::size_t rows = 0, kept = 0;
    std::map<std::string, std::size_t> dropped;  ///< by reason
    std::map<std::string, std::size_t> changed;  ///< kept otherwise than read, by what was done
};

/// What came of a register: the population, rows dropped by reason, and what is wrong.
struct Imported {
    PopulationFile population;
    std::size_t rows = 0;                                            ///< read, without the heading
    std::map<std::string, std::size_t> dropped;                      ///< out of scope, by reason
    std::map<std::string, std::size_t> unknown;                      ///< kept with a value missing, by column
    std::map<std::pair<std::string, std::string>, Altered> altered;  ///< by column and value
    MembershipCounts memberships;
    std::vector<RowOutcome> account;  ///< every row of the register, then of the list of memberships
    std::vector<std::string> unused;  ///< columns of a plain table that are not looked at
    std::vector<std::string> notes;   ///< how the file was read, where not as UTF-8 with commas
    Problems problems;                ///< if any, nothing may be written
};

/// The plain table: columns urn, type, region, area (or lep), easting, northing and pupils;
/// optional name, urban_rural, fsm_percent, ofsted, has_sixth_form, trust. Others are not read.
Imported import_plain_table(const CsvText& table, const std::string& file);

/// The official register. Only the columns named in docs/data.md are read;
/// names of head teachers and contact details never are. Areas are local authorities.
Imported import_register(const CsvText& table, const std::string& file);

/// Which establishments came after which, by URN: links of the official register (URN, LinkURN, LinkType).
using Successors = std::map<std::uint32_t, std::set<std::uint32_t>>;
Successors read_links(const CsvText& table, const std::string& file, Problems& problems);

/// Adds hub memberships (urn,hub,joined,left; months as 2018-09, or days of them) to an import. An establishment may
/// have several spells that do not overlap. A spell of one that closed goes to its successor, if `successors` lead to
/// one that was kept, and to one only; spells in one hub that then overlap become one.
void add_memberships(const CsvText& table, const std::string& file, Imported& to, const Successors& successors = {});

/// CSV of every row read and what became of it.
std::string account_text(const Imported& imported);

/// The population file as JSON, one column of values a line.
std::string population_text(const Imported& imported, const std::string& source_name, const std::string& source_sha256);

}  // namespace hubs
