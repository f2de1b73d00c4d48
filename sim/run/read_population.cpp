#include <algorithm>
#include <map>
#include <set>

#include "sim/run/names.h"
#include "sim/run/reader.h"
#include "sim/run/study.h"

namespace hubs {
namespace {

const std::array<const char*, 4> type_keys{"mainstream", "special", "alternative_provision", "college"};

double number_at(const Node& object, const char* key) {
    const Node* node = object.find(key);
    return node != nullptr && node->kind == Node::Kind::number ? node->number : 0.0;
}

bool five(const Node& object, const char* key, std::array<double, 5>& out) {
    const Node* node = object.find(key);
    if (node == nullptr || node->kind != Node::Kind::list || node->list.size() != 5) return false;
    for (unsigned i = 0; i < 5; ++i) out[i] = node->list[i].number;
    return true;
}

TypeFigures type_figures(const Node& node) {
    TypeFigures t;
    t.count = static_cast<std::uint32_t>(number_at(node, "count"));
    t.rural_share = number_at(node, "rural_share");
    t.sixth_form_share = number_at(node, "sixth_form_share");
    t.trust_share = number_at(node, "in_a_trust_of_3_or_more_share");
    five(node, "pupils_p5_p25_p50_p75_p95", t.pupils);
    t.fsm_known = five(node, "fsm_percent_p5_p25_p50_p75_p95", t.fsm_percent);
    if (const Node* shares = node.find("ofsted_shares")) {
        const std::array<const char*, 4> grades{"Outstanding", "Good", "Requires Improvement", "Inadequate"};
        for (unsigned g = 0; g < 4; ++g) t.ofsted_shares[g] = number_at(*shares, grades[g]);
    }
    return t;
}

/// Names end up in tables and spreadsheets.
void check_label(ObjectReader& r, const Node& node, std::string path) {
    if (const std::string trouble = trouble_with_label(node.text); !trouble.empty())
        r.problem(node.place, "name " + shown(node) + " " + trouble, std::move(path),
                  "1 to 200 letters, digits, signs and blanks, the first not =, +, - or @");
}

/// A column of the population file: a list of numbers or nulls, as long as the first column.
class Columns {
public:
    Columns(ObjectReader& reader) : r_(reader) {}

