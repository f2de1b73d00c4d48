#include <bit>
#include <cstdio>
#include <memory>
#include <set>

#include "analysis/base/stop.h"
#include "analysis/commands/command.h"
#include "analysis/results/results_study.h"
#include "analysis/study/run/month_name.h"
#include "sim/run/history.h"
#include "sim/run/parameter_path.h"
#include "sim/run/ensemble.h"

namespace hubs {
namespace {

std::string who(const Study& study, EstablishmentId e) {
    const std::string number = std::to_string(study.population.establishments.address[e]);
    return study.population.names.empty() ? "establishment " + number
                                          : study.population.names[e.index] + " (" + number + ")";
}

std::string item_name(const Study& study, unsigned item) {
    return study.framework.items[item].id + " " + study.framework.items[item].name;
}

void print_event(const Study& study, const Event& e) {
    const std::string date = month_name(study.scenario.calendar, e.month.index + 1u);
    const std::string from = e.source.exists() ? ": " + who(study, e.source) : "";
    const std::string how(word(e.cause));
    switch (e.change) {
        case Change::joined_hub:
            std::printf("%s  joined a hub\n", date.c_str());
            break;
        case Change::joined_network:
            std::printf("%s  joined the Enterprise Adviser Network\n", date.c_str());
            break;
        case Change::learnt:
            std::printf("%s  learnt how: %s, from %s%s\n", date.c_str(), item_name(study, e.item).c_str(), how.c_str(),
                        from.c_str());
            break;
        case Change::finished:
            std::printf("%s  DONE %s, %s\n", date.c_str(), item_name(study, e.item).c_str(), how.c_str());
            break;
        case Change::lapsed:
            std::printf("%s  lapsed: %s\n", date.c_str(), item_name(study, e.item).c_str());
            break;
        case Change::lost_know_how:
            std::printf("%s  lost with its leader: how to do %s\n", date.c_str(), item_name(study, e.item).c_str());
            break;
        case Change::leader_left:
            std::printf("%s  its Careers Leader left\n", date.c_str());
            break;
        case Change::trained:
            std::printf("%s  its Careers Leader finished training\n", date.c_str());
            break;
        case Change::reported:
            std::printf("%s  completed Compass\n", date.c_str());
            break;
        case Change::left_hub:
            std::printf("%s  left its hub\n", date.c_str());
            break;
        case Change::awarded:
            std::printf("%s  was given a quality award\n", date.c_str());
            break;
        case Change::overloaded:
            std::printf("%s  as a Lead School cannot give its days: its leader's hours do not allow them\n",
                        date.c_str());
            break;
    }
}

/// How an item came from where it was first met to this school, back through who taught whom.
void print_chain(const Study& study, const Journal& journal, EstablishmentId at, unsigned item, std::size_t before,
                 int depth, std::set<std::uint32_t>& told) {
    for (std::size_t i = before; i-- > 0;) {
        const Event& e = journal.events[i];
        if (e.at != at || e.item != item || e.change != Change::learnt) continue;
        std::printf("%*s<- learnt in %s from %s%s\n", 4 + 2 * depth, "",
                    month_name(study.scenario.calendar, e.month.index + 1u).c_str(), std::string(word(e.cause)).c_str(),
                    e.source.exists() ? (": " + who(study, e.source)).c_str() : "");
        if (e.source.exists() && depth < 12 && told.insert(e.source.index).second)
            print_chain(study, journal, e.source, item, i, depth + 1, told);
        return;
    }
}

int replay(const std::string& file, const Overrides& overrides, const std::vector<std::string>& settings,
           const std::string& plan_name, long long number, long long school, const std::string& until_text) {
    const auto replicate = static_cast<std::uint32_t>(number);
    const StudyRead read = read_results_or_scenario(file, overrides, settings);
    if (!read.study) {
        std::fputs(read.report.c_str(), stderr);
        return invalid;
    }
    const Study& study = *read.study;
    const Plan* plan = nullptr;
    std::string names;
    for (const Plan& p : study.scenario.plans) {
        if (p.name == plan_name) plan = &p;
        names += (names.empty() ? "\"" : ", \"") + p.name + "\"";
    }
    if (plan == nullptr) {
        std::fprintf(stderr, "no plan \"%s\" in %s; it has %s\n", plan_name.c_str(), file.c_str(), names.c_str());
        return usage;
    }
    std::uint16_t until = 0;
    int year = 0, month = 0;
    if (!until_text.empty()) {
        const int steps =
            read_year_month(until_text, year, month) ? study.scenario.calendar.step_of(year, month) + 1 : 0;
        if (steps < 1 || steps > study.scenario.months) {
            std::fprintf(stderr, "--until %s is not a month of the run\n", until_text.c_str());
            return usage;
        }
        until = static_cast<std::uint16_t>(steps);
    }
    EstablishmentId at = EstablishmentId::none();
    for (std::uint32_t i = 0; i < study.population.establishments.count(); ++i)
        if (study.population.establishments.address[EstablishmentId{i}] == school) at = EstablishmentId{i};
    if (school >= 0 && !at.exists()) {
        std::fprintf(stderr, "no establishment %lld in this population\n", school);
        return usage;
    }
    const Groups groups = groups_of(study.population);
    Watch watch;
    Journal journal;
    watch.every = study.scenario.observe_every;
    watch.prepare(groups, study.scenario.months);
    const Replicate luck{study.scenario.seed, replicate};
    const Scenario own = scenario_of(study.scenario, replicate);
    World start = first_world(own, study.population, study.framework, luck);
    const World end =
        simulate(start, own, *plan, luck, &watch, &journal, until, [](const World&) { end_if_stopped(); });
    if (!at.exists()) {
        std::printf("%-8s %10s %10s %9s %9s %9s %9s\n", "month", "benchmarks", "reported", "contacts", "learnt",
                    "finished", "lapsed");
        for (std::size_t m = 0; m < watch.seen.activity.size(); ++m) {
            double truly = 0, told = 0, n = 0;
            for (std::size_t k = 0; k < watch.seen.tallies.size(); ++k)
                if (watch.seen.tally_month[k] == m + 1 && watch.seen.tally_group[k] == 0)
                    for (unsigned b = 0; b <= benchmark_count; ++b) {
                        truly += b * watch.seen.tallies[k].with_benchmarks[b];
                        told += b * watch.seen.tallies[k].with_benchmarks_reported[b];
                        n += watch.seen.tallies[k].with_benchmarks[b];
                    }
            const auto did = [&](Activity a) { return watch.seen.activity[m][static_cast<std::size_t>(a)]; };
            std::printf("%-8s %10.3f %10.3f %9u %9u %9u %9u\n",
                        month_name(study.scenario.calendar, static_cast<unsigned>(m + 1)).c_str(), truly / n, told / n,
                        did(Activity::contacts), did(Activity::items_learnt), did(Activity::items_finished),
                        did(Activity::items_lapsed));
        }
        return done;
    }
    std::printf("%s, plan \"%s\", replicate %u\nat the start: %d benchmarks, %d items met\n", who(study, at).c_str(),
                plan->name.c_str(), replicate, std::popcount(start.establishments.achieved[at]),
                std::popcount(start.establishments.done[at]));
    for (std::size_t i = 0; i < journal.events.size(); ++i) {
        if (journal.events[i].at != at) continue;
        print_event(study, journal.events[i]);
        if (journal.events[i].change == Change::finished) {
            std::set<std::uint32_t> told{at.index};
            print_chain(study, journal, at, journal.events[i].item, i, 0, told);
        }
    }
    std::printf("at the end: %d benchmarks, %d items met\n", std::popcount(end.establishments.achieved[at]),
                std::popcount(end.establishments.done[at]));
    return done;
}

}  // namespace

Command replay_command() {
    struct Given {
        std::string scenario, population, plan, until;
        std::vector<std::string> settings;
        long long replicate = 0, school = -1;
    };
    const auto c = std::make_shared<Given>();
    return {"replay",
            "One world month by month; for a school, why it changed",
            {{"scenario", &c->scenario, "scenario file, or a results folder: what was run there, overrides included"},
             needed({"--plan", &c->plan}),
             needed({"--replicate", &c->replicate, "", WholeRange{0, replicates_range.high - 1}}),
             {"--school", &c->school, "URN, or number in a synthetic population", WholeRange{1, 2147483647}},
             {"--until", &c->until, "last month, as 2020-07"},
             {"--population", &c->population},
             settings_option(c->settings)},
            [c](const std::string&) {
                Overrides overrides;
                overrides.population = c->population;
                return replay(c->scenario, overrides, c->settings, c->plan, c->replicate, c->school, c->until);
            }};
}

}  // namespace hubs
