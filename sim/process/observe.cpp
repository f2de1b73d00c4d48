#include "sim/process/observe_rows.h"

namespace hubs {

void Observe::step(const Moment& now, World& world, const Parameters& p) { run_passes<Observe>(now, world, p); }

void Observe::first(World& world) {
    const Moment start{{world.first_month}, {}};
    const Parameters none;
    const Setting setting(start.month, world, true);
    Passes::each([&]<class Pass>(std::type_identity<Pass>) {
        run_pass<Pass>(Turn<Observe>{start, world, none, setting});
    });
}

Groups groups_of(const Population& population) {
    Groups out;
    const auto open = [&](Grouping g) {
        out.first[static_cast<std::size_t>(g)] = static_cast<std::uint32_t>(out.groups.size());
    };
    const auto add = [&](Grouping g, const std::vector<std::string>& names, auto&& index_of) {
        open(g);
        for (const std::string& name : names) out.groups.push_back({g, name});
        auto& of = out.of[static_cast<std::size_t>(g)];
        of.resize(population.establishments.count());
        for (std::uint32_t i = 0; i < of.size(); ++i)
            of[i] = static_cast<std::uint16_t>(out.first[static_cast<std::size_t>(g)] + index_of(EstablishmentId{i}));
    };
    const auto& who = population.establishments;
    std::vector<std::string> areas;
    for (const AreaRow& a : population.areas) areas.push_back(a.name);
    open(Grouping::all);
    out.groups.push_back({Grouping::all, "all"});
    open(Grouping::status);
    for (const char* name : {"none", "network", "hub"}) out.groups.push_back({Grouping::status, name});
    add(Grouping::type, {"mainstream", "special", "alternative_provision", "college"},
        [&](EstablishmentId e) { return static_cast<unsigned>(who.type[e]); });
    add(Grouping::region, population.regions, [&](EstablishmentId e) { return static_cast<unsigned>(who.region[e]); });
    add(Grouping::area, areas, [&](EstablishmentId e) { return who.area[e].index; });
    add(Grouping::fsm_fifth, {"lowest", "second", "third", "fourth", "highest", "unknown"},
        [&](EstablishmentId e) { return static_cast<unsigned>(who.fsm_fifth[e]); });
    add(Grouping::rural, {"urban", "rural"}, [&](EstablishmentId e) { return static_cast<unsigned>(who.rural[e]); });
    add(Grouping::ofsted, {"unknown", "outstanding", "good", "requires_improvement", "inadequate"},
        [&](EstablishmentId e) { return static_cast<unsigned>(who.ofsted[e]); });
    open(Grouping::start_level);
    for (const char* name : {"none at start", "1 or 2 at start", "3 or 4 at start", "5 to 8 at start"})
        out.groups.push_back({Grouping::start_level, name});
    return out;
}

}  // namespace hubs
