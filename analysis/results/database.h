#pragma once
#include <string>
#include <vector>

#include "analysis/base/table.h"

struct sqlite3;
struct sqlite3_stmt;

namespace hubs {

/// An SQLite file written once, table by table and row by row. Same rows, same bytes. Throws StorageError.
class DatabaseWriter {
public:
    explicit DatabaseWriter(const std::string& path);
    ~DatabaseWriter();
    DatabaseWriter(const DatabaseWriter&) = delete;
    DatabaseWriter& operator=(const DatabaseWriter&) = delete;

    void begin_table(const std::string& name, const std::vector<std::string>& columns);
    void row(const std::vector<Cell>& cells);  ///< of the table begun last; not-a-number is NULL
    void add(const Table& table);
    void run(const std::string& sql);
    void commit();

private:
    void check(int code);
    [[noreturn]] void fail();

    std::string path_;
    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

/// The study as one SQLite file with views. Throws StorageError.
void write_database(const std::string& path, const std::vector<Table>& tables);

/// The same tables as a workbook: notes first, then the sheet to choose on, then one table a sheet. Throws
/// StorageError.
struct ChoiceSheet;
void write_workbook(const std::string& path, const std::string& title, const std::vector<std::string>& notes,
                    const ChoiceSheet& choice, const std::vector<Table>& tables);

}  // namespace hubs
