#include "analysis/results/tables/year_groups.h"

#include <optional>

#include "analysis/results/results.h"
#include "analysis/results/tables/attainment.h"

namespace hubs {
namespace {

constexpr std::size_t types = 4;
constexpr const char* type_names[types] = {"mainstream", "special", "alternative_provision", "college"};

/// Pupils by type and year group, and of each type.
struct Pupils {
    std::array<std::array<double, year_groups>, types> in_year{};
    std::array<double, types> all{};

    explicit Pupils(const Establishments& who) {
        for (std::uint32_t i = 0; i < who.count(); ++i) {
            const EstablishmentId e{i};
            const auto type = static_cast<std::size_t>(who.type[e]);
            const auto shares = shares_of_years(who.type[e], who.sixth_form[e] != 0);
            for (unsigned y = 0; y < year_groups; ++y) in_year[type][y] += who.pupils[e] * shares[y];
            all[type] += who.pupils[e];
        }
    }
};

/// Share of each type's pupils whose establishments truly achieve a benchmark, the last time that types were observed.
/// A type of too few establishments to be shown counts as all do.
std::array<double, types> reached_at_the_end(const Results& results, const Pupils& pupils, const std::string& plan,
                                             const std::string& measure) {
    std::array<std::optional<double>, types> of_type;
    std::optional<double> of_all;
    double everybody = 0;
    for (const double pupils_of_type : pupils.all) everybody += pupils_of_type;
    std::int64_t month = 0;
    for (const Attainment::Row& row : results.of<Attainment>())  // in order of months
        if (row.grouping == Grouping::type) month = row.month;
    for (const Attainment::Row& row : results.of<Attainment>()) {
        if (row.plan != plan || row.measure != measure || row.month != month) continue;
        if (row.grouping == Grouping::all) of_all = row.mean / everybody;
        for (std::size_t t = 0; row.grouping == Grouping::type && t < types; ++t)
            if (row.group == type_names[t] && pupils.all[t] > 0) of_type[t] = row.mean / pupils.all[t];
    }
    std::array<double, types> out{};
    for (std::size_t t = 0; t < types; ++t) out[t] = of_type[t].value_or(of_all.value_or(0.0));
    return out;
}

}  // namespace

std::array<double, year_groups> shares_of_years(Type type, bool sixth_form) {
    std::array<double, year_groups> size{};  // Years 7 to 13, against each other
    switch (type) {
        case Type::mainstream:
            size = {1, 1, 1, 1, 1, sixth_form ? 0.5 : 0.0, sixth_form ? 0.5 : 0.0};
            break;
        case Type::special:
            size = {1, 1, 1, 1, 1, 1, 1};
            break;
        case Type::alternative_provision:
            size = {0, 0, 0, 1, 1, 0, 0};
            break;
        case Type::college:
            size = {0, 0, 0, 0, 0, 1, 1};
            break;
    }
    double sum = 0;
    for (const double s : size) sum += s;
    for (double& s : size) s /= sum;
    return size;
}

std::vector<YearGroups::Row> YearGroups::rows(const Results& results) {
    struct Provided {
        const char* measure;
        double Row::*reached;
        std::array<bool, year_groups> for_year;  ///< Years 7 to 13
    };
    static constexpr Provided activities[] = {
        {"pupils_reached_b5", &Row::employers, {true, true, true, true, true, true, true}},
        {"pupils_reached_b6", &Row::workplace, {false, false, false, true, false, true, false}},
        {"pupils_reached_b7", &Row::education, {false, false, true, true, true, true, true}},
        {"pupils_reached_b8", &Row::guidance, {false, false, false, false, true, false, true}},
    };
    const Pupils pupils(results.finished().study.population.establishments);
    std::vector<Row> out;
    for (const Plan& plan : results.finished().scenario().plans) {
        const std::size_t first = out.size();
        for (unsigned y = 0; y < year_groups; ++y) {
            Row row{plan.name, first_year + y};
            for (const auto& in_year : pupils.in_year) row.pupils += in_year[y];
            out.push_back(row);
        }
        for (const Provided& activity : activities) {
            const auto share = reached_at_the_end(results, pupils, plan.name, activity.measure);
            for (unsigned y = 0; y < year_groups; ++y)
                for (std::size_t t = 0; activity.for_year[y] && t < types; ++t)
                    out[first + y].*activity.reached += share[t] * pupils.in_year[t][y];
        }
    }
    return out;
}

}  // namespace hubs
