#include "analysis/results/database.h"

#include <sqlite3.h>
#include <xlsxwriter.h>

#include <cmath>
#include <memory>

#include "analysis/results/folder.h"

namespace hubs {
namespace {

class Database {
public:
    explicit Database(const std::string& path) : path_(path) {
        check(sqlite3_open(path.c_str(), &db_));
        run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096; BEGIN");
    }
    ~Database() { sqlite3_close(db_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void run(const std::string& sql) { check(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr)); }
    void insert(const Table& t) {
        std::string marks;
        for (std::size_t c = 0; c < t.columns.size(); ++c) marks += c == 0 ? "?" : ",?";
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(db_, ("INSERT INTO " + t.name + " VALUES (" + marks + ")").c_str(), -1, &statement, nullptr));
        const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, sqlite3_finalize);
        for (const auto& row : t.rows) {
            for (std::size_t c = 0; c < row.size(); ++c) bind(statement, static_cast<int>(c + 1), row[c]);
            if (sqlite3_step(statement) != SQLITE_DONE) fail();
            sqlite3_reset(statement);
        }
    }

private:
    void bind(sqlite3_stmt* s, int at, const Cell& cell) {
        if (const auto* text = std::get_if<std::string>(&cell)) check(sqlite3_bind_text(s, at, text->c_str(), -1, SQLITE_TRANSIENT));
        else if (const auto* whole = std::get_if<std::int64_t>(&cell)) check(sqlite3_bind_int64(s, at, *whole));
        else if (std::isnan(std::get<double>(cell))) check(sqlite3_bind_null(s, at));
        else check(sqlite3_bind_double(s, at, std::get<double>(cell)));
    }
    void check(int code) {
        if (code != SQLITE_OK) fail();
    }
    [[noreturn]] void fail() { throw StorageError(path_ + ": cannot be written: " + sqlite3_errmsg(db_)); }

    std::string path_;
    sqlite3* db_ = nullptr;
};

}  // namespace

void write_database(const std::string& path, const std::vector<Table>& tables) {
    Database db(path);
    for (const Table& t : tables) {
        std::string columns;
        for (const TableColumn& c : t.columns) columns += (columns.empty() ? "\"" : ",\"") + c.name + "\"";
        db.run("CREATE TABLE " + t.name + " (" + columns + ")");
        db.insert(t);
    }
    db.run("CREATE VIEW v_headline AS SELECT * FROM headline; CREATE VIEW v_dictionary AS SELECT * FROM dictionary; COMMIT");
}

void write_workbook(const std::string& path, const std::string& title, const std::vector<std::string>& notes, const std::vector<const Table*>& tables) {
    lxw_workbook* book = workbook_new(path.c_str());
    lxw_doc_properties properties{};
    std::string kept = title;
    properties.title = kept.data();
    properties.created = 1;  // a fixed time, so that the same study gives the same file
    workbook_set_properties(book, &properties);
    lxw_format* bold = workbook_add_format(book);
    format_set_bold(bold);
    lxw_worksheet* first = workbook_add_worksheet(book, "Notes");
    worksheet_set_column(first, 0, 0, 100, nullptr);
    worksheet_write_string(first, 0, 0, title.c_str(), bold);
    for (std::size_t i = 0; i < notes.size(); ++i) worksheet_write_string(first, static_cast<lxw_row_t>(i + 2), 0, notes[i].c_str(), nullptr);
    for (const Table* t : tables) {
        lxw_worksheet* sheet = workbook_add_worksheet(book, t->name.c_str());
        worksheet_write_string(sheet, 0, 0, t->title.c_str(), bold);
        for (std::size_t c = 0; c < t->columns.size(); ++c) {
            const TableColumn& column = t->columns[c];
            const std::string label = column.unit.empty() ? column.label : column.label + " (" + column.unit + ")";
            worksheet_write_string(sheet, 2, static_cast<lxw_col_t>(c), label.c_str(), bold);
            worksheet_set_column(sheet, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), c == 0 ? 34 : 18, nullptr);
        }
        for (std::size_t r = 0; r < t->rows.size(); ++r)
            for (std::size_t c = 0; c < t->rows[r].size(); ++c) {
                const auto row = static_cast<lxw_row_t>(r + 3);
                const auto col = static_cast<lxw_col_t>(c);
                const Cell& cell = t->rows[r][c];
                if (const auto* text = std::get_if<std::string>(&cell)) worksheet_write_string(sheet, row, col, text->c_str(), nullptr);
                else if (const auto* whole = std::get_if<std::int64_t>(&cell)) worksheet_write_number(sheet, row, col, static_cast<double>(*whole), nullptr);
                else if (!std::isnan(std::get<double>(cell))) worksheet_write_number(sheet, row, col, std::get<double>(cell), nullptr);
            }
        worksheet_freeze_panes(sheet, 3, 1);
    }
    if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR) throw StorageError(path + ": cannot be written: " + lxw_strerror(error));
}

}  // namespace hubs
