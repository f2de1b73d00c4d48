#include "analysis/commands/estimate_output.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/base/table.h"
#include "analysis/base/words.h"

namespace hubs {
namespace {

using json = nlohmann::ordered_json;

json number(double x) { return std::isfinite(x) ? json(x) : json(nullptr); }

/// Text in a column so wide; a UTF-8 character counts once.
std::string padded(const std::string& text, std::size_t width, bool right = false) {
    const auto length = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    const std::string blanks(width > length ? width - length : 0, ' ');
    return right ? blanks + text : text + blanks;
}

std::string line_of(const Answer& a, const std::string& refused_before, std::size_t width) {
    if (a.refused())
        return padded(a.name, width) + "  refused" +
               (a.refusal == refused_before ? ", for the same reason" : ": " + a.refusal) + "\n";
    std::string out = padded(a.name, width) + "  " + padded(a.estimand, 9) + padded(decimal(a.value, 4), 9, true) +
                      padded(decimal(a.error, 4), 9, true) + "   " +
                      padded(decimal(a.low, 3) + " to " + decimal(a.high, 3), 19) + " " +
                      padded(std::isfinite(a.df) ? "t " + decimal(a.df, 1) : "normal", 9) +
                      padded(a.pairs > 0 ? std::to_string(a.pairs) : "", 8) +
                      padded(a.dropped > 0 ? std::to_string(a.dropped) : "", 9) + a.errors;
    while (out.back() == ' ') out.pop_back();
    out += "\n";
    for (const std::string& note : a.notes) out += "    " + note + "\n";
    return out;
}

/// Differences before, and after each way of making the arms alike.
std::string balance_text(const Battery& b, std::size_t width) {
    std::string out = "\n" + padded("balance: standardised difference", width) + "     before";
    std::vector<const Answer*> after;
    for (const auto& [id, heading] : {std::pair("nearest_neighbour", "    matched"),
                                      std::pair("propensity", "  on score"), std::pair("weighting", "  weighted")})
        if (const Answer* a = b.find(id); a != nullptr && !a->refused()) {
            after.push_back(a);
            out += heading;
        }
    out += "\n";
    for (std::size_t k = 0; k < b.raw.size(); ++k) {
        out += padded(b.raw[k].covariate, width) + padded(decimal(b.raw[k].before, 3), 11, true);
        for (const Answer* a : after)
            out += padded(decimal(a->balance[k].after, 3), a == after.front() ? 11 : 10, true);
        out += "\n";
    }
    return out;
}

std::string hidden_bias_text(const Battery& b) {
    const Answer* a = b.first();
    if (a == nullptr || !std::isfinite(a->e_value)) return "";
    return "\nhidden bias: to explain \"" + a->name +
           "\" away, something not measured would have to go with being treated and with "
           "the outcome by a risk ratio of " +
           decimal(a->e_value, 2) + " each (E-value; " + decimal(a->e_value_of_interval, 2) +
           " for its interval to reach no effect)\n";
}

json balance_json(const std::vector<Balance>& rows) {
    json out = json::array();
    for (const Balance& b : rows)
        out.push_back({{"covariate", b.covariate}, {"before", number(b.before)}, {"after", number(b.after)}});
    return out;
}

}  // namespace

std::string estimate_text(const Battery& b, const ReadSample& read) {
    std::string out = counted(read.rows, "row") + " read; " + std::to_string(b.treated) + " treated and " +
                      counted(b.controls, "control") + " used";
    if (b.clusters > 0) out += " in " + counted(b.clusters, "cluster");
    out += "\n";
    for (const auto& [what, rows] : read.empty)
        out += "  left out  " + padded(std::to_string(rows), 6, true) + "  " + what + "\n";
    for (const std::string& note : read.notes) out += "  read as   " + note + "\n";
    for (const std::string& why : b.left_out) out += "  left out  " + why + "\n";
    std::size_t width = 33;
    for (const Answer& a : b.answers) width = std::max(width, std::min<std::size_t>(a.name.size(), 60));
    out += "\n" + padded("estimator", width) +
           "  effect on  estimate    error   95 % interval       with      pairs   left out kind of error\n";
    std::string refused;
    for (const Answer& a : b.answers) {
        out += line_of(a, refused, width);
        refused = a.refusal;
    }
    if (!b.raw.empty()) out += balance_text(b, width);
    if (std::isfinite(b.overlap))
        out += "overlap: " + decimal(100 * b.overlap, 0) + " % of " + aimed_in_words(b.estimand) +
               " lie inside the range of the other arm's scores\n";
    out += hidden_bias_text(b);
    if (!b.warnings.empty()) out += "\n";
    for (const std::string& warning : b.warnings) out += "warning: " + warning + "\n";
    return out;
}

json estimate_json(const Battery& b, const ReadSample& read) {
    json empty = json::object();
    for (const auto& [what, rows] : read.empty) empty[what] = rows;
    json out{{"rows_read", read.rows},  {"rows_left_out", empty}, {"read_as", read.notes},
             {"left_out", b.left_out},  {"warnings", b.warnings}, {"treated", b.treated},
             {"controls", b.controls},  {"clusters", b.clusters}, {"overlap", number(b.overlap)},
             {"balance", json::array()}};
    for (const Balance& r : b.raw)
        out["balance"].push_back({{"covariate", r.covariate}, {"standardised_difference", number(r.before)}});
    for (const Answer& a : b.answers) {
        json row{{"id", a.id}, {"name", a.name}, {"method", a.method}, {"estimand", a.estimand}};
        if (a.refused()) row["refused"] = a.refusal;
        else
            row.update({{"errors", a.errors},
                        {"notes", a.notes},
                        {"estimate", number(a.value)},
                        {"standard_error", number(a.error)},
                        {"low_95", number(a.low)},
                        {"high_95", number(a.high)},
                        {"degrees_of_freedom", number(a.df)},
                        {"r_squared", number(a.r_squared)},
                        {"e_value", number(a.e_value)},
                        {"e_value_of_interval", number(a.e_value_of_interval)},
                        {"rows_aimed_at", a.targets},
                        {"pairs", a.pairs},
                        {"without_match", a.dropped},
                        {"balance", balance_json(a.balance)}});
        out["estimates"].push_back(std::move(row));
    }
    return out;
}

std::string pairs_csv(const Battery& b, const ReadSample& read) {
    std::string out = "estimator,row,match,weight\n";
    for (const Answer& a : b.answers) {
        for (const Matched& m : a.matched) {
            double all = 0;
            for (const std::uint32_t match : m.matches) all += read.sample.weight(match);
            for (const std::uint32_t target : m.targets)
                for (const std::uint32_t match : m.matches)
                    out += a.id + "," + csv_cell(read.ids[target]) + "," + csv_cell(read.ids[match]) + "," +
                           cell_text(read.sample.weight(target) * read.sample.weight(match) / all) + "\n";
        }
    }
    return out;
}

std::string weights_csv(const Battery& b, const ReadSample& read) {
    std::string out = "row,treated,score";
    for (const Answer& a : b.answers)
        if (a.weights.size() > 0) out += "," + a.id;
    out += "\n";
    for (std::size_t i = 0; i < read.ids.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        out += csv_cell(read.ids[i]) + (read.sample.treated[i] ? ",1," : ",0,");
        if (b.score.size() > 0) out += cell_text(b.score[row]);
        for (const Answer& a : b.answers)
            if (a.weights.size() > 0) out += "," + cell_text(a.weights[row]);
        out += "\n";
    }
    return out;
}

}  // namespace hubs
