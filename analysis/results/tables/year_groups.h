#pragma once
#include <array>

#include "analysis/results/typed_table.h"
#include "sim/entity/population.h"

namespace hubs {

class Page;
class Results;

inline constexpr unsigned first_year = 7, year_groups = 7;  // Years 7 to 13

/// Share of an establishment's pupils in each of Years 7 to 13, by type: alike where it has them, a sixth form's years
/// half as large as the others (assumed). Special schools have all seven, alternative provision Years 10 and 11,
/// colleges Years 12 and 13 (assumed).
std::array<double, year_groups> shares_of_years(Type type, bool sixth_form);

/// Pupils whose establishments provide an activity to their year group, at the end of the run. Which years it is for
/// follows the benchmarks (S104): employers each year (B5); a workplace by 16 and by 18, in Years 10 and 12 (B6);
/// further and higher education in Years 9 to 13 (B7); a guidance interview by 16 and by 18, in Years 11 and 13 (B8).
struct YearGroups {
    static constexpr const char* name = "year_groups";
    static constexpr const char* title = "Pupils reached by activity and year group at the end of the run";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        std::int64_t year = 0;
        double pupils = 0, employers = 0, workplace = 0, education = 0, guidance = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("year", "Year group", "", 0, r.year);
            column("pupils", "Pupils of the year", "pupils", 0, r.pupils);
            column("employers", "Meet employers (B5)", "pupils", 0, r.employers);
            column("workplace", "Go to a workplace (B6)", "pupils", 0, r.workplace);
            column("education", "Meet further and higher education (B7)", "pupils", 0, r.education);
            column("guidance", "Have a guidance interview (B8)", "pupils", 0, r.guidance);
        }
    };
    static std::vector<Row> rows(const Results& results);
};

}  // namespace hubs
