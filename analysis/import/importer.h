#pragma once
#include <map>
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

/// What came of a register: the population, rows dropped by reason, and what is wrong.
struct Imported {
    PopulationFile population;
    std::size_t rows = 0;                                            ///< read, without the heading
    std::map<std::string, std::size_t> dropped;                      ///< out of scope, by reason
    std::map<std::string, std::size_t> unknown;                      ///< kept with a value missing, by column
    std::map<std::pair<std::string, std::string>, Altered> altered;  ///< by column and value
    std::vector<std::string> notes;  ///< how the file was read, where not as UTF-8 with commas
    Problems problems;               ///< if any, nothing may be written
};

/// The plain table: columns urn, type, region, area (or lep), easting, northing and pupils;
/// optional name, urban_rural, fsm_percent, ofsted, has_sixth_form, trust. Others are not read.
Imported import_plain_table(const CsvText& table, const std::string& file);

/// The official register. Only the columns named in docs/data.md are read;
/// names of head teachers and contact details never are. Areas are local authorities.
Imported import_register(const CsvText& table, const std::string& file);

/// Adds hub memberships (urn,hub,joined,left; months as 2018-09) to an import.
void add_memberships(const CsvText& table, const std::string& file, Imported& to);

/// The population file as JSON, one column of values a line.
std::string population_text(const Imported& imported, const std::string& source_name, const std::string& source_sha256);

}  // namespace hubs
