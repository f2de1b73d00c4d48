#include "sim/card/stand_in.h"

#include <cstring>

#include "sim/card/rows.h"

namespace hubs::card {
namespace {

struct Row {
    std::uint32_t world, row;
};

template <class Pass, class P>
void run_shuffled(const Worlds& worlds, Month month, std::uint64_t order) {
    const auto turn = [&](std::uint32_t w, auto&& use) {
        CardWorld& card = *reinterpret_cast<CardWorld*>(worlds.first + worlds.stride * w);
        const Slot<P>& slot = card.slot<P>();
        const Moment now = Schedule::moment_of<P>(month, card.replicate);
        const Turn<P> t{now, card.world, Schedule::of<P>(card.parameters), slot.setting};
        if (slot.acts && is_needed<Pass>(t)) use(t);
    };
    std::vector<Row> all;
    for (std::uint32_t w = 0; w < worlds.count; ++w)
        turn(w, [&](const Turn<P>& t) {
            for (std::uint32_t i = 0, rows = rows_of<Pass>(t); i < rows; ++i) all.push_back({w, i});
        });
    for (std::size_t i = all.size(); i > 1; --i) {
        const auto among = static_cast<std::uint32_t>(i);
        std::swap(all[i - 1], all[below(philox({order, 0}, among, 0, 0)[0], among)]);
    }
    for (const Row& r : all) turn(r.world, [&](const Turn<P>& t) { run_row<Pass>(r.row, t); });
}

}  // namespace

std::uint64_t StandIn::allocate(std::size_t bytes) {
    if (bytes > memory_)
        throw CardFailure("the card has too little memory: " + std::to_string(bytes) + " bytes were asked for");
    auto piece = std::make_unique<char[]>(bytes + 128);
    const auto address = (reinterpret_cast<std::uint64_t>(piece.get()) + 127) / 128 * 128;
    memory_ -= bytes;
    pieces_.emplace(address, std::pair{std::move(piece), bytes});
    return address;
}

void StandIn::release(std::uint64_t address) {
    const auto piece = pieces_.find(address);
    memory_ += piece->second.second;
    pieces_.erase(piece);
}

void StandIn::upload(std::uint64_t to, const void* from, std::size_t bytes) {
    std::memcpy(reinterpret_cast<void*>(to), from, bytes);
}

void StandIn::download(void* to, std::uint64_t from, std::size_t bytes) {
    std::memcpy(to, reinterpret_cast<const void*>(from), bytes);
}

void StandIn::copy(std::uint64_t to, std::uint64_t from, std::size_t bytes) {
    std::memcpy(reinterpret_cast<void*>(to), reinterpret_cast<const void*>(from), bytes);
}

void StandIn::clear(std::uint64_t at, std::size_t bytes) { std::memset(reinterpret_cast<void*>(at), 0, bytes); }

char* StandIn::staging(std::size_t bytes) {
    if (staging_.size() < bytes) staging_.resize(bytes);
    return staging_.data();
}

void StandIn::begin(const Worlds& worlds) {
    for (std::uint32_t w = 0; w < worlds.count; ++w) {
        CardWorld& card = *reinterpret_cast<CardWorld*>(worlds.first + worlds.stride * w);
        begin_observing(card);
    }
    Observe::Passes::each([&]<class Pass>(std::type_identity<Pass>) {
        run_shuffled<Pass, Observe>(worlds, Month{0}, order_ = order_ * 6364136223846793005u + 1);
    });
}

void StandIn::step(const Worlds& worlds, Month month, const Schedule::Switches& switches) {
    for (std::uint32_t w = 0; w < worlds.count; ++w)
        reinterpret_cast<CardWorld*>(worlds.first + worlds.stride * w)->world.activity.fill(0);
    std::size_t place = 0;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        if (switches.off[place++]) return;
        for (std::uint32_t w = 0; w < worlds.count; ++w) {
            CardWorld& card = *reinterpret_cast<CardWorld*>(worlds.first + worlds.stride * w);
            card.slot<P>().prepare(Schedule::moment_of<P>(month, card.replicate), card.world,
                                   Schedule::of<P>(card.parameters));
        }
        P::Passes::each([&]<class Pass>(std::type_identity<Pass>) {
            run_shuffled<Pass, P>(worlds, month, order_ = order_ * 6364136223846793005u + 1);
        });
    });
}

}  // namespace hubs::card