    const std::vector<Node>* column(const char* key, Node::Kind kind, bool required) {
        const Node* node = r_.take(key, required);
        if (node == nullptr) return nullptr;
        if (!r_.is(*node, Node::Kind::list, key, "a list")) return nullptr;
        if (rows_ == none) rows_ = node->list.size();
        if (node->list.size() != rows_) {
            r_.problem(node->place,
                       "column \"" + std::string(key) + "\" has " + std::to_string(node->list.size()) + " values",
                       r_.below(key), std::to_string(rows_) + " values, as in the first column");
            return nullptr;
        }
        for (std::size_t i = 0; i < rows_; ++i)
            if (node->list[i].kind != kind && (required || node->list[i].kind != Node::Kind::null)) {
                r_.problem(node->list[i].place, shown(node->list[i]) + " in column \"" + key + "\"",
                           r_.below(key) + "/" + std::to_string(i), kind == Node::Kind::number ? "a number" : "text");
                return nullptr;
            }
        return &node->list;
    }
    /// A required column of whole numbers within limits.
    bool whole(const char* key, double minimum, double maximum, std::vector<std::int64_t>& out, bool required = true) {
        const auto* list = column(key, Node::Kind::number, required);
        out.assign(rows(), -1);
        if (list == nullptr) return false;
        for (std::size_t i = 0; i < list->size(); ++i) {
            const Node& n = (*list)[i];
            if (n.kind == Node::Kind::null) continue;
            if (!n.whole || n.number < minimum || n.number > maximum) {
                r_.problem(n.place, shown(n) + " in column \"" + key + "\"", r_.below(key) + "/" + std::to_string(i),
                           "a whole number from " + number_text(minimum) + " to " + number_text(maximum));
                return false;
            }
            out[i] = n.integer;
        }
        return true;
    }
    std::size_t rows() const { return rows_ == none ? 0 : rows_; }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    ObjectReader& r_;
    std::size_t rows_ = none;
};

void read_rows(const Node& node, const Document& document, Problems& problems, PopulationInput& in) {
    ObjectReader r(node, "/establishments", document, problems);
    Columns columns(r);
    const std::size_t before = problems.size();
    std::vector<std::int64_t> urn, type, area, region, easting, northing, rural, pupils, ofsted, sixth, trust;
    columns.whole("urn", 1, 2147483647, urn);
    columns.whole("type", 0, 3, type);
    columns.whole("area", 0, static_cast<double>(in.areas.size()) - 1, area);
    columns.whole("region", 0, static_cast<double>(in.regions.size()) - 1, region);
    columns.whole("easting", 0, 700000, easting, false);
    columns.whole("northing", 0, 1300000, northing, false);
    columns.whole("rural", 0, 1, rural);
    columns.whole("pupils", 0, 100000, pupils, false);
    columns.whole("ofsted", 0, 4, ofsted);
    columns.whole("sixth_form", 0, 1, sixth);
    columns.whole("trust", 0, static_cast<double>(in.trusts.size()) - 1, trust);
    const auto* fsm = columns.column("fsm_percent", Node::Kind::number, false);
    const auto* names = columns.column("name", Node::Kind::text, false);
    r.finish();
    if (problems.size() != before) return;
    std::set<std::int64_t> seen;
    for (std::size_t i = 0; i < columns.rows(); ++i) {
        if (!seen.insert(urn[i]).second) {
            r.problem(node.place, "urn " + std::to_string(urn[i]) + " is given twice",
                      "/establishments/urn/" + std::to_string(i), "each urn once");
            return;
        }
        EstablishmentRow row;
        row.address = static_cast<std::uint32_t>(urn[i]);
        row.type = static_cast<Type>(type[i]);
        row.area = static_cast<std::uint32_t>(area[i]);
        row.region = static_cast<std::uint32_t>(region[i]);
        if (easting[i] >= 0 && northing[i] >= 0) {
            row.easting = static_cast<std::int32_t>(easting[i]);
            row.northing = static_cast<std::int32_t>(northing[i]);
        }
        row.rural = rural[i] != 0;
        if (pupils[i] >= 0) row.pupils = static_cast<std::uint32_t>(pupils[i]);
        if (fsm != nullptr && (*fsm)[i].kind == Node::Kind::number) {
            const double percent = (*fsm)[i].number;
            if (!(percent >= 0 && percent <= 100)) {
                r.problem((*fsm)[i].place, shown((*fsm)[i]) + " is out of range",
                          "/establishments/fsm_percent/" + std::to_string(i), "a number from 0 to 100 (percent)");
                return;
            }
            row.fsm_percent = percent;
        }
        row.ofsted = static_cast<Ofsted>(ofsted[i]);
        row.sixth_form = sixth[i] != 0;
        row.trust = static_cast<std::uint32_t>(trust[i]);
        if (names != nullptr) row.name = (*names)[i].text;
        if (!row.name.empty()) check_label(r, (*names)[i], "/establishments/name/" + std::to_string(i));
        in.rows.push_back(std::move(row));
    }
}

void read_membership(const Node& node, const std::string& path, const Document& document, Problems& problems,
                     PopulationFile& out) {
    ObjectReader r(node, path, document, problems);
    Membership m;
    std::int64_t urn = 0;
    std::string joined, left;
    r.whole("urn", 1, 2147483647, urn, true);
    r.text("hub", m.hub, true);
    r.text("joined", joined, true);
    r.text("left", left);
    r.finish();
    m.address = static_cast<std::uint32_t>(urn);
    if (const Node* hub = node.find("hub"); hub != nullptr && hub->kind == Node::Kind::text)
        check_label(r, *hub, path + "/hub");
    if (!joined.empty() && !read_year_month(joined, m.joined_year, m.joined_month))
        r.problem(node.place, "\"" + joined + "\" is not a month", path + "/joined", "a month as 2018-09");
    if (!left.empty() && !read_year_month(left, m.left_year, m.left_month))
        r.problem(node.place, "\"" + left + "\" is not a month", path + "/left", "a month as 2018-09");
    out.memberships.push_back(m);
}

/// Spells of one establishment end after they begin, and do not overlap.
void check_spells(const std::vector<Membership>& memberships, const Node& list, ObjectReader& r) {
    const auto joined = [&](std::size_t i) {
        return std::pair(memberships[i].joined_year, memberships[i].joined_month);
    };
    const auto left = [&](std::size_t i) {
        return memberships[i].left_year > 0 ? std::pair(memberships[i].left_year, memberships[i].left_month)
                                            : std::pair(9999, 12);
    };
    std::map<std::uint32_t, std::vector<std::size_t>> spells;
    for (std::size_t i = 0; i < memberships.size(); ++i) spells[memberships[i].address].push_back(i);
    for (auto& [urn, rows] : spells) {
        std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return joined(a) < joined(b); });
        for (std::size_t k = 0; k < rows.size(); ++k) {
            const std::string path = "/memberships/" + std::to_string(rows[k]);
            if (left(rows[k]) <= joined(rows[k]))
                r.problem(list.list[rows[k]].place, "a membership that ends before it begins", path + "/left",
                          "a month after joined");
            else if (k > 0 && joined(rows[k]) < left(rows[k - 1]))
                r.problem(list.list[rows[k]].place, "URN " + std::to_string(urn) + " is a member twice at once",
                          path + "/joined", "spells that do not overlap");
        }
    }
}

}  // namespace

