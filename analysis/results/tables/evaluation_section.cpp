#include <cmath>

#include "analysis/base/words.h"
#include "analysis/results/sentences.h"
#include "analysis/results/summary.h"
#include "analysis/results/tables/evaluation.h"
#include "analysis/results/tables/waves.h"

namespace hubs {
namespace {

/// What is not known of a share that holds in all of so few runs: the lower end of Wilson's 95 % interval, n / (n +
/// z²).
std::string rough_shares(std::int64_t runs) {
    constexpr double z_squared = 3.8415;
    const double n = static_cast<double>(runs);
    return "Shares are of " + counted(static_cast<std::size_t>(runs), "run") + ", or of those that gave an estimate" +
           ": one that holds in all of them may truly be " + fixed(100 * n / (n + z_squared), 0) +
           " % (95 % interval).";
}

/// Whether all who join under the plan are drawn by lot already.
bool by_lot(const std::string& plan, const Page& page) {
    bool any = false, all = true;
    for (const Waves::Row& wave : page.of<Waves>())
        if (wave.plan == plan) any = true, all = all && wave.rule == Allocation::lottery;
    return any && all;
}

}  // namespace

void WouldFind::section(Page& page) {
    const auto& rows = page.of<WouldFind>();
    if (rows.empty()) return;
    const auto of = [&](const char* estimator, double Row::*column) {
        for (const Row& row : rows)
            if (row.estimator == estimator) return row.*column;
        return std::nan("");
    };
    Table shown = page.results.table<WouldFind>();  // plan and months stand above it
    shown.columns.erase(shown.columns.begin(), shown.columns.begin() + 2);
    for (auto& cells : shown.rows) cells.erase(cells.begin(), cells.begin() + 2);
    const bool close = std::fabs(of("Multivariate regression", &Row::bias)) < 0.05;
    page.section(
        "would-we-know",
        rows.front().runs < static_cast<std::int64_t>(fewest_runs_for_range)
            ? "What an evaluation by schools' returns would find, in " +
                  counted(static_cast<std::size_t>(rows.front().runs), "run")
        : close ? "A regression on schools' returns would come close to the truth"
                : "A regression on schools' returns would be off the mark",
        "Estimates from simulated returns of “" + rows.front().plan + "”, " +
            fixed(static_cast<double>(rows.front().months), 0) +
            " months after its first hubs: the pilot's sample and misreporting" +
            (by_lot(rows.front().plan, page) ? ", places drawn by lot" : ", selection as it was"),
        "<p>The true effect on members, against their being in no hub, would be " +
            fixed(of("Multivariate regression", &Row::truth), 2) +
            " benchmarks; a plain difference of means would say " +
            fixed(of("Difference of means", &Row::estimate), 2) + ", and a regression " +
            fixed(of("Multivariate regression", &Row::estimate), 2) + ".</p>" +
            table_html(shown, "Each estimator beside the truth, and where its error comes from") +
            (page.of<Power>().empty() ? "" : page.table<Power>("How many schools it takes", closed)) + "<p>" +
            rough_shares(rows.front().runs) + "</p>" +
            (by_lot(rows.front().plan, page)
                 ? ""
                 : "<p>A lottery for places, or a stepped start, would take selection away: <code>hubsim evaluate RESULTS "
                   "--assignment lottery</code>.</p>"));
}

}  // namespace hubs
