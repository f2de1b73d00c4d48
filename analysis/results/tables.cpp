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

namespace {

template <class Wanted>
bool some_table(const std::string& name, Wanted&& wanted) {
    bool found = false;
    PublishedTables::each([&]<class T>(std::type_identity<T> t) { found = found || (name == T::name && wanted(t)); });
    return found;
}

}  // namespace

bool is_estimate(const std::string& table) {
    return some_table(table, []<class T>(std::type_identity<T>) { return T::digits == Digits::estimate; });
}

bool has_sheet(const std::string& table) {
    return some_table(table, []<class T>(std::type_identity<T>) { return T::sheet; });
}

}  // namespace hubs
