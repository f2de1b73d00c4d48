#pragma once
#include <string>
#include <vector>

#include "analysis/results/table.h"

namespace hubs {

/// One SQLite file: a table for each table, views v_headline and v_dictionary. Throws StorageError.
void write_database(const std::string& path, const std::vector<Table>& tables);

/// One workbook: a notes sheet, then one table a sheet. Throws StorageError.
void write_workbook(const std::string& path, const std::string& title, const std::vector<std::string>& notes, const std::vector<const Table*>& tables);

}  // namespace hubs
