#pragma once
#include "analysis/study/calibration/second_opinion.h"
#include "analysis/study/calibration/self_test.h"
#include "analysis/base/table.h"

namespace hubs {

/// Targets beside predictions, misses first.
Table fit_table(const Calibration& c);
/// Parameters: posterior, contraction, overlap, main correlation; the least told first.
Table identified_table(const Calibration& c);
Table waves_table(const Calibration& c);
Table self_test_table(const SelfTest& s);
/// Parameters by three methods, those that disagree first.
Table second_opinion_table(const SecondOpinion& s);
std::string second_opinion_text(const SecondOpinion& s);

/// The findings in words, misfits first: for the terminal and the folder.
std::string findings(const Calibration& c);

}  // namespace hubs
