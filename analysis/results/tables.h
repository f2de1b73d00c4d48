#pragma once
#include "analysis/results/facts.h"
#include "analysis/results/tables/activity.h"
#include "analysis/results/tables/areas.h"
#include "analysis/results/tables/assumptions.h"
#include "analysis/results/tables/assumptions_that_matter.h"
#include "analysis/results/tables/attainment.h"
#include "analysis/results/tables/calibration_basis.h"
#include "analysis/results/tables/choice.h"
#include "analysis/results/tables/costs.h"
#include "analysis/results/tables/dictionary.h"
#include "analysis/results/tables/draws.h"
#include "analysis/results/tables/equity.h"
#include "analysis/results/tables/evaluation.h"
#include "analysis/results/tables/fit.h"
#include "analysis/results/tables/headline.h"
#include "analysis/results/tables/horizon.h"
#include "analysis/results/tables/inputs.h"
#include "analysis/results/tables/items_reported.h"
#include "analysis/results/tables/money.h"
#include "analysis/results/tables/published_figures.h"
#include "analysis/results/tables/readiness.h"
#include "analysis/results/tables/school_spending.h"
#include "analysis/results/tables/suppressed.h"
#include "analysis/results/tables/uncertainty.h"
#include "analysis/results/tables/value.h"
#include "analysis/results/tables/waves.h"
#include "analysis/results/tables/year_groups.h"

namespace hubs {

template <class... T>
struct InTables {
    /// f(std::type_identity<T>{}) for each, in order.
    template <class F>
    static void each(F&& f) {
        (f(std::type_identity<T>{}), ...);
    }
    static constexpr std::size_t count = sizeof...(T);
};

/// Everything a run publishes. Files, sheets, the database, the dictionary, verification and the report follow this
/// list and its order: a table with its section is one file of analysis/results/tables and one line here.
using PublishedTables = InTables<  //
    PlanChoice,                    // the decision by the scenario's rule
    OtherMeasures,                 //
    Horizon,                       // had the run ended sooner
    Headline,                      // the options side by side
    Attainment,                    // levels over time
    Replicates,                    // the difference, run by run
    Differences,                   // who gains, by group and area
    Equity,                        //
    ItemsReported,                 // which benchmarks
    Costs,                         //
    SchoolSpending,                //
    Payers,                        //
    AcceptabilityCurve,            // value for money
    NetValue,                      //
    WorthAndHorizon,               //
    Frontier,                      //
    Ranks,                         //
    Robust,                        //
    Satisficing,                   //
    Switching,                     // what would change the answer
    Curves,                        //
    Information,                   //
    Discovery,                     //
    WouldFind,                     // would an evaluation find it?
    Power,                         //
    YearGroups,                    // what it may mean for pupils
    Readiness,                     //
    PublishedFigures,              // predicted beside published
    Fit,                           // the calibration's
    Identified,                    //
    CalibrationBasis,              // how far this run is calibrated
    Uncertainty,                   // luck, parameters, form of the model
    Structure,                     //
    Waves,                         // the plans, and members found
    Assumptions,                   // the logs
    Inputs,                        //
    Dictionary,                    //
    ByYear,                        // data without a section
    ActivityByMonth,               //
    Draws,                         //
    Areas,                         //
    Suppressed>;

/// Every published table as cells, in the order of the list.
std::vector<Table> all_tables(const Results& results);

/// The same results with the digits that files keep: everything but data/ is made from these, so that it is the same
/// when the folder is read back.
Results as_kept(const Results& results);

/// Results read back from a folder's data/. Throws InputError naming the file that does not fit, or is not of the
/// plans.
Results read_tables(const std::string& folder, const ReportFacts& facts);

/// Longer tables stand in data/ alone.
inline constexpr std::size_t most_rows_of_a_sheet = 200'000;

/// The tables of the workbook: those with a sheet, long ones with the rows that a person would look for.
std::vector<Table> sheets_of(const Results& results);

}  // namespace hubs
