#include <map>
#include <sstream>

#include "analysis/report/html.h"
#include "analysis/report/sections.h"
#include "analysis/report/words.h"
#include "sim/run/embedded.h"

namespace hubs::section {
namespace {

constexpr const char* blank = "________";

/// The assumptions log in the columns of the AQuA Book; who signs stays for people to fill in.
Table log_of(const Table& a, const StudyTables& t) {
    std::map<std::string, double> swing;
    const Table& s = t.of("switching");
    for (const auto& row : s.rows) swing[text(row[0])] = number(row[s.column("swing")]);
    Table out{"log",
              "",
              {{"id", "Id", "", 0},
               {"what", "Assumption", "", 0},
               {"value", "Value", "", as_written},
               {"range", "Plausible range", "", as_written},
               {"source", "Source", "", 0},
               {"padlocks", "Evidence", "0-5", 0},
               {"effect", "Swing of the headline over the range", "benchmarks", as_written},
               {"use", "Use", "", 0},
               {"signed", "Signed off by", "", 0}},
              {}};
    for (const auto& row : a.rows) {
        const auto cell = [&](const char* name) { return text(row[a.column(name)]); };
        const std::string path = cell("section") + "." + cell("name"), number_of = std::to_string(out.rows.size() + 1);
        const auto found = swing.find(path);
        out.rows.push_back({"A" + std::string(3 - std::min<std::size_t>(3, number_of.size()), '0') + number_of, path + ": " + cell("meaning"),
                            cell("value") + " " + cell("unit"), cell("low").empty() ? std::string() : cell("low") + " to " + cell("high"), cell("source"),
                            row[a.column("padlocks")], found == swing.end() ? std::string() : fixed(found->second, 3), cell("use"), std::string(blank)});
    }
    return out;
}

/// Titles and decisions of DECISIONS.md: lines "N. **Title.**" and what is "Decided:".
std::string decisions() {
    std::istringstream lines{std::string(embedded::decisions)};
    std::string line, out;
    while (std::getline(lines, line)) {
        const auto open = line.find(". **");
        if (open == std::string::npos || open > 3) continue;
        const auto close = line.find("**", open + 4);
        if (close != std::string::npos) out += "<li value=\"" + line.substr(0, open) + "\">" + escaped(line.substr(open + 4, close - open - 4)) + "</li>";
    }
    return "<details><summary>Decisions log: what was decided in building the model</summary><ol>" + out +
           "</ol><p>Reasons, and what was refused, stand in DECISIONS.md of the source.</p></details>";
}

}  // namespace

std::string assumptions(const StudyTables& t) {
    Table process = t.of("assumptions"), plans = process;
    process.rows.clear();
    plans.rows.clear();
    for (const auto& row : t.of("assumptions").rows) (text(row[0]).starts_with("plan:") ? plans : process).rows.push_back(row);
    return "<section id=\"assumptions\"><h2>Assumptions log</h2><p class=\"subtitle\">Every setting with its value, range, source and strength of evidence (0 assumed, 5 strongest)</p>" +
           table_html(log_of(process, t), "Parameters of the model (" + std::to_string(process.rows.size()) + ")", false) +
           table_html(log_of(plans, t), "Levers of the plans (" + std::to_string(plans.rows.size()) + ")", false) + "</section>";
}

std::string logs(const StudyTables& t) {
    return "<section id=\"logs\"><h2>Decisions and data</h2>" + decisions() +
           table_html(t.of("inputs"), "Data log: every file read, with its checksum", false) +
           table_html(t.of("dictionary"), "Data dictionary: every column of every file", false) + "</section>";
}

std::string reproducibility(const ReportFacts& f) {
    return "<section id=\"reproducibility\"><h2>Run it again</h2><p>hubsim " + escaped(f.version) + ". Fingerprint of everything simulated:</p><pre>" +
           escaped(f.fingerprint) +
           "</pre><p>It is the same on any machine, compiler and number of threads. Three lines repeat this study and check it to the byte:</p><pre>" +
           escaped(f.command) + "\nhubsim verify RESULTS\nhubsim report RESULTS -o NEW</pre><p>Read the figures in R or Python:</p><pre>" +
           "# R\nd &lt;- readr::read_csv(\"RESULTS/data/attainment.csv\")\nsubset(d, grouping == \"all\" &amp; measure == \"benchmarks_mean\")\n\n"
           "# Python\nimport pandas as pd\nd = pd.read_csv(\"RESULTS/data/attainment.csv\", encoding=\"utf-8-sig\")\n"
           "d.query('grouping == \"all\" and measure == \"benchmarks_mean\"')</pre><p>Reproduced by: " +
           blank + " Date: " + blank + "</p></section>";
}

std::string model_summary() {
    const std::vector<std::pair<const char*, const char*>> parts{
        {"Purpose and patterns",
         "To compare plans for Careers Hubs by the Gatsby Benchmarks that schools truly achieve. It is judged by the published levels, gains and estimates of 2018 to 2023."},
        {"Entities, state variables and scales",
         "Schools and colleges with their Careers Leaders; hubs with Hub Leads, coordinators and Lead Schools; employers; areas. A step is a month. Every school has 48 items, each known or not, done or not, reported or not."},
        {"Process overview and scheduling",
         "Each month: hubs are launched, others join the network, staff leave, leaders train, employers are found and shared out, meetings are held, practice is shared, ties change, provision improves, provision lapses, returns are made, costs are counted."},
        {"Design concepts",
         "Knowing is not doing: know-how passes between people, and only time and supply turn it into provision. What is true and what is reported are kept apart. Plans share their luck."},
        {"Initialization", "Reported attainment by benchmark and network membership as published for 2017/18; how questions are read lies between that and the truth."},
        {"Input data", "Establishments by area from public registers, synthetic unless a population was imported; no time series."},
        {"Submodels", "Twelve processes, one file each, listed by hubsim schedule; parameters with sources stand in the assumptions log."}};
    std::string out =
        "<section id=\"model\"><h2>The model in short</h2><p class=\"subtitle\">Headings of the ODD protocol (2020); in full in docs/ODD.md</p><dl>";
    for (const auto& [heading, said] : parts) out += "<dt><strong>" + std::string(heading) + "</strong></dt><dd>" + said + "</dd>";
    return out + "</dl></section>";
}

std::string assurance() {
    Table t{"assurance",
            "",
            {{"principle", "Principle", "", 0}, {"done", "What the program does", "", 0}, {"assured", "Assured by", "", 0}, {"date", "Date", "", 0}},
            {}};
    const std::vector<std::pair<const char*, const char*>> principles{
        {"Repeatable", "Same bytes on any machine; hubsim verify compares them. Input files carry checksums."},
        {"Independent", "Not done by a program: an assurer who did not do the analysis."},
        {"Grounded in reality", "Calibrated to published figures of 2018 to 2023; figures held out are printed, misses first."},
        {"Objective", "All plans share population, luck and assumptions; the reference is named."},
        {"Uncertainty-managed", "Luck, parameters and form of the model are kept apart; assumptions are tried one at a time."},
        {"Robust", "Tested against closed forms, a slow plain twin of the model and reference numbers of other programs."}};
    for (const auto& [principle, done] : principles) t.rows.push_back({std::string(principle), std::string(done), std::string(blank), std::string(blank)});
    return "<section id=\"assurance\"><h2>Assurance statement: a draft for people to complete</h2>" +
           table_html(t, "Quality assurance, by the AQuA Book's principles") + "<p>Commissioner: " + blank + " Analyst: " + blank + " Assurer: " + blank +
           " Approver: " + blank + " Not to be used after: " + blank + "</p></section>";
}

}  // namespace hubs::section
