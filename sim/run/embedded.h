#pragma once
#include <string_view>

namespace hubs::embedded {

/// Files that the program carries inside itself (made by cmake/embed.cmake). The others are
/// in the program only, not in the core that the browser gets.
extern const std::string_view framework;  ///< scenarios/frameworks/compass-schools-2017.json
extern const std::string_view posterior;  ///< scenarios/posterior/history-2018-2023.csv
extern const std::string_view figures;    ///< scenarios/population/england-2023.json

extern const std::string_view targets;        ///< scenarios/targets.json
extern const std::string_view workshop_page;  ///< results/published/workshop.html
extern const std::string_view charts;         ///< the script of pages: charts, and the live part (analysis/page/web)
extern const std::string_view report_css;     ///< analysis/page/report.css
extern const std::string_view calibration;    ///< scenarios/calibration/history-2018-2023.json
extern const std::string_view posterior_fit;  ///< scenarios/posterior/history-2018-2023-fit.csv
extern const std::string_view decisions;      ///< DECISIONS.md
extern const std::string_view posterior_identified;  ///< scenarios/posterior/history-2018-2023-identified.csv
extern const std::string_view smoke;                 ///< scenarios/smoke.json, the template of hubsim new

extern const std::string_view card_code;  ///< PTX of sim/card/kernels.cpp; empty where it was not built

}  // namespace hubs::embedded
