#include "analysis/results/tables/readiness.h"

#include "analysis/results/page.h"
#include "analysis/results/tables/year_groups.h"

namespace hubs {

std::vector<Readiness::Row> Readiness::rows(const Results& results) {
    std::vector<Row> out;
    for (const YearGroups::Row& year : results.of<YearGroups>()) {
        if (out.empty() || out.back().plan != year.plan) out.push_back({year.plan});
        out.back().employers += year.employers;
        out.back().workplace += year.workplace;
    }
    for (Row& row : out) {  // S137: shares of the pupils asked
        row.work_experience = row.workplace * 0.61;
        row.mock_interview = row.workplace * 0.52;
        row.workplace_visit = row.workplace * 0.51;
        row.more_aware = row.workplace * 0.76;
        row.more_motivated = row.workplace * 0.75;
        row.clearer = row.workplace * 0.66;
    }
    return out;
}

void Readiness::section(Page& page) {
    page.section(
        "young-people", "Pupils reached, and what that may mean for them",
        "Pupils whose establishments truly achieve a benchmark, in the year groups it is for, at the end of the run",
        page.table<Readiness>("Pupils reached and career readiness") +
            page.table<YearGroups>("Pupils reached by activity and year group", closed) +
            "<p>In a year: employers are met by every year group, a workplace by Years 10 and 12, further and higher "
            "education by Years 9 to 13, guidance interviews by Years 11 and 13. How many pupils a school has in each "
            "year is assumed (alike; a sixth form's years half as large).</p>"
            "<p>Evidence: 396 pupils of 14 hub schools who answered the Future Skills questionnaire before and after a "
            "term of activities, with no comparison group (S137). The shares are applied to pupils who go to a "
            "workplace; they are not an effect of hubs. Padlocks: 1 of 5.</p>");
}

}  // namespace hubs
