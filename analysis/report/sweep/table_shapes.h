#pragma once
#include "analysis/base/table.h"

/// The tables of a sweep, without their rows.
namespace hubs::shape {

inline const char* const meaning_label = "What it is";

/// Columns of a table with a row for each output and setting.
inline std::vector<TableColumn> headed(std::vector<TableColumn> more) {
    std::vector<TableColumn> out{{"output", "Output", "", 0},
                                 {"factor", "Setting", "", 0},
                                 {"meaning", meaning_label, "", 0},
                                 {"padlocks", "Evidence", "0-5", 0}};
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

inline Table ranking() {
    return {"ranking",
            "Settings in order of how much they move each output",
            headed({{"measure", "Measure", "", 0},
                    {"value", "Sensitivity", "", 3},
                    {"low", "95 % interval, low", "", 3},
                    {"high", "95 % interval, high", "", 3},
                    {"threshold", "What luck or a setting without effect would show", "", 3},
                    {"stands_out", "Stands out", "1 = yes", 0},
                    {"direction", "Change over the whole range, straight part", "output", 3}}),
            {}};
}

inline Table evidence() {
    return {"evidence",
            "What rests on which evidence",
            {{"output", "Output", "", 0},
             {"padlocks", "Evidence", "0-5", 0},
             {"share", "Share of the sensitivity above the threshold", "percent", 0}},
            {}};
}

inline Table outputs() {
    return {"outputs",
            "Outputs over all rows, and what is luck",
            {{"output", "Output", "", 0},
             {"label", "Measure", "", 0},
             {"of", "Of", "", 0},
             {"unit", "Unit", "", 0},
             {"plan", "Plan", "", 0},
             {"against", "Less that of", "", 0},
             {"mean", "Mean", "", 3},
             {"lowest", "Lowest row", "", 3},
             {"highest", "Highest row", "", 3},
             {"sd_between", "Standard deviation from settings", "", 3},
             {"sd_luck", "Standard deviation from luck", "", 3},
             {"luck_percent", "Pure luck", "percent of the variance of single runs", 1},
             {"mcse", "Standard error of the mean over rows, luck as it was", "", 4},
             {"rows", "Rows", "", 0},
             {"failed", "Rows with a failed run", "", 0}},
            {}};
}

inline Table factors() {
    return {"factors",
            "What was varied",
            {{"factor", "Setting", "", 0},
             {"meaning", meaning_label, "", 0},
             {"unit", "Unit", "", 0},
             {"padlocks", "Evidence", "0-5", 0},
             {"low", "Low", "", 4},
             {"high", "High", "", 4},
             {"middle", "Otherwise", "", 4},
             {"scale", "Scale", "", 0},
             {"group", "Moves with", "", 0}},
            {}};
}

inline Table sobol() {
    return {"sobol",
            "Sobol' indices with 95 % intervals over scrambles",
            headed({{"first", "First order", "", 3},
                    {"first_low", "Low", "", 3},
                    {"first_high", "High", "", 3},
                    {"total", "Total", "", 3},
                    {"total_low", "Low", "", 3},
                    {"total_high", "High", "", 3}}),
            {}};
}

inline Table morris() {
    return {"morris",
            "Elementary effects, in output over the whole range of a setting",
            headed({{"mu", "Mean effect", "output", 3},
                    {"mu_star", "Mean absolute effect", "output", 3},
                    {"low", "Low", "", 3},
                    {"high", "High", "", 3},
                    {"sigma", "Spread of effects", "output", 3},
                    {"floor", "Effect of new luck alone", "output", 3},
                    {"kept", "Not screened out", "1 = yes", 0}}),
            {}};
}

inline Table given() {
    return {"given_data",
            "Measures of the runs as they are",
            headed({{"pawn", "PAWN distance, median", "", 3},
                    {"pawn_low", "Low", "", 3},
                    {"pawn_high", "High", "", 3},
                    {"threshold", "Setting without effect", "", 3},
                    {"delta", "Delta", "", 3},
                    {"first", "Explained by it alone", "percent", 1},
                    {"slope", "Change over the whole range", "output", 3},
                    {"explained", "Explained by all", "percent", 1}}),
            {}};
}

inline Table response() {
    return {"response",
            "Mean output along each setting",
            {{"output", "Output", "", 0},
             {"factor", "Setting", "", 0},
             {"meaning", meaning_label, "", 0},
             {"unit", "Unit", "", 0},
             {"from", "From", "", 4},
             {"to", "To", "", 4},
             {"middle", "Middle", "", 4},
             {"mean", "Mean", "output", 3},
             {"low", "Low", "", 3},
             {"high", "High", "", 3},
             {"rows", "Rows", "", 0}},
            {}};
}

inline Table interactions() {
    return {"interactions",
            "Pairs of settings that act together",
            {{"output", "Output", "", 0},
             {"a", "Setting", "", 0},
             {"b", "and", "", 0},
             {"share", "Explained by the pair beyond each alone", "percent", 1},
             {"explained", "Explained by all", "percent", 1}},
            {}};
}

}  // namespace hubs::shape
