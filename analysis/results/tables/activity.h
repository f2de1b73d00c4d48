#pragma once
#include "analysis/results/results.h"
#include "analysis/study/run/month_name.h"
#include "sim/entity/state.h"

namespace hubs {

struct ActivityByMonth {
    static constexpr const char* name = "activity";
    static constexpr const char* title = "What happened each month";
    static constexpr Digits digits = Digits::exact;
    static constexpr bool sheet = false;
    struct Row {
        std::string plan;
        std::int64_t month = 0;
        std::string date;
        Activity activity{};
        double mean = 0;
        static void describe(auto&& column, auto& r) {
            column("plan", "Plan", "", 0, r.plan);
            column("month", "Months run", "months", 0, r.month);
            column("date", "Month", "", 0, r.date);
            column("activity", "Activity", "", 0, r.activity);
            column("mean", "Mean count over replicates", "count", 1, r.mean);
        }
    };
    static std::vector<Row> rows(const Results& results) {
        const Scenario& s = results.finished().scenario();
        std::vector<Row> out;
        for (std::size_t p = 0; p < s.plans.size(); ++p)
            for (unsigned m = 0; m < s.months; ++m)
                for (std::size_t a = 0; a < activity_count; ++a) {
                    double sum = 0;
                    for (const Observations& seen : results.finished().ensemble.seen[p]) sum += seen.activity[m][a];
                    out.push_back({s.plans[p].name, m + 1, month_name(s.calendar, m + 1), static_cast<Activity>(a),
                                   sum / s.replicates});
                }
        return out;
    }
};

}  // namespace hubs
