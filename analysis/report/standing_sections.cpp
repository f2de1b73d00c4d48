#include "analysis/report/standing_sections.h"

#include "analysis/results/tables/assumptions_that_matter.h"
#include "analysis/results/tables/calibration_basis.h"
#include "analysis/results/tables/fit.h"
#include "analysis/results/tables/uncertainty.h"

namespace hubs {
namespace {

constexpr const char* blank = "________";

void reproducibility(Page& page) {
    const ReportFacts& f = page.facts;
    page.section(
        "reproducibility", "Run it again", "",
        "<p>hubsim " + escaped(f.version) + ". Fingerprint of everything simulated:</p><pre>" + escaped(f.fingerprint) +
            "</pre><p>It is the same on any machine, compiler and number of threads. Three lines repeat this "
            "study and check it to the byte:</p><pre>" +
            escaped(f.command) +
            "\nhubsim verify RESULTS\nhubsim report RESULTS -o NEW</pre><p>Read the figures in R or Python:</p><pre>" +
            "# R\nd &lt;- readr::read_csv(\"RESULTS/data/attainment.csv\")\nsubset(d, grouping == \"all\" &amp; "
            "measure == \"benchmarks_mean\")\n\n"
            "# Python\nimport pandas as pd\nd = pd.read_csv(\"RESULTS/data/attainment.csv\", encoding=\"utf-8-sig\")\n"
            "d.query('grouping == \"all\" and measure == \"benchmarks_mean\"')</pre><p>Reproduced by: " +
            blank + " Date: " + blank + "</p>");
}

std::string initialization(const Page& page) {
    const auto& basis = page.of<CalibrationBasis>();
    const std::string start = escaped(start_in_words(basis));
    if (goes_on_from_a_run(basis))
        return "Schools, leaders, hubs, employers and ties as they stand at " + start +
               ": each replicate lives through those months first, and all plans part from there.";
    return "Reported attainment by benchmark: " + start +
           "; network membership as published; how questions are read lies between reports and the truth.";
}

void model_summary(Page& page) {
    const std::vector<std::pair<const char*, std::string>> parts{
        {"Purpose and patterns",
         "To compare plans for Careers Hubs by the Gatsby Benchmarks that schools truly achieve. It is judged by "
         "the published levels, gains and estimates of 2018 to 2023."},
        {"Entities, state variables and scales",
         "Schools and colleges with their Careers Leaders; hubs with Hub Leads, coordinators and Lead Schools; "
         "employers; areas. A step is a month. Every school has the items of the framework, each known or not, "
         "done or not, reported or not."},
        {"Process overview and scheduling",
         "Each month, less what is switched off: hubs are launched, others join the network, staff leave, hubs set "
         "targets, leaders train, employers are found and shared out, meetings are held, practice is shared, ties "
         "change, provision improves, provision lapses, awards are given, returns are made, costs are counted."},
        {"Design concepts",
         "Knowing is not doing: know-how passes between people, and only time and supply turn it into provision. "
         "What is true and what is reported are kept apart. Plans share their luck."},
        {"Initialization", initialization(page)},
        {"Input data",
         "Establishments by area from public registers, synthetic unless a population was imported; no time series."},
        {"Submodels",
         "One file a process, listed by hubsim schedule; parameters with sources stand in the assumptions log."}};
    std::string out = "<dl>";
    for (const auto& [heading, said] : parts)
        out += "<dt><strong>" + std::string(heading) + "</strong></dt><dd>" + said + "</dd>";
    for (const CalibrationBasis::Row& row : page.of<CalibrationBasis>())
        if (row.aspect == "processes switched off" && row.agrees != 1)
            out += "<dt><strong>Switched off in this run</strong></dt><dd>" + escaped(row.run) + "</dd>";
    page.section("model", "The model in short", "Headings of the ODD protocol (2020); in full in docs/ODD.md",
                 out + "</dl>");
}

void assurance(Page& page) {
    Table t{"assurance",
            "",
            {{"principle", "Principle", "", 0},
             {"done", "What the program does", "", 0},
             {"assured", "Assured by", "", 0},
             {"date", "Date", "", 0}},
            {}};
    const std::vector<std::pair<const char*, std::string>> principles{
        {"Repeatable", "Same bytes on any machine; hubsim verify compares them. Input files carry checksums."},
        {"Independent", "Not done by a program: an assurer who did not do the analysis."},
        {"Grounded in reality", calibration_sentence(page.of<CalibrationBasis>()) +
                                    (page.of<Fit>().empty() ? "" : " Figures held out are printed, misses first.")},
        {"Objective", page.several_plans() ? "All plans share population, luck and assumptions; the reference is named."
                                           : "One plan: nothing is compared."},
        {"Uncertainty-managed",
         std::string(!page.several_plans()            ? "One plan: there is no difference to take apart. "
                     : page.of<Uncertainty>().empty() ? "Too few runs to keep luck and parameters apart. "
                     : page.of<Structure>().empty()
                         ? "Luck and parameters are kept apart; the form of the model was not varied. "
                         : "Luck, parameters and form of the model are kept apart. ") +
             (page.of<Switching>().empty() ? "Assumptions were not tried in this run."
                                           : "Assumptions are tried one at a time.")},
        {"Robust",
         "Tested against closed forms, a slow plain twin of the model and reference numbers of other programs."}};
    for (const auto& [principle, done] : principles)
        t.rows.push_back({std::string(principle), std::string(done), std::string(blank), std::string(blank)});
    page.section("assurance", "Assurance statement: a draft for people to complete", "",
                 table_html(t, "Quality assurance, by the AQuA Book's principles") + "<p>Commissioner: " + blank +
                     " Analyst: " + blank + " Assurer: " + blank + " Approver: " + blank +
                     " Not to be used after: " + blank + "</p>");
}

}  // namespace

void add_standing_sections(Page& page) {
    reproducibility(page);
    model_summary(page);
    assurance(page);
}

}  // namespace hubs
