#pragma once
#include "analysis/page/chart.h"
#include "analysis/page/html.h"
#include "analysis/page/wording.h"
#include "analysis/results/facts.h"
#include "analysis/results/results.h"

namespace hubs {

/// A report in the making: tables add their sections in the order of the list.
///
///     static void section(Page& page) {
///         page.section("waves", "Every wave found its members", "By plan", page.table<Waves>("Members", closed));
///     }
class Page {
public:
    Page(const ReportFacts& of_report, const Results& published) : facts(of_report), results(published) {}

    const ReportFacts& facts;
    const Results& results;
    std::string body;           ///< HTML so far
    std::vector<Chart> charts;  ///< drawn so far

    template <class T>
    const std::vector<typename T::Row>& of() const {
        return results.of<T>();
    }
    /// A published table with all its columns; closed: behind its caption.
    template <class T>
    std::string table(const std::string& caption, bool open = true) const {
        return table_html(results.table<T>(), caption, open);
    }
    /// A section under a heading. `id` is its anchor; heading and subtitle are plain text, `content` is HTML.
    void section(const std::string& id, const std::string& heading, const std::string& subtitle,
                 const std::string& content);
    /// A chart as a section: what is said before it, the drawing, its table, and what follows.
    void chart(Chart chart, const std::string& before = "", const std::string& after = "");
    bool several_plans() const { return facts.plans.size() > 1; }
};

inline constexpr bool closed = false;

}  // namespace hubs
