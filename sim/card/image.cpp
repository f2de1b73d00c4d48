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
    f(e.address), f(e.type), f(e.area), f(e.region), f(e.easting), f(e.northing), f(e.rural), f(e.pupils),
        f(e.fsm_permille), f(e.ofsted), f(e.sixth_form), f(e.trust), f(e.applies), f(e.fsm_fifth);
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
    out.population = copy_with(arena, const_cast<Population&>(population),
                               [](Population& p, auto&& f) { each_of_population(p, f); });
    out.framework =
        copy_with(arena, const_cast<Framework&>(framework), [](Framework& f, auto&& visit) { visit(f.items); });
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

/// Goes through values that stand one after the other in the order they were laid out.
class Reader {
public:
    explicit Reader(const char* here) : here_(here) {}
    template <class T>
    void values(std::vector<T>& into) {
        const std::size_t size = into.size() * sizeof(T);
        if (size > 0) std::memcpy(static_cast<void*>(into.data()), here_, size);
        here_ += Arena::padded(size);
    }

private:
    const char* here_;
};

/// Lists are as long as their images say.
template <class Owner, class T>
void take_count(List<T>& list, const Owner& owner, const Owner* image) {
    const std::size_t count = Arena::counterpart(const_cast<Owner*>(image), owner, list).size();
    if (count > list.storage().size()) throw CardFailure("a list has outgrown its room on the card");
    list.resize(count);
}
template <class Owner>
void take_count(auto&, const Owner&, const Owner*) {}

/// The bytes of every column and list of a world, in order.
struct Bytes {
    const void* first;
    std::size_t size;
};
std::vector<Bytes> bytes_of(World& world) {
    std::vector<Bytes> out;
    each_stored(world, [&](const char*, auto& stored) {
        auto& v = vector_of(stored);
        out.push_back({v.data(), v.size() * sizeof(*v.data())});
    });
    return out;
}

/// The world of an image, with its columns.
World world_of(const World& start, const CardWorld& like, const CardWorld* image, const char* columns_here) {
    CardWorld out;
    out.world = start;
    World& world = out.world;
    world.hubs.rows.reserve(const_cast<World&>(like.world).hubs.rows.storage().size());
    world.hubs.groups.reserve(const_cast<World&>(like.world).hubs.groups.storage().size());
    world.hubs.members.reserve(const_cast<World&>(like.world).hubs.members.storage().size());
    world.hubs.coordinators.reserve(const_cast<World&>(like.world).hubs.coordinators.storage().size());
    Reader reader(columns_here);
    each_stored(world, [&](const char*, auto& stored) {
        reader.values(vector_of(stored));
        take_count(stored, out, image);
    });
    world.activity = image->world.activity;
    world.costs = image->world.costs;
    return std::move(world);
}

void each_list_of(auto& hubs, auto&& list) {
    list(hubs.rows), list(hubs.groups), list(hubs.members), list(hubs.coordinators);
}

/// How long the lists of a start are. Starts from a history have hubs already, each another number of them.
std::array<std::size_t, 4> lengths_of(const Hubs& start) {
    std::array<std::size_t, 4> out{};
    std::size_t k = 0;
    each_list_of(start, [&](const auto& list) { out[k++] = list.size(); });
    return out;
}

/// Room for the longest lists of all starts, and for what a run may add, of which `like` has room already.
void make_room_for(const std::vector<Job>& jobs, Hubs& like) {
    std::array<std::size_t, 4> most{};
    for (const Job& job : jobs) {
        const auto lengths = lengths_of(job.start->hubs);
        for (std::size_t k = 0; k < most.size(); ++k) most[k] = std::max(most[k], lengths[k]);
    }
    std::size_t k = 0;
    each_list_of(like, [&](auto& list) { list.reserve(most[k++] + list.storage().size() - list.size()); });
}

/// Lists of an image are as long as those of its own start.
void set_lengths(const Hubs& start, Hubs& image) {
    const auto lengths = lengths_of(start);
    std::size_t k = 0;
    each_list_of(image, [&](auto& list) { list.resize(lengths[k++]); });
}

/// Only what is achieved.
World level_of(const World& start, CardWorld& like, const char* columns_here) {
    World out;
    out.population = start.population;
    std::size_t offset = 0;
    each_stored(like.world, [&](const char* name, auto& stored) {
        if (std::string_view(name) == "establishments.achieved") {
            out.establishments.achieved.assign(start.count(), 0);
            Reader(columns_here + offset).values(out.establishments.achieved.storage());
        }
        offset += Arena::padded(vector_of(stored).size() * sizeof(*vector_of(stored).data()));
    });
    return out;
}

}  // namespace

Given::Given(Machine& machine, const Population& p, const Framework& f, const Groups& g)
    : memory_(machine, size_of_given(p, f, g)) {
    std::vector<char> room(size_of_given(p, f, g));
    Arena arena(room.data(), memory_.address());
    const Images images = copy_given(arena, p, f, g);
    machine.upload(memory_.address(), room.data(), room.size());
    population = arena.there(images.population);
    framework = arena.there(images.framework);
    groups = arena.there(images.groups);
    normal_steps = arena.there(images.normal_steps);
}

