#include "analysis/study/export/agents.h"

#include <bit>

#include "analysis/base/table.h"

namespace hubs {
namespace {

std::string whole(std::int64_t value) { return std::to_string(value); }
std::string decimal(double value) { return cell_text(Cell{value}); }

const Establishments& who(const World& w) { return w.population->establishments; }
std::string address(const World& w, EstablishmentId e) { return e.exists() ? whole(who(w).address[e]) : ""; }

constexpr const char* types[] = {"mainstream", "special", "alternative_provision", "college"};
constexpr const char* statuses[] = {"none", "network", "hub"};

/// 17: the first and the seventh.
std::string benchmarks(Benchmarks set) {
    std::string out;
    for (unsigned b = 0; b < benchmark_count; ++b)
        if ((set >> b & 1u) != 0) out += static_cast<char>('1' + b);
    return out;
}

bool in_hub(const World& w, EstablishmentId e) { return w.establishments.status[e] == Status::hub; }

}  // namespace

const std::vector<AgentColumn>& agent_columns() {
    using W = const World&;
    using E = EstablishmentId;
    static const std::vector<AgentColumn> all{
        {"establishment", "", "URN, or number in a synthetic population", [](W w, E e) { return address(w, e); }},
        {"type", "", "mainstream, special, alternative_provision or college",
         [](W w, E e) -> std::string { return types[static_cast<std::size_t>(who(w).type[e])]; }},
        {"area", "", "local area", [](W w, E e) { return csv_cell(w.population->areas[who(w).area[e].index].name); }},
        {"easting", "m", "Ordnance Survey", [](W w, E e) { return whole(who(w).easting[e]); }},
        {"northing", "m", "Ordnance Survey", [](W w, E e) { return whole(who(w).northing[e]); }},
        {"pupils", "", "pupils on roll", [](W w, E e) { return whole(who(w).pupils[e]); }},
        {"status", "", "none, network (Enterprise Adviser Network) or hub",
         [](W w, E e) -> std::string { return statuses[static_cast<std::size_t>(w.establishments.status[e])]; }},
        {"status_since", "step", "month of the run, from 0, in which it took that status; below 0: before",
         [](W w, E e) { return whole(w.establishments.status_since[e] - w.first_month); }},
        {"hub", "", "number of its hub in this run, from 1",
         [](W w, E e) { return in_hub(w, e) ? whole(w.establishments.hub[e].index + 1) : ""; }},
        {"lead_school", "1 = yes", "it is a Lead School",
         [](W w, E e) { return whole(w.establishments.leads[e] != 0); }},
        {"serves", "members", "that it serves as a Lead School",
         [](W w, E e) { return whole(w.establishments.leads[e] == 0 ? 0 : w.establishments.leads[e] - 1); }},
        {"served_by", "", "the Lead School that serves it",
         [](W w, E e) { return in_hub(w, e) ? address(w, w.establishments.lead[e]) : ""; }},
        {"buddy", "", "its buddy", [](W w, E e) { return in_hub(w, e) ? address(w, w.establishments.buddy[e]) : ""; }},
        {"advisers", "advisers", "Enterprise Advisers it has",
         [](W w, E e) { return whole(w.establishments.adviser[e]); }},
        {"coordinator_reach", "share", "of its coordinator's help that travel leaves",
         [](W w, E e) { return decimal(static_cast<double>(w.establishments.reach[e])); }},
        {"targets", "", "benchmarks that it works on first, by number",
         [](W w, E e) { return benchmarks(w.establishments.targets[e]); }},
        {"award_until", "step", "month of the run in which its quality award ends; below 0: it has none",
         [](W w, E e) { return whole(w.establishments.award_until[e] - w.first_month); }},
        {"benchmarks", "0-8", "benchmarks truly achieved",
         [](W w, E e) { return whole(std::popcount(w.establishments.achieved[e])); }},
        {"benchmarks_reported", "0-8", "benchmarks achieved by its last return",
         [](W w, E e) { return whole(std::popcount(w.establishments.achieved_reported[e])); }},
        {"items_done", "items", "items truly met",
         [](W w, E e) { return whole(std::popcount(w.establishments.done[e])); }},
        {"items_known", "items", "items its leader knows how to meet",
         [](W w, E e) { return whole(std::popcount(w.establishments.know_how[e])); }},
        {"items_apply", "items", "items that apply to it",
         [](W w, E e) { return whole(std::popcount(who(w).applies[e])); }},
        {"returned", "step", "month of the run of its last return, from 0; below 0: before the run",
         [](W w, E e) { return whole(w.establishments.returned[e] - w.first_month); }},
        {"senior_support", "0 to 1", "senior leaders' own support",
         [](W w, E e) { return decimal(static_cast<double>(w.establishments.slt_support[e])); }},
        {"leader_hours", "hours per week", "of the Careers Leader",
         [](W w, E e) { return decimal(static_cast<double>(w.leaders.hours_per_week[e])); }},
        {"leader_since", "step", "month of the run in which the leader took the post; below 0: before",
         [](W w, E e) { return whole(w.leaders.since[e] - w.first_month); }},
        {"leader_trained", "1 = yes", "completed Careers Leader training",
         [](W w, E e) { return whole(w.leaders.trained[e]); }},
        {"leader_openness", "0 to 1", "willingness to share on taking the post",
         [](W w, E e) { return decimal(w.leaders.openness[e] / 255.0); }},
        {"leader_meetings", "meetings", "hub meetings this leader engaged in",
         [](W w, E e) { return whole(w.leaders.meetings[e]); }},
        {"employers", "", "employers it works with", [](W w, E e) { return whole(w.establishments.link_count[e]); }},
        {"encounters", "share", "of its need for employer encounters that is met",
         [](W w, E e) { return decimal(static_cast<double>(w.establishments.encounters[e])); }},
        {"places", "share", "of its need for workplace places that is met",
         [](W w, E e) { return decimal(static_cast<double>(w.establishments.places[e])); }},
    };
    return all;
}

std::string agents_heading() {
    std::string out = "plan,replicate,date";
    for (const AgentColumn& column : agent_columns()) out += std::string(",") + column.name;
    return out + "\n";
}

void add_agents(std::string& csv, const RowOf& of, const World& world) {
    const std::string run = of.cells();
    each_establishment(world, [&](EstablishmentId e) {
        csv += run;
        for (const AgentColumn& column : agent_columns()) csv += "," + column.of(world, e);
        csv += "\n";
    });
}

}  // namespace hubs
