#pragma once
#include "analysis/results/typed_table.h"

namespace hubs {

class Page;
class Results;

/// Pupils reached in the last year, and shares of those who go to a workplace from S137.
struct Readiness {
    static constexpr const char* name = "readiness";
    static constexpr const char* title = "Pupils reached and career readiness at the end of the run";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = true;
    struct Row {
        std::string plan;
        double employers = 0, workplace = 0, work_experience = 0, mock_interview = 0, workplace_visit = 0,
               more_aware = 0, more_motivated = 0, clearer = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("employers", "Meet employers in the year (B5)", "pupils", 0, r.employers);
            column("workplace", "Go to a workplace in the year (B6)", "pupils", 0, r.workplace);
            column("work_experience", "Of these, in work experience", "pupils", 0, r.work_experience);
            column("mock_interview", "Of these, in a mock interview", "pupils", 0, r.mock_interview);
            column("workplace_visit", "Of these, on a workplace visit", "pupils", 0, r.workplace_visit);
            column("more_aware", "More aware of careers", "pupils", 0, r.more_aware);
            column("more_motivated", "More motivated at school", "pupils", 0, r.more_motivated);
            column("clearer", "Clearer what to do next", "pupils", 0, r.clearer);
        }
    };
    static std::vector<Row> rows(const Results& results);
    static void section(Page& page);
};

}  // namespace hubs
