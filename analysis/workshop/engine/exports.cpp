// The engine as a page sees it: texts and numbers in, texts and numbers out, no state but the two
// sides that are compared. Compiled to WebAssembly; every function answers 1, or 0 with a text of
// what is wrong. The last answer stays until the next call.
#include <emscripten/emscripten.h>

#include <exception>
#include <optional>

#include "analysis/workshop/engine/describe.h"
#include "analysis/workshop/engine/plan_values.h"

namespace {

std::optional<hubs::Study> sides[2];
std::string text;
std::vector<double> numbers;
std::vector<std::uint8_t> bytes;

template <class F>
int guarded(F&& work) {
    text.clear();
    numbers.clear();
    bytes.clear();
    try {
        return work();
    } catch (const std::exception& e) {
        text = e.what();
        return 0;
    }
}

const hubs::Study& side(int which) {
    if (which < 0 || which > 1 || !sides[which]) throw std::runtime_error("no scenario was loaded on this side");
    return *sides[which];
}

/// A fingerprint word as two halves that a double holds exactly.
void put_word(std::uint64_t word) {
    numbers.push_back(static_cast<double>(word >> 32));
    numbers.push_back(static_cast<double>(word & 0xffffffffu));
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE const char* engine_text() { return text.c_str(); }
EMSCRIPTEN_KEEPALIVE const double* engine_numbers() { return numbers.data(); }
EMSCRIPTEN_KEEPALIVE int engine_numbers_count() { return static_cast<int>(numbers.size()); }
EMSCRIPTEN_KEEPALIVE const std::uint8_t* engine_bytes() { return bytes.data(); }
EMSCRIPTEN_KEEPALIVE int engine_bytes_count() { return static_cast<int>(bytes.size()); }

EMSCRIPTEN_KEEPALIVE int engine_settings() {
    return guarded([] {
        text = hubs::settings_json();
        return 1;
    });
}

/// Reads and checks a scenario; `population` may be empty. Answers with the study, or with the whole report of
/// problems.
EMSCRIPTEN_KEEPALIVE int engine_load(int which, const char* scenario, const char* population) {
    return guarded([&] {
        if (which < 0 || which > 1) throw std::runtime_error("sides are 0 and 1");
        sides[which].reset();
        hubs::Overrides overrides;
        if (*population != 0) {
            overrides.population = "population.json";
            overrides.population_text = population;
        }
        hubs::StudyRead read = hubs::read_study_text("scenario.json", scenario, overrides);
        if (!read.study) {
            text = read.report;
            return 0;
        }
        sides[which] = std::move(read.study);
        text = hubs::study_json(*sides[which]);
        return 1;
    });
}

/// One run month by month: bytes are the four frames in turn, numbers the fingerprint word.
EMSCRIPTEN_KEEPALIVE int engine_trace(int which, unsigned replicate) {
    return guarded([&] {
        const hubs::Trace trace = hubs::trace_of(side(which), replicate);
        for (const auto* frame : {&trace.achieved, &trace.item_share, &trace.standing, &trace.employers})
            bytes.insert(bytes.end(), frame->begin(), frame->end());
        put_word(trace.fingerprint);
        text = hubs::trace_json(trace);
        return 1;
    });
}

/// Rows of outcomes, then the path of means, then the fingerprint word; by replicate.
EMSCRIPTEN_KEEPALIVE int engine_twins(int which, unsigned first, unsigned count) {
    return guarded([&] {
        for (unsigned r = first; r < first + count; ++r) {
            const hubs::Twin twin = hubs::twin_of(side(which), r);
            numbers.insert(numbers.end(), twin.outcomes.begin(), twin.outcomes.end());
            numbers.insert(numbers.end(), twin.path.begin(), twin.path.end());
            put_word(twin.fingerprint);
        }
        return 1;
    });
}

/// Rows of truth, level, change, matched, regression, schools, others; by replicate.
EMSCRIPTEN_KEEPALIVE int engine_evaluate(int which, unsigned first, unsigned count, int by_lottery, double hub_answers,
                                         double other_answers) {
    return guarded([&] {
        hubs::EvaluationDesign design;
        design.assignment = by_lottery != 0 ? hubs::Assignment::lottery : hubs::Assignment::as_planned;
        design.hub_answers = hub_answers;
        design.other_answers = other_answers;
        for (unsigned r = first; r < first + count; ++r) {
            const hubs::EvaluatedTwin e = hubs::evaluated_twin(side(which), design, r);
            numbers.insert(numbers.end(), {e.truth, e.level, e.change, e.matched, e.regression, e.schools, e.others});
        }
        return 1;
    });
}

/// Outcome and pounds for one establishment of two plans, with settings turned ("path=value" a line); by replicate.
EMSCRIPTEN_KEEPALIVE int engine_plan_values(int which, unsigned plan, unsigned other, const char* turned,
                                            unsigned first, unsigned count) {
    return guarded([&] {
        const std::vector<hubs::Turned> settings = hubs::read_turned(turned);
        for (unsigned r = first; r < first + count; ++r)
            for (const hubs::RunValue& v : hubs::plan_values_of(side(which), {plan, other}, settings, r))
                numbers.insert(numbers.end(), {v.outcome, v.cost});
        return 1;
    });
}

/// The fingerprint of runs from their words, two halves each.
EMSCRIPTEN_KEEPALIVE int engine_fingerprint(const double* halves, unsigned words) {
    return guarded([&] {
        std::vector<std::uint64_t> list;
        for (unsigned i = 0; i < words; ++i)
            list.push_back(static_cast<std::uint64_t>(halves[2 * i]) << 32 |
                           static_cast<std::uint64_t>(halves[2 * i + 1]));
        text = hubs::fingerprint_of(list);
        return 1;
    });
}
}
