#pragma once
// What the parts of the slow plain twin share: the scenario, the month, and luck spelled out.
#include <algorithm>
#include <cmath>

#include "tests/support.h"

namespace hubs::test {

class ReferenceParts {
protected:
    ReferenceParts(const Scenario& s, Replicate r) : s_(s), replicate_(r) {}

    template <class P>
    const auto& of() const {
        return Schedule::of<P>(s_.parameters);
    }
    template <class P>
    Luck luck() const {
        return Schedule::moment_of<P>(month_, replicate_).luck;
    }
    template <class P>
    void run(World& w) {
        P::step(Schedule::moment_of<P>(month_, replicate_), w, of<P>());
    }
    static std::uint32_t id(const World& w, EstablishmentId e) { return w.population->establishments.address[e]; }
    static bool has(Items set, unsigned item) { return (set >> item & 1u) != 0; }
    bool supported(const World& w, EstablishmentId e) const {
        return w.establishments.status[e] == Status::hub && month_.index < w.hubs.rows[w.establishments.hub[e].index].launched + w.plan->support_years * 12;
    }
    /// From April 2020 to July 2021.
    bool disrupted(const World& w) const {
        const int of_2020 = (w.calendar.year_of(month_) - 2020) * 12 + w.calendar.month_of(month_);
        return of_2020 >= 4 && of_2020 <= 19;
    }
    /// The 38 bits of luck of one item, spelled out.
    static std::uint64_t item_luck(const Luck& luck, std::uint32_t agent, unsigned item) {
        std::uint64_t u = 0;
        for (unsigned draw = 0; draw < 3; ++draw) {
            const Words w = luck.words(agent, draw);
            for (unsigned pair = 0; pair < 4; pair += 2) u = u << 1 | (w[pair + item / 32] >> item % 32 & 1u);
        }
        return u << 32 | luck.words(agent, 16 + item / 4)[item % 4];
    }
    static bool happens(std::uint64_t u, double p) { return p >= 1 || static_cast<double>(u) < std::floor(p * 274877906944.0); }
    static bool chance(std::uint32_t word, double p) { return p >= 1 || static_cast<double>(word) < std::floor(p * 4294967296.0); }

    /// One thing that may arrive this month: an item, its rate, and where it comes from.
    struct Chance {
        unsigned item;
        double rate;
        int from;
    };
    /// Poisson arrivals over a list, spelled out: f(chance, words of the arrival).
    template <class F>
    static void arrive(const std::vector<Chance>& list, const Luck& l, std::uint32_t agent, std::uint32_t draw, F&& f) {
        double sum = 0;
        for (const Chance& c : list) sum += c.rate;
        double at_most = std::exp(-sum), term = at_most;
        const double u = unit(l.words(agent, draw)[0]);
        for (unsigned k = 0; u < 1 - at_most && k < 64; ++k) {
            const Words words = l.words(agent, draw + k);
            double at = unit(words[1]) * sum;
            std::size_t i = 0;
            while (i + 1 < list.size() && at >= list[i].rate) at -= list[i++].rate;
            f(list[i], words);
            term *= sum / (k + 1);
            at_most += term;
        }
    }

    static Benchmarks achieved(const Framework& f, Items done, Items applies) {
        unsigned out = 0;
        for (unsigned b = 0; b < 8; ++b) {
            bool all = true;
            for (unsigned i = 0; i < 64; ++i)
                if (has(f.items_of[b], i) && has(applies, i) && !has(done, i)) all = false;
            if (all) out |= 1u << b;
        }
        return static_cast<Benchmarks>(out);
    }

    const Scenario& s_;
    Replicate replicate_;
    Month month_;
    unsigned academic_ = 1;
};

}  // namespace hubs::test
