#include "sim/card/image.h"

#include "sim/card/rows.h"
#include "sim/simulate.h"

namespace hubs::card {
namespace {

template <class T>
const std::vector<T>& vector_of(const std::vector<T>& v) {
    return v;
}
template <class T>
std::vector<T>& vector_of(std::vector<T>& v) {
    return v;
}
auto& vector_of(auto& column) { return column.storage(); }

/// Copies the object with the vectors that `each(object, visit)` visits.
template <class T, class Each>
T* copy_with(Arena& arena, T& object, Each&& each) {
    T* const image = arena.copy(object);
    each(object, [&](auto& stored) { arena.place(image, object, vector_of(stored)); });
    return image;
}

void each_of_population(Population& p, auto&& f) {
    auto& e = p.establishments;
    f(e.address), f(e.type), f(e.area), f(e.region), f(e.easting), f(e.northing), f(e.rural), f(e.pupils), f(e.fsm_permille), f(e.ofsted), f(e.sixth_form),
        f(e.trust), f(e.applies), f(e.fsm_fifth);
    auto& firms = p.employers;
    f(firms.area), f(firms.size), f(firms.sector), f(firms.encounters_per_year), f(firms.places_per_year);
    f(p.areas);
    p.network.each_vector(f);
}

/// Waves hold lists of their own.
Plan* copy_plan(Arena& arena, const Plan& plan) {
    Plan* const image = arena.copy(plan);
    arena.place(image, plan, plan.absences);
    Wave* const waves = arena.place(image, plan, plan.waves);
    for (std::size_t w = 0; w < plan.waves.size(); ++w) {
        Wave* const wave = waves == nullptr ? nullptr : waves + w;
        arena.place(wave, plan.waves[w], plan.waves[w].areas);
        arena.place(wave, plan.waves[w], plan.waves[w].addresses);
    }
    return image;
}

struct Images {
    Population* population;
    Framework* framework;
    Groups* groups;
    NormalSteps* normal_steps;
};

/// Nothing is written to what is copied; it is taken as changeable because columns are visited so.
Images copy_given(Arena& arena, const Population& population, const Framework& framework, const Groups& groups) {
    Images out;
    out.population = copy_with(arena, const_cast<Population&>(population), [](Population& p, auto&& f) { each_of_population(p, f); });
    out.framework = copy_with(arena, const_cast<Framework&>(framework), [](Framework& f, auto&& visit) { visit(f.items); });
    out.groups = copy_with(arena, const_cast<Groups&>(groups), [](Groups& g, auto&& visit) {
        visit(g.groups);
        for (auto& of : g.of) visit(of);
    });
    out.normal_steps = arena.copy(NormalSteps::get());
    return out;
}

std::size_t size_of_given(const Population& population, const Framework& framework, const Groups& groups) {
    Arena measure(nullptr, 0);
    copy_given(measure, population, framework, groups);
    return measure.used();
}

void each_vector(World& world, auto&& f) {
    each_stored(world, [&](const char*, auto& stored) { f(vector_of(stored)); });
    world.scratch.each([&](auto& stored) { f(vector_of(stored)); });
}
void each_vector(Watch& watch, auto&& f) {
    watch.seen.each_list([&](auto& list) { f(vector_of(list)); });
    f(watch.histogram);
    f(watch.seen.placed);
}

/// The job's world as it stands before its first month.
struct Begun {
    CardWorld card;
    Watch watch;
    bool watched;

    explicit Begun(const Job& job) : watched(job.groups != nullptr) {
        World& world = card.world;
        world = *job.start;
        world.plan = &job.scenario->plans[job.plan];
        reserve_room(world);
        card.parameters = job.scenario->parameters;
        card.replicate = job.replicate;
        if (!watched) return;
        watch.every = job.every;
        watch.prepare(*job.groups, job.scenario->months);
        watch.seen.placed.assign(world.plan->waves.size(), 0);
        world.watch = &watch;
        Observe::first(world);
    }
};

/// Lays a world out: everything behind the world itself, in the order that `unpack` reads it.
struct WorldImages {
    CardWorld* card;
    Watch* watch = nullptr;
    Plan* plan;
};
WorldImages copy_world(Arena& arena, Begun& begun) {
    WorldImages out;
    out.card = copy_with(arena, begun.card, [](CardWorld& c, auto&& visit) { each_vector(c.world, visit); });
    if (begun.watched) out.watch = copy_with(arena, begun.watch, [](Watch& w, auto&& visit) { each_vector(w, visit); });
    out.plan = copy_plan(arena, *begun.card.world.plan);
    return out;
}

/// Goes through the same bytes as `copy_world` wrote.
class Reader {
public:
    explicit Reader(const char* here) : here_(here), skip_(nullptr, 0) {}
    template <class T>
    const T* object(const T& like) {
        const char* const at = here_ + skip_.used();
        skip_.copy(like);
        return reinterpret_cast<const T*>(at);
    }
    template <class T>
    void values(std::vector<T>& into) {
        const char* const at = here_ + skip_.used();
        skip_.place(static_cast<T*>(nullptr), T{}, into);
        if (!into.empty()) std::memcpy(static_cast<void*>(into.data()), at, into.size() * sizeof(T));
    }

private:
    const char* here_;
    Arena skip_;
};

/// Lists are as long as their images say.
template <class Owner, class T>
void take_count(List<T>& list, const Owner& owner, const Owner* image) {
    list.resize(Arena::counterpart(const_cast<Owner*>(image), owner, list).size());
}
template <class Owner>
void take_count(auto&, const Owner&, const Owner*) {}

}  // namespace

Given::Given(Machine& machine, const Population& p, const Framework& f, const Groups& g) : memory_(machine, size_of_given(p, f, g)) {
    std::vector<char> room(size_of_given(p, f, g));
    Arena arena(room.data(), memory_.address());
    const Images images = copy_given(arena, p, f, g);
    machine.upload(memory_.address(), room.data(), room.size());
    population = arena.there(images.population);
    framework = arena.there(images.framework);
    groups = arena.there(images.groups);
    normal_steps = arena.there(images.normal_steps);
}

std::size_t size_of(const Job& job) {
    Begun begun(job);
    Arena measure(nullptr, 0);
    copy_world(measure, begun);
    return measure.used();
}

void pack(const Job& job, const Given& given, char* here, std::uint64_t there) {
    Begun begun(job);
    Arena arena(here, there);
    const WorldImages images = copy_world(arena, begun);
    World& world = images.card->world;
    world.population = given.population;
    world.framework = given.framework;
    world.plan = arena.there(images.plan);
    world.normal_steps = given.normal_steps;
    world.watch = images.watch == nullptr ? nullptr : arena.there(images.watch);
    if (images.watch != nullptr) images.watch->groups = given.groups;
}

Left unpack(const Job& job, const char* here) {
    Begun begun(job);
    World& world = begun.card.world;
    Reader reader(here);
    const CardWorld* const card = reader.object(begun.card);
    each_vector(world, [&](auto& v) { reader.values(v); });
    each_stored(world, [&](const char*, auto& stored) { take_count(stored, begun.card, card); });
    world.activity = card->world.activity;
    world.costs = card->world.costs;
    Left left;
    if (begun.watched) {
        const Watch* const watch = reader.object(begun.watch);
        each_vector(begun.watch, [&](auto& v) { reader.values(v); });
        begun.watch.seen.each_list([&](auto& list) { take_count(list, begun.watch, watch); });
        left.seen = std::move(begun.watch.seen);
        left.seen.final_state = fingerprint(world);
    }
    world.watch = nullptr;
    left.world = std::move(world);
    return left;
}

}  // namespace hubs::card
