#include "analysis/study/export/export_run.h"

#include "analysis/base/table.h"
#include "analysis/study/run/measures.h"
#include "analysis/study/run/month_name.h"
#include "sim/simulate.h"

namespace hubs {
namespace {

constexpr const char* changes[] = {"joined_hub", "joined_network", "learnt",      "finished",
                                   "lapsed",     "lost_know_how",  "leader_left", "trained",
                                   "reported",   "left_hub",       "overloaded",  "awarded"};

std::string date_of(const Study& study, unsigned month) {
    return month == 0 ? "start" : month_name(study.scenario.calendar, month);
}

/// Measures that are counted every month of everybody.
std::vector<const Measure*> monthly_measures() {
    std::vector<const Measure*> out;
    for (const Measure& m : measures())
        if (!m.full_only) out.push_back(&m);
    return out;
}

/// A row a month: attainment of all establishments, what happened, what it cost.
std::string series_of(const Study& study, const RowOf& run, const Observations& seen, std::uint32_t everybody) {
    std::string out;
    const auto figures = monthly_measures();
    for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
        if (seen.tally_group[k] != everybody) continue;
        const unsigned month = seen.tally_month[k];
        out += RowOf{run.plan, run.replicate, date_of(study, month)}.cells();
        for (const Measure* m : figures) out += "," + cell_text(Cell{(*m)(seen.tallies[k])});
        std::int64_t pence = 0;
        for (std::size_t a = 0; a < activity_count; ++a)
            out += month == 0 ? "," : "," + std::to_string(seen.activity[month - 1][a]);
        if (month > 0)
            for (const std::int64_t line : seen.costs[month - 1]) pence += line;
        out += "," + (month == 0 ? "" : cell_text(Cell{static_cast<double>(pence) / 100})) + "\n";
    }
    return out;
}

std::string events_of(const Study& study, const RowOf& run, const Journal& journal) {
    std::string out;
    const auto address = [&](EstablishmentId e) {
        return e.exists() ? std::to_string(study.population.establishments.address[e]) : std::string();
    };
    for (const Event& e : journal.events)
        out += RowOf{run.plan, run.replicate, date_of(study, e.month.index + 1u)}.cells() + "," + address(e.at) + "," +
               changes[static_cast<std::size_t>(e.change)] + "," +
               (e.item == 0xff ? "" : csv_cell(study.framework.items[e.item].id)) + "," +
               (e.cause == Cause::none ? "" : csv_cell(std::string(word(e.cause)))) + "," + address(e.source) + "\n";
    return out;
}

}  // namespace

std::string series_heading() {
    std::string out = "plan,replicate,date";
    for (const Measure* m : monthly_measures()) out += "," + m->name;
    for (const std::string_view activity : WordsOf<Activity>::all) out += "," + std::string(activity);
    return out + ",cost_gbp\n";
}

std::string events_heading() { return "plan,replicate,date,establishment,change,item,cause,source\n"; }

ExportedRun export_run(const Study& study, const Scenario& own, const World& start, std::uint32_t replicate,
                       std::size_t plan, const ExportWish& wish) {
    ExportedRun out;
    out.network.resize(network_files().size());
    const Groups groups = groups_of(study.population);
    Watch watch;
    watch.every = own.observe_every;
    watch.prepare(groups, own.months);
    Journal journal;
    RowOf of{csv_cell(own.plans[plan].name), std::to_string(replicate), ""};
    unsigned month = 0;
    const auto look = [&](const World& world) {
        const unsigned now = month++;
        if (!wish.months.contains(now)) return;
        of.date = date_of(study, now);
        if (wish.agents) add_agents(out.agents, of, world);
        for (std::size_t f = 0; wish.network && f < network_files().size(); ++f)
            network_files()[f].add(out.network[f], of, world);
        if (wish.network && replicate == 0)
            out.graphs.emplace_back("ties-plan-" + std::to_string(plan + 1) + "-" + of.date + ".graphml",
                                    graphml(world));
    };
    simulate(start, own, own.plans[plan], {study.scenario.seed, replicate}, wish.series ? &watch : nullptr,
             wish.events ? &journal : nullptr, 0, look);
    if (wish.series)
        out.series = series_of(study, of, watch.seen, groups.first[static_cast<std::size_t>(Grouping::all)]);
    if (wish.events) out.events = events_of(study, of, journal);
    return out;
}

}  // namespace hubs
