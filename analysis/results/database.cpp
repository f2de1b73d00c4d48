#include "analysis/results/database.h"

#include <sqlite3.h>
#include <xlsxwriter.h>

#include <cmath>

#include "analysis/base/files.h"
#include "analysis/results/choice_sheet.h"

namespace hubs {
DatabaseWriter::DatabaseWriter(const std::string& path) : path_(path) {
    check(sqlite3_open(path.c_str(), &db_));
    run("PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL; PRAGMA page_size=4096; BEGIN");
}

DatabaseWriter::~DatabaseWriter() {
    sqlite3_finalize(insert_);
    sqlite3_close(db_);
}

void DatabaseWriter::run(const std::string& sql) { check(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr)); }

void DatabaseWriter::begin_table(const std::string& name, const std::vector<std::string>& columns) {
    std::string headings, marks;
    for (const std::string& c : columns) {
        std::string escaped;
        for (const char letter : c) escaped += letter == '"' ? std::string("\"\"") : std::string(1, letter);
        headings += (headings.empty() ? "\"" : ",\"") + escaped + "\"";
        marks += marks.empty() ? "?" : ",?";
    }
    run("CREATE TABLE " + name + " (" + headings + ")");
    sqlite3_finalize(insert_);
    insert_ = nullptr;
    check(sqlite3_prepare_v2(db_, ("INSERT INTO " + name + " VALUES (" + marks + ")").c_str(), -1, &insert_, nullptr));
}

void DatabaseWriter::row(const std::vector<Cell>& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
        const int at = static_cast<int>(c + 1);
        if (const auto* text = std::get_if<std::string>(&cells[c]))
            check(sqlite3_bind_text(insert_, at, text->c_str(), -1, SQLITE_TRANSIENT));
        else if (const auto* whole = std::get_if<std::int64_t>(&cells[c]))
            check(sqlite3_bind_int64(insert_, at, *whole));
        else if (std::isnan(std::get<double>(cells[c]))) check(sqlite3_bind_null(insert_, at));
        else check(sqlite3_bind_double(insert_, at, std::get<double>(cells[c])));
    }
    if (sqlite3_step(insert_) != SQLITE_DONE) fail();
    sqlite3_reset(insert_);
}

void DatabaseWriter::add(const Table& t) {
    std::vector<std::string> columns;
    for (const TableColumn& c : t.columns) columns.push_back(c.name);
    begin_table(t.name, columns);
    for (const auto& cells : t.rows) row(cells);
}

void DatabaseWriter::commit() { run("COMMIT"); }

void DatabaseWriter::check(int code) {
    if (code != SQLITE_OK) fail();
}

void DatabaseWriter::fail() { throw StorageError(path_ + ": cannot be written: " + sqlite3_errmsg(db_)); }

void write_database(const std::string& path, const std::vector<Table>& tables) {
    DatabaseWriter db(path);
    for (const Table& t : tables) db.add(t);
    db.run("CREATE VIEW v_headline AS SELECT * FROM headline; CREATE VIEW v_dictionary AS SELECT * FROM dictionary");
    db.commit();
}

void write_workbook(const std::string& path, const std::string& title, const std::vector<std::string>& notes,
                    const ChoiceSheet& choice, const std::vector<Table>& tables) {
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
    for (std::size_t i = 0; i < notes.size(); ++i)
        worksheet_write_string(first, static_cast<lxw_row_t>(i + 2), 0, notes[i].c_str(), nullptr);
    choice.write(book, bold);
    for (const Table& t : tables) {
        lxw_worksheet* sheet = workbook_add_worksheet(book, t.name.c_str());
        worksheet_write_string(sheet, 0, 0, t.title.c_str(), bold);
        for (std::size_t c = 0; c < t.columns.size(); ++c) {
            const TableColumn& column = t.columns[c];
            const std::string label = column.unit.empty() ? column.label : column.label + " (" + column.unit + ")";
            worksheet_write_string(sheet, 2, static_cast<lxw_col_t>(c), label.c_str(), bold);
            worksheet_set_column(sheet, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), c == 0 ? 34 : 18,
                                 nullptr);
        }
        for (std::size_t r = 0; r < t.rows.size(); ++r)
            for (std::size_t c = 0; c < t.rows[r].size(); ++c) {
                const auto row = static_cast<lxw_row_t>(r + 3);
                const auto col = static_cast<lxw_col_t>(c);
                const Cell& cell = t.rows[r][c];
                if (const auto* text = std::get_if<std::string>(&cell))
                    worksheet_write_string(sheet, row, col, text->c_str(), nullptr);
                else if (const auto* whole = std::get_if<std::int64_t>(&cell))
                    worksheet_write_number(sheet, row, col, static_cast<double>(*whole), nullptr);
                else if (!std::isnan(std::get<double>(cell)))
                    worksheet_write_number(sheet, row, col, std::get<double>(cell), nullptr);
            }
        worksheet_freeze_panes(sheet, 3, 1);
    }
    if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
        throw StorageError(path + ": cannot be written: " + lxw_strerror(error));
}

}  // namespace hubs
