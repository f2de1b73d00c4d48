#include "analysis/results/published_check.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/study/run/measures.h"
#include "analysis/study/run/month_name.h"
#include "sim/run/embedded.h"
#include "sim/run/text.h"

namespace hubs {
namespace {

using Json = nlohmann::json;

/// The shipped row of a target; null if there is none.
const Json* row_of(const std::string& id) {
    static const auto all = Json::parse(embedded::targets);
    for (const auto& row : all.is_array() ? all : all.at("targets"))
        if (row.at("id") == id) return &row;
    return nullptr;
}

/// The figure that is meant; null if the target has no such part.
const Json* figure_of(const Json& row, int part) {
    const Json& value = row.at("value");
    if (!value.is_array()) return value.is_number() && part == 0 ? &value : nullptr;
    const auto at = static_cast<std::size_t>(part);
    return at < value.size() && value.at(at).is_number() ? &value.at(at) : nullptr;
}

/// Checks one row that a scenario asks for against what the results will hold.
class PublishedCheck {
public:
    PublishedCheck(const Study& study, Problems& problems)
        : study_(study), problems_(problems), groups_(groups_of(study.population)) {}

    void check(const Published& p) {
        const Json* row = row_of(p.target);
        if (row == nullptr) problem(p, "target", p.target, "an id of targets.json, as S002");
        else if (figure_of(*row, p.part) == nullptr)
            problem(p, "part", std::to_string(p.part), "the place of a number among the target's values, from 0");
        const auto measure =
            std::find_if(measures().begin(), measures().end(), [&](const Measure& m) { return m.name == p.measure; });
        if (measure == measures().end())
            problem(p, "measure", p.measure, "a measure of the results", names_of_measures());
        check_group(p);
        check_date(p, measure != measures().end() && measure->full_only);
    }

private:
    void check_group(const Published& p) {
        const std::vector<std::string> groupings(grouping_words.begin(), grouping_words.end());
        if (std::find(groupings.begin(), groupings.end(), p.grouping) == groupings.end())
            return problem(p, "grouping", p.grouping, "a grouping of the results", groupings);
        std::vector<std::string> names;
        for (const Group& g : groups_.groups)
            if (grouping_words[static_cast<std::size_t>(g.grouping)] == p.grouping) names.push_back(g.name);
        if (std::find(names.begin(), names.end(), p.group) == names.end())
            problem(p, "group", p.group, "a group of \"" + p.grouping + "\" in this population", names);
    }
    void check_date(const Published& p, bool full_only) {
        const Scenario& s = study_.scenario;
        const bool every_month = !full_only && (p.grouping == "all" || p.grouping == "status");
        for (unsigned month = 0; month <= s.months; ++month)
            if ((every_month || full_tally_at(s, month)) && month_name(s.calendar, month) == p.date) return;
        problem(p, "date", p.date,
                every_month ? "a month of the run, from " + month_name(s.calendar, 0) + " to " +
                                  month_name(s.calendar, s.months)
                            : "a month at which all groups are observed: the start, each July, or every " +
                                  std::to_string(s.observe_every) + " months");
    }
    static std::vector<std::string> names_of_measures() {
        std::vector<std::string> out;
        for (const Measure& m : measures()) out.push_back(m.name);
        return out;
    }
    void problem(const Published& asked, const std::string& key, const std::string& found, std::string expected,
                 const std::vector<std::string>& words = {}) {
        if (found.empty()) return;  // that it is missing is told already
        Problem p;
        p.file = study_.inputs.front().name;
        p.line = asked.line;
        p.column = asked.column;
        p.headline = "unknown " + key + " \"" + printable(found) + "\"";
        p.path = asked.path + "/" + key;
        p.expected = std::move(expected);
        p.nearest = nearest_word(found, words);
        problems_.push_back(std::move(p));
    }

    const Study& study_;
    Problems& problems_;
    Groups groups_;
};

}  // namespace

PublishedTarget published_target(const Published& p) {
    const Json& row = *row_of(p.target);
    PublishedTarget t{
        row.at("quantity"), row.at("group"), row.at("date"), row.at("use"), figure_of(row, p.part)->get<double>(), 0};
    if (row.contains("se") && row.at("se").is_number()) t.se = row.at("se").get<double>();
    if (p.percent_of > 0) t.value = 100.0 * t.value / p.percent_of;
    return t;
}

Problems check_published(const Study& study) {
    Problems out;
    PublishedCheck check(study, out);
    for (const Published& p : study.published) check.check(p);
    return out;
}

}  // namespace hubs
