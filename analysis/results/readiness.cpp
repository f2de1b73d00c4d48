#include "analysis/results/readiness.h"

#include <array>
#include <map>

namespace hubs {

Table readiness_table(const Table& a, const std::vector<std::string>& plans) {
    Table t{"readiness",
            "Pupils reached and career readiness at the end of the run",
            {{"plan", "Plan", "", 0},
             {"pupils_b5", "Pupils reached by employer encounters (B5)", "pupils", 0},
             {"pupils_b6", "Pupils reached by workplace experience (B6)", "pupils", 0},
             {"work_experience", "Of these, in work experience", "pupils", 0},
             {"mock_interview", "Of these, in a mock interview", "pupils", 0},
             {"workplace_visit", "Of these, on a workplace visit", "pupils", 0},
             {"more_aware", "More aware of careers", "pupils", 0},
             {"more_motivated", "More motivated at school", "pupils", 0},
             {"clearer", "Clearer what to do next", "pupils", 0}},
            {}};
    constexpr std::array<double, 6> shares{0.61, 0.52, 0.51, 0.76, 0.75, 0.66};
    std::map<std::pair<std::string, std::string>, double> last;  // rows are in order of months
    for (const auto& row : a.rows) {
        const std::string measure = cell_text(row[a.column("measure")]);
        if (measure.rfind("pupils_reached_b", 0) == 0 && cell_text(row[a.column("grouping")]) == "all")
            last[{cell_text(row[0]), measure}] = std::get<double>(row[a.column("mean")]);
    }
    for (const std::string& plan : plans) {
        const double b5 = last[{plan, "pupils_reached_b5"}], b6 = last[{plan, "pupils_reached_b6"}];
        std::vector<Cell> row{plan, b5, b6};
        for (const double share : shares) row.emplace_back(b6 * share);
        t.rows.push_back(std::move(row));
    }
    return t;
}

}  // namespace hubs