Shape::Shape(const std::vector<Job>& jobs)
    : like_(std::make_unique<CardWorld>()), watched_(jobs.front().wanted != Wanted::level) {
    const Job& first = jobs.front();
    like_->world = *first.start;
    std::size_t most = 0;
    for (const Job& job : jobs) {  // room for the plan that may admit most
        World asks;
        asks.population = first.start->population;
        asks.plan = &job.scenario->plans[job.plan];
        if (const std::size_t admits = most_admissions(asks); admits > most) {
            most = admits;
            like_->world.plan = asks.plan;
        }
    }
    reserve_room(like_->world);
    make_room_for(jobs, like_->world.hubs);
    watch_.every = first.every;
    if (watched_) watch_.prepare(*first.groups, first.scenario->months);
    for (const Job& job : jobs) {
        std::array<Arena, parts> measure{Arena{nullptr, 0}, Arena{nullptr, 0}, Arena{nullptr, 0}, Arena{nullptr, 0}};
        lay_out(measure, job);
        for (std::size_t part = 0; part < parts; ++part) sizes_[part] = std::max(sizes_[part], measure[part].used());
    }
}

Shape::~Shape() = default;

Shape::Heads Shape::lay_out(std::array<Arena, parts>& arenas, const Job& job) const {
    const Plan& plan = job.scenario->plans[job.plan];
    Heads out;
    out.card = arenas[head].copy(*like_);
    each_stored(like_->world,
                [&](const char*, auto& stored) { arenas[columns].point_at_room(out.card, *like_, vector_of(stored)); });
    like_->world.scratch.each([&](auto& stored) { arenas[room].point_at_room(out.card, *like_, vector_of(stored)); });
    if (watched_) {
        Watch& watch = const_cast<Watch&>(watch_);  // lists are visited so; nothing is written to them
        out.watch = arenas[head].copy(watch);
        watch.seen.each_list([&](auto& list) { arenas[observed].point_at_room(out.watch, watch, vector_of(list)); });
        arenas[room].point_at_room(out.watch, watch, watch.histogram);
        arenas[head].place(out.watch, watch, watch.seen.placed, std::vector<std::uint32_t>(plan.waves.size(), 0));
    }
    out.plan = copy_plan(arenas[head], plan);
    return out;
}

void Shape::pack(const Job& job, const Given& given, const Places& there, char* head_here, char* columns_here) const {
    std::array<Arena, parts> arenas{Arena{head_here, there[head]}, Arena{nullptr, there[columns]},
                                    Arena{nullptr, there[observed]}, Arena{nullptr, there[room]}};
    const Heads heads = lay_out(arenas, job);
    heads.card->parameters = job.scenario->parameters;
    heads.card->replicate = job.replicate;
    World& world = heads.card->world;
    world.calendar = job.start->calendar;
    world.first_month = job.start->first_month;
    set_lengths(job.start->hubs, world.hubs);
    world.population = given.population;
    world.framework = given.framework;
    world.normal_steps = given.normal_steps;
    world.plan = arenas[head].there(heads.plan);
    world.watch = heads.watch == nullptr ? nullptr : arenas[head].there(heads.watch);
    if (heads.watch != nullptr) {
        heads.watch->groups = given.groups;
        heads.watch->every = job.every;
    }
    if (columns_here == nullptr) return;
    const std::vector<Bytes> start = bytes_of(const_cast<World&>(*job.start)), like = bytes_of(like_->world);
    for (std::size_t k = 0; k < like.size(); ++k) {
        if (start[k].size > 0) std::memcpy(columns_here, start[k].first, start[k].size);
        std::memset(columns_here + start[k].size, 0, like[k].size - start[k].size);  // room for lists
        columns_here += Arena::padded(like[k].size);
    }
}

Observations Shape::read_seen(const Job& job, const char* head_here, const char* observed_here) const {
    const char* const at = head_here + Arena::padded(sizeof(CardWorld));
    const auto* const image = reinterpret_cast<const Watch*>(at);
    Watch watch;
    watch.every = job.every;
    watch.prepare(*job.groups, job.scenario->months);
    Reader reader(observed_here);
    watch.seen.each_list([&](auto& list) {
        reader.values(vector_of(list));
        take_count(list, watch, image);
    });
    watch.seen.placed.resize(job.scenario->plans[job.plan].waves.size());
    Reader(at + Arena::padded(sizeof(Watch))).values(watch.seen.placed);
    return std::move(watch.seen);
}

Left Shape::unpack(const Job& job, const char* head_here, const char* columns_here, const char* observed_here) const {
    Left left;
    if (job.wanted == Wanted::level) {
        left.world = level_of(*job.start, *like_, columns_here);
        return left;
    }
    left.seen = read_seen(job, head_here, observed_here);
    if (job.wanted == Wanted::all) {
        left.world = world_of(*job.start, *like_, reinterpret_cast<const CardWorld*>(head_here), columns_here);
        left.seen.final_state = fingerprint(left.world);
    }
    return left;
}

}  // namespace hubs::card
