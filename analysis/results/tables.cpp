#include "analysis/results/tables.h"

#include "analysis/base/files.h"

namespace hubs {

std::vector<Table> all_tables(const Results& results) {
    std::vector<Table> out;
    PublishedTables::each([&]<class T>(std::type_identity<T>) { out.push_back(results.table<T>()); });
    return out;
}

Results as_kept(const Results& results) {
    Results out(results.price_base());
    PublishedTables::each([&]<class T>(std::type_identity<T>) {
        auto rows = results.of<T>();
        keep_digits<T>(rows);
        out.put<T>(std::move(rows));
    });
    return out;
}

Results read_tables(const std::string& folder, const std::string& price_base) {
    Results out(price_base);
    PublishedTables::each([&]<class T>(std::type_identity<T>) {
        const std::string file = folder + "/data/" + T::name + ".csv";
        try {
            out.put<T>(rows_of<T>(read_csv(read_input(file))));
        } catch (const InputError&) {
            throw;
        } catch (const std::runtime_error& e) {
            throw InputError(folder + ": " + e.what());
        }
    });
    return out;
}

std::vector<Table> sheets_of(const Results& results) {
    std::vector<Table> out;
    PublishedTables::each([&]<class T>(std::type_identity<T>) {
        if constexpr (requires(const typename T::Row& row) { T::in_sheet(row); }) {
            std::vector<typename T::Row> rows;
            for (const auto& row : results.of<T>())
                if (T::in_sheet(row)) rows.push_back(row);
            out.push_back(table_of<T>(rows, results.price_base()));
        } else if (T::sheet) out.push_back(results.table<T>());
    });
    return out;
}

}  // namespace hubs
