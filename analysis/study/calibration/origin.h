#pragma once
#include "analysis/base/table.h"
#include "analysis/study/calibration/calibration.h"

namespace hubs {

/// How far ahead the model has earned trust: fitted to figures up to a date alone, it predicts those published later,
/// beside what two rules without a model would have said. Decision 87.
struct OriginRow {
    const FitRow* fit;
    double years;        ///< from the origin to the figure
    double no_change;    ///< the last figure of the same kind at the origin; not a number if there is none
    double same_growth;  ///< that figure and its growth since the last one a year or more earlier, as far as it can go
};

/// Figures read later than `months` after the first wave are held out, and what was held out is as before; the rest
/// is fitted. Returns how many are left to fit.
std::size_t fit_until(CalibrationProblem& problem, unsigned months);

/// Of figures that were left out by `fit_until`, in order of date.
std::vector<OriginRow> later_figures(const Calibration& c, unsigned months);

/// 1 - error / error of the rule, over the figures for which the rule says anything: above 0 the model was nearer.
/// Errors: of a prediction its ranked probability score, of a rule, which is a point, the absolute error; both in the
/// figure's own standard deviations.
double skill(const std::vector<OriginRow>& rows, double OriginRow::*rule);

Table origin_table(const std::vector<OriginRow>& rows);
std::string origin_text(const std::vector<OriginRow>& rows);

}  // namespace hubs