bool read_year_month(const std::string& text, int& year, int& month) {
    if (text.size() != 7 || text[4] != '-') return false;
    for (const unsigned i : {0u, 1u, 2u, 3u, 5u, 6u})
        if (text[i] < '0' || text[i] > '9') return false;
    year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
    month = (text[5] - '0') * 10 + (text[6] - '0');
    return month >= 1 && month <= 12 && year >= 1900;
}

std::vector<AreaFigures> read_figures(const Document& document, Problems& problems) {
    std::vector<AreaFigures> out;
    ObjectReader r(document.root, "", document, problems);
    std::string unused;
    for (const char* key : {"title", "reference", "licence"}) r.text(key, unused);
    r.take("totals");
    const Node* areas = r.take("areas", true);
    if (areas == nullptr || !r.is(*areas, Node::Kind::list, "areas", "a list of areas")) return out;
    for (std::size_t i = 0; i < areas->list.size(); ++i) {
        const Node& node = areas->list[i];
        ObjectReader one(node, "/areas/" + std::to_string(i), document, problems);
        AreaFigures a;
        one.text("area", a.name, true);
        const Node* regions = one.take("region_counts", true);
        const Node* types = one.take("types", true);
        const Node* firms = one.take("enterprises_2018", true);
        for (const char* key : {"easting_mean_m", "northing_mean_m", "easting_sd_m", "northing_sd_m"})
            one.take(key, true);
        one.take("easting_northing_correlation", true);
        one.finish();
        if (regions == nullptr || types == nullptr || firms == nullptr) continue;
        for (const auto& m : regions->members)
            a.regions.emplace_back(m.key, static_cast<std::uint32_t>(m.value.number));
        a.easting = number_at(node, "easting_mean_m");
        a.northing = number_at(node, "northing_mean_m");
        a.easting_sd = number_at(node, "easting_sd_m");
        a.northing_sd = number_at(node, "northing_sd_m");
        a.correlation = number_at(node, "easting_northing_correlation");
        for (unsigned t = 0; t < 4; ++t)
            if (const Node* type = types->find(type_keys[t])) a.types[t] = type_figures(*type);
        const std::array<const char*, 4> bands{"micro_0_9", "small_10_49", "medium_50_249", "large_250_plus"};
        for (unsigned b = 0; b < 4; ++b) a.enterprises[b] = static_cast<std::uint32_t>(number_at(*firms, bands[b]));
        out.push_back(std::move(a));
    }
    r.finish();
    return out;
}

PopulationFile read_population(const Document& document, Problems& problems) {
    PopulationFile out;
    ObjectReader r(document.root, "", document, problems);
    std::string format;
    r.text("format", format, true);
    if (!format.empty() && format != "hubsim population 1")
        r.problem(document.root.place, "format \"" + format + "\"", "/format",
                  "\"hubsim population 1\", as hubsim import writes");
    r.text("name", out.input.name, true);
    r.text("note", out.note);
    r.take("source");
    const auto words = [&](const char* key, std::vector<std::string>& list) {
        const Node* node = r.take(key, true);
        if (node == nullptr || !r.is(*node, Node::Kind::list, key, "a list")) return;
        for (std::size_t i = 0; i < node->list.size(); ++i) {
            const Node& n = node->list[i];
            if (!r.is(n, Node::Kind::text, key, "text")) continue;
            if (!n.text.empty() || key != std::string_view("trusts"))
                check_label(r, n, r.below(key) + "/" + std::to_string(i));
            list.push_back(n.text);
        }
    };
    words("regions", out.input.regions);
    words("areas", out.input.areas);
    words("trusts", out.input.trusts);
    if (const Node* node = r.take("enterprises", true);
        node != nullptr && r.is(*node, Node::Kind::list, "enterprises", "a list"))
        for (const Node& n : node->list) {
            std::optional<Enterprises> known;
            if (n.kind == Node::Kind::list && n.list.size() == 4) {
                known.emplace();
                for (unsigned b = 0; b < 4; ++b)
                    (*known)[b] = static_cast<std::uint32_t>(std::clamp(n.list[b].number, 0.0, 1e8));
            }
            out.input.enterprises.push_back(known);
        }
    out.input.enterprises.resize(out.input.areas.size());
    if (out.input.trusts.empty()) out.input.trusts.emplace_back();
    if (out.input.regions.size() > 255 || out.input.areas.size() > 60000)
        r.problem(document.root.place, "too many regions or areas", "/", "at most 255 regions and 60000 areas");
    else if (const Node* rows = r.take("establishments", true)) read_rows(*rows, document, problems, out.input);
    if (const Node* list = r.take("memberships");
        list != nullptr && r.is(*list, Node::Kind::list, "memberships", "a list"))
        for (std::size_t i = 0; i < list->list.size(); ++i)
            read_membership(list->list[i], "/memberships/" + std::to_string(i), document, problems, out);
    if (const Node* list = document.root.find("memberships");
        list != nullptr && list->list.size() == out.memberships.size())
        check_spells(out.memberships, *list, r);
    r.finish();
    return out;
}

}  // namespace hubs
