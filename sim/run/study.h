#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/base/problem.h"
#include "sim/population.h"
#include "sim/scenario.h"

namespace hubs {

/// One establishment's time in a hub, as listed with an imported population.
struct Membership {
    std::uint32_t address = 0;
    std::string hub;
    int joined_year = 0, joined_month = 0;
    int left_year = 0, left_month = 0;  ///< 0 = still a member
};

/// A published figure to print beside what the model predicts.
struct Published {
    std::string target;     ///< id in targets.json
    int part = 0;           ///< which of its values, if it has several
    double percent_of = 0;  ///< a count to be read as a percentage of this many
    std::string plan, grouping, group, measure, date;
    std::string path;  ///< where the scenario says so, as "/published/2"
    int line = 0, column = 0;
};

/// An input file as it was read.
struct InputFile {
    std::string role, name, text;
    bool built_in = false;  ///< from inside the program, not from a file of the user's
};

/// A scenario with everything it names, read and checked: ready to run.
struct Study {
    Scenario scenario;
    Framework framework;
    Population population;
    FilledIn filled;
    std::vector<Membership> memberships;
    std::string population_note;  ///< provenance, for the data log
    std::vector<Published> published;
    std::string posterior;          ///< the draws as they were named: "history-2018-2023", "middle", "none" or a file
    std::vector<InputFile> inputs;  ///< scenario, population, framework
};

/// What the command line may change. A file is named by its path; where a text is given too, that is its content
/// and the name is only shown: so a results folder is run again from what it keeps.
struct Overrides {
    std::optional<std::uint32_t> replicates;
    std::optional<std::uint64_t> seed;
    std::optional<std::uint16_t> months;
    std::string population;  ///< in place of the scenario's
    std::string framework;
    std::string posterior;  ///< parameter draws: a file, "history-2018-2023", "middle" (its medians) or "none"
    std::optional<std::string> population_text, framework_text, posterior_text;
    std::optional<std::string> history_text, history_framework_text;  ///< of what the run starts from
    bool in_history = false;                                          ///< what is read is itself what a run starts from
};

/// The result of reading: a study, or problems told in one report.
struct StudyRead {
    std::optional<Study> study;
    std::string report;
    std::size_t problems = 0;
};

/// Reads and checks a scenario file and the files it names. `closing` ends the report.
StudyRead read_study(const std::string& file, const Overrides& overrides,
                     const std::string& closing = "Nothing was run.");

/// The same for a scenario already in memory, for the page and the tests.
StudyRead read_study_text(const std::string& file, const std::string& text, const Overrides& overrides,
                          const std::string& closing = "Nothing was run.");

// The readers of single files; each adds what is wrong to `problems`.
struct Document;
Framework read_framework(const Document& document, Problems& problems);
std::vector<AreaFigures> read_figures(const Document& document, Problems& problems);
struct PopulationFile {
    PopulationInput input;
    std::vector<Membership> memberships;
    std::string note;
};
PopulationFile read_population(const Document& document, Problems& problems);

/// "2018-09" as year and month; false if it is not one.
bool read_year_month(const std::string& text, int& year, int& month);

}  // namespace hubs
