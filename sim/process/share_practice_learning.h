#pragma once
#include <algorithm>
#include <bit>

#include "sim/process/share_practice.h"

namespace hubs {

/// Rates at which an item passes in a month: 1 - (1 - q)^exposures = 1 - exp(-exposures * rate).
struct Passing {
    std::array<double, 2> per_exposure{};  ///< of an item held by one source, by two or more
    double highest = 0, broadcast = 0;

    Passing() = default;
    Passing(const SharePractice::Parameters& p, double broadcast_chance) : broadcast(rate_of(broadcast_chance)) {
        if (p.rule != SharingRule::threshold) per_exposure[0] = rate_of(p.learnt_per_exposure);
        per_exposure[1] = rate_of(p.learnt_per_exposure * p.reinforcement);
        highest = std::max(per_exposure[0], per_exposure[1]);
    }
    static double rate_of(double chance) { return chance < 1.0 ? std::min(most, -natural_log(1.0 - chance)) : most; }

private:
    static constexpr double most = 40.0;  ///< certain, to the last bit
};

enum LearningDraw : std::uint32_t { learn_draw = 128, each_item_draw = 256 };  // and up: arrivals; items one by one

/// What passes to one establishment this month: contacts, and what they offer that it lacks.
class Learning {
public:
    Learning(EstablishmentId e, Items lacks, const Contacts& contacts, bool hears_broadcast, const Passing& passing, unsigned most)
        : e_(e), lacks_(lacks), contacts_(contacts), passing_(passing), broadcast_(hears_broadcast ? passing.broadcast : 0.0), most_(most) {
        Items once = 0;
        for (unsigned c = 0; c < contacts.count; ++c) {
            const Items offers = contacts.list[c].offers & lacks;
            twice_ |= once & offers;
            once |= offers;
            sum_ += rate_[c] = contacts.list[c].exposures * passing.highest * std::popcount(offers);
        }
        sum_ += broadcast_ * std::popcount(lacks);
    }
    double sum() const { return sum_; }

    /// Items learnt by arrivals, in their order, up to the most a leader takes up.
    Items by_arrivals(const Words& first, const Moment& now, World& world) const {
        Items learnt = 0;
        const unsigned count = arrivals(first[0], sum_);
        for (unsigned a = 0, taken = 0; a < count && taken < most_; ++a) {
            const Words words = a == 0 ? first : now.luck.words(world.population->establishments.address[e_], learn_draw + a);
            double at = unit(words[1]) * sum_;
            unsigned c = 0;
            for (; c < contacts_.count && at >= rate_[c]; ++c) at -= rate_[c];
            const bool heard = c == contacts_.count;
            const Items offers = heard ? lacks_ : contacts_.list[c].offers & lacks_;
            const double each = heard ? broadcast_ : contacts_.list[c].exposures * passing_.highest;
            const unsigned item = nth_item(offers, std::min(static_cast<unsigned>(std::popcount(offers)) - 1, static_cast<unsigned>(at / each)));
            if ((learnt >> item & 1u) != 0 || (!heard && unit(words[2]) * passing_.highest >= passing_.per_exposure[twice_ >> item & 1u])) continue;
            learnt |= one_item(item);
            ++taken;
            if (heard) world.note(now.month, Change::learnt, e_, Cause::broadcast, EstablishmentId::none(), item);
            else world.note(now.month, Change::learnt, e_, contacts_.list[c].cause, contacts_.list[c].source, item);
        }
        return learnt;
    }

    /// Each item by itself, where more than a handful would arrive; the easiest first.
    Items item_by_item(const Moment& now, World& world) const {
        std::array<std::uint32_t, 64> luck{};
        Items learnt = 0;
        each_item(lacks_, [&](unsigned item) {
            double exposures = 0;
            for (unsigned c = 0; c < contacts_.count; ++c)
                if ((contacts_.list[c].offers >> item & 1u) != 0) exposures += contacts_.list[c].exposures;
            luck[item] = now.luck.words(world.population->establishments.address[e_], each_item_draw + item)[0];
            if (unit(luck[item]) < 1.0 - exponential(-exposures * passing_.per_exposure[twice_ >> item & 1u] - broadcast_)) learnt |= one_item(item);
        });
        while (static_cast<unsigned>(std::popcount(learnt)) > most_) {
            unsigned hardest = 64;
            each_item(learnt, [&](unsigned item) { hardest = hardest == 64 || luck[item] >= luck[hardest] ? item : hardest; });
            learnt &= ~one_item(hardest);
        }
        if (world.journal != nullptr) each_item(learnt, [&](unsigned item) { note_from_first(item, now, world); });
        return learnt;
    }

private:
    void note_from_first(unsigned item, const Moment& now, World& world) const {
        for (unsigned c = 0; c < contacts_.count; ++c)
            if ((contacts_.list[c].offers >> item & 1u) != 0)
                return world.note(now.month, Change::learnt, e_, contacts_.list[c].cause, contacts_.list[c].source, item);
        world.note(now.month, Change::learnt, e_, Cause::broadcast, EstablishmentId::none(), item);
    }

    EstablishmentId e_;
    Items lacks_, twice_ = 0;
    const Contacts& contacts_;
    const Passing& passing_;
    double broadcast_, sum_ = 0;
    unsigned most_;
    std::array<double, 32> rate_;
};

}  // namespace hubs
