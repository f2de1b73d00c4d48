// Every command that writes, over every kind of place: what is refused stays as it was, what is written is whole.
#include <functional>

#include "tests/program.h"

using namespace hubs::test;

namespace {

const std::string smoke = source + "/scenarios/smoke.json --replicates 2 --months 2";

/// What a command makes, and what it is made from; `%` in the arguments is the place.
struct Command {
    std::string name, arguments;
    bool folder;      ///< makes a folder, not a file
    bool idempotent;  ///< its own earlier output may be replaced without --force
};

const std::string schools =
    "urn,type,region,area,easting,northing,pupils\n100001,mainstream,North,Vale,400000,300000,900\n";

/// A results folder, a table and a scenario for the commands that need one.
struct Inputs {
    Folder at;
    Inputs() {
        REQUIRE(program("run " + smoke + " -o " + (at / "results")).code == 0);
        write_text(at / "schools.csv", schools);
    }
    std::vector<Command> commands() const {
        return {
            {"run", "run " + smoke + " -o %", true, true},
            {"report", "report " + (at / "results") + " -o %", true, true},
            {"qa-pack", "qa-pack " + (at / "results") + " -o %", true, true},
            {"sweep plan", "sweep plan " + source + "/scenarios/sensitivity-smoke.json --replicates 2 --shards 2 -o %",
             true, true},
            {"import table", "import table " + (at / "schools.csv") + " -o %", false, true},
            {"estimate --report",
             "estimate " + source +
                 "/tests/cases/05-weighted-clusters/cl.csv --outcome after --treated hub --covariates x --report %",
             false, true},
            {"evaluate", "evaluate " + source + "/scenarios/smoke.json --replicates 2 --months 5 -o %", false, true}};
    }
};

/// A kind of place: how it is laid out, whether the command may write there, and the exit code if not.
struct Kind {
    std::string name;
    std::function<std::string(const Folder&, const Command&)> lay;  ///< gives the place
    std::function<int(const Command&)> code;
};

Ran make(const Command& c, const std::string& place) { return program(replaced(c.arguments, "%", "'" + place + "'")); }

const auto allowed = [](const Command&) { return 0; };
const auto refused = [](const Command&) { return 2; };

std::vector<Kind> kinds() {
    return {
        {"nothing there", [](const Folder& f, const Command&) { return f / "new/out"; }, allowed},
        {"an empty folder",
         [](const Folder& f, const Command&) {
             fs::create_directories(f / "out");
             return f / "out";
         },
         [](const Command& c) { return c.folder ? 0 : 2; }},
        {"its own output",
         [](const Folder& f, const Command& c) {
             REQUIRE(make(c, f / "out").code == 0);
             return f / "out";
         },
         [](const Command& c) { return c.idempotent ? 0 : 2; }},
        {"its own output, with a file of the user's",
         [](const Folder& f, const Command& c) {
             REQUIRE(make(c, f / "out").code == 0);
             if (c.folder) write_text(f / "out/notes.txt", "mine");
             return f / "out";
         },
         [](const Command& c) {
             return c.folder && c.name != "sweep plan" ? 2 : 0;
         }},  // a planned sweep replaces nothing in its folder
        {"another study's output",
         [](const Folder& f, const Command&) {
             REQUIRE(program("run " + smoke + " --seed 7 -o " + (f / "out")).code == 0);
             return f / "out";
         },
         refused},
        {"a stranger's files",
         [](const Folder& f, const Command& c) {
             if (c.folder) {
                 fs::create_directories(f / "out/chapters");
                 write_text(f / "out/chapters/one.txt", "a thesis");
             } else write_text(f / "out", "a thesis");
             return f / "out";
         },
         refused},
        {"a link to a full folder",
         [](const Folder& f, const Command&) {
             fs::create_directories(f / "scratch");
             write_text(f / "scratch/data.txt", "data");
             fs::create_symlink(f / "scratch", f / "out");
             return f / "out";
         },
         refused},
        {"a dangling link",
         [](const Folder& f, const Command&) {
             fs::create_symlink(f / "nowhere", f / "out");
             return f / "out";
         },
         refused},
        {"a file of the user's",
         [](const Folder& f, const Command&) {
             write_text(f / "out", "mine");
             return f / "out";
         },
         refused},
        {"a place that cannot be written",
         [](const Folder&, const Command&) { return std::string("/proc/nowhere/out"); },
         [](const Command&) { return 6; }},
        {"the folder one is in", [](const Folder&, const Command&) { return std::string("."); }, refused},
    };
}

}  // namespace

TEST_CASE("every command that writes, over every kind of place: nothing of anybody's is lost") {
    const Inputs inputs;
    std::size_t places = 0, written = 0, left_alone = 0;
    for (const Kind& kind : kinds())
        for (const Command& command : inputs.commands()) {
            INFO(command.name << " over " << kind.name);
            const Folder here;
            const std::string place = kind.lay(here, command);
            const auto before = everything_in(here.path);
            const Ran ran = shell("cd '" + here.path.string() + "' && '" HUBSIM_PROGRAM "' " +
                                  replaced(command.arguments, "%", "'" + place + "'"));
            INFO(ran.said);
            CHECK(ran.code == kind.code(command));
            CHECK(leavings_in(here.path).empty());
            ++places;
            if (ran.code == 0) {
                ++written;
                CHECK(fs::exists(place));
                if (before.count("out/notes.txt") != 0) CHECK(text_of(here / "out/notes.txt") == "mine");
            } else {
                ++left_alone;
                CHECK(everything_in(here.path) == before);
                CHECK(ran.said.find(place == "." ? "." : fs::path(place).filename().string()) != std::string::npos);
            }
        }
    std::printf(
        "output places: %zu commands x %zu kinds of place = %zu: %zu written whole, %zu refused and left as they were\n",
        inputs.commands().size(), kinds().size(), places, written, left_alone);
    CHECK(places == inputs.commands().size() * kinds().size());
}

TEST_CASE("calibrate refuses the places that it may not fill, before its first run") {
    const Command calibrate{"calibrate", "calibrate " + source + "/scenarios/history-2018-2025.json -o %", true, false};
    std::size_t tried = 0;
    for (const Kind& kind : kinds()) {
        if (kind.name.find("its own") != std::string::npos || kind.name == "nothing there" ||
            kind.name == "an empty folder")
            continue;  // those it fills, in minutes
        INFO("calibrate over " << kind.name);
        const Folder here;
        const std::string place = kind.lay(here, calibrate);
        const auto before = everything_in(here.path);
        const Ran ran = shell("cd '" + here.path.string() + "' && timeout 60 '" HUBSIM_PROGRAM "' " +
                              replaced(calibrate.arguments, "%", "'" + place + "'"));
        INFO(ran.said);
        CHECK(ran.code == kind.code(calibrate));
        CHECK(everything_in(here.path) == before);
        ++tried;
    }
    CHECK(tried == 7);
}

TEST_CASE("a link to an empty folder is filled where it points, and stays a link") {
    const Folder here;
    fs::create_directories(here / "scratch/out");
    fs::create_symlink(here / "scratch/out", here / "out");
    REQUIRE(program("run " + smoke + " -o " + (here / "out")).code == 0);
    CHECK(fs::is_symlink(here / "out"));
    CHECK(fs::exists(here / "scratch/out/report.html"));
    CHECK(leavings_in(here.path).empty());
    const Ran again = program("run " + smoke + " -o " + (here / "out"));
    CHECK(again.code == 2);
    CHECK(again.said.find("Nothing is replaced through a link") != std::string::npos);
}

TEST_CASE("with --force another study of hubsim is replaced, and never a stranger's file") {
    const Folder here;
    REQUIRE(program("run " + smoke + " --seed 7 -o " + (here / "out")).code == 0);
    const Ran refused_first = program("run " + smoke + " -o " + (here / "out"));
    CHECK(refused_first.said.find("holds \"smoke\" with another seed: 7, this has 20180901") != std::string::npos);
    REQUIRE(program("run " + smoke + " --force -o " + (here / "out")).code == 0);
    CHECK(text_of(here / "out/manifest.json").find("\"seed\": \"20180901\"") != std::string::npos);
    write_text(here / "out/data/mine.csv", "mine");
    const auto before = everything_in(here.path);
    const Ran ran = program("run " + smoke + " --force -o " + (here / "out"));
    CHECK(ran.code == 2);
    CHECK(ran.said.find("also holds what hubsim did not write there: data/mine.csv") != std::string::npos);
    CHECK(everything_in(here.path) == before);
}

TEST_CASE("results that were changed by hand are not replaced without --force") {
    const Folder here;
    REQUIRE(program("run " + smoke + " -o " + (here / "out")).code == 0);
    write_text(here / "out/report.html", text_of(here / "out/report.html") + "<!-- my remarks -->");
    const Ran ran = program("run " + smoke + " -o " + (here / "out"));
    CHECK(ran.code == 2);
    CHECK(ran.said.find("was changed since it was written: report.html") != std::string::npos);
    CHECK(program("run " + smoke + " --force -o " + (here / "out")).code == 0);
}

TEST_CASE("report and qa-pack over the results they are made from refuse") {
    const Folder here;
    REQUIRE(program("run " + smoke + " -o " + (here / "out")).code == 0);
    const auto before = everything_in(here.path);
    for (const std::string command : {"report ", "qa-pack "}) {
        for (const std::string place : {"out", "out/", "./out", "out/.", "x/../out"}) {
            INFO(command << place);
            CHECK(
                shell("cd '" + here.path.string() + "' && '" HUBSIM_PROGRAM "' " + command + "out -o " + place).code ==
                2);
            CHECK(everything_in(here.path) == before);
        }
    }
}

TEST_CASE("a pack stands beside its results, however their path ends") {
    const Folder here;
    REQUIRE(program("run " + smoke + " -o " + (here / "out")).code == 0);
    const auto before = everything_in(here / "out");
    REQUIRE(program("qa-pack " + (here / "out/")).code == 0);
    CHECK(fs::exists(here / "out-qa/01-specification.md"));
    CHECK(everything_in(here / "out") == before);
}

TEST_CASE("a place is what its name means: blanks, slashes and dots") {
    const Folder here;
    for (const std::string place : {"a b", "trail/", "g/.", "g2/../g3"}) {
        INFO(place);
        const Ran ran =
            shell("cd '" + here.path.string() + "' && '" HUBSIM_PROGRAM "' run " + smoke + " -o '" + place + "'");
        CHECK(ran.code == 0);
        CHECK(leavings_in(here.path).empty());
    }
    for (const std::string name : {"a b", "trail", "g", "g3"}) CHECK(fs::exists(here / name + "/report.html"));
    CHECK(everything_in(here.path).count("g2") == 0);
}

TEST_CASE("a table is never written over the file it was read from") {
    const Folder here;
    write_text(here / "schools.csv", schools);
    for (const std::string place : {"schools.csv", "./schools.csv"}) {
        const Ran ran = shell("cd '" + here.path.string() +
                              "' && '" HUBSIM_PROGRAM "' import table schools.csv --force -o " + place);
        CHECK(ran.code == 2);
        CHECK(ran.said.find("is what is read: it would be lost") != std::string::npos);
        CHECK(text_of(here / "schools.csv") == schools);
    }
}

TEST_CASE("a full disk, at every call that writes: told, and the old results stand") {
    const Folder here;
    const std::string run = "'" HUBSIM_PROGRAM "' run " + smoke + " --threads 1 -o '" + (here / "out") + "'";
    REQUIRE(shell(run).code == 0);
    const auto before = everything_in(here.path);
    int failed = 0, at = 1;
    for (;; at += 7) {
        const Ran ran = shell("LD_PRELOAD='" HUBSIM_FAIL_IO "' FAULT_UNDER=out.partial FAULT_ERROR=28 FAULT_AT=" +
                              std::to_string(at) + " " + run);
        if (ran.code == 0 && ran.said.find("fingerprint") != std::string::npos) break;  // fewer calls than that
        INFO("call " << at << ": " << ran.said);
        ++failed;
        CHECK(ran.code == 6);
        CHECK(ran.said.find("Nothing was written") != std::string::npos);
        CHECK(everything_in(here.path) == before);
    }
    CHECK(failed >= 10);
    std::printf(
        "a full disk: every 7th of about %d calls that write failed in turn (%d), each told, the old results unharmed\n",
        at, failed);
}

TEST_CASE("killed while replacing, at any call: the old results or the new ones, whole, and the next run tidies up") {
    const char* wanted = std::getenv("HUBSIM_KILLS");
    const int kills = wanted == nullptr ? 20 : std::atoi(wanted);
    const Folder here;
    const std::string run = "'" HUBSIM_PROGRAM "' run " + smoke + " --threads 1 -o '" + (here / "out") + "'";
    REQUIRE(shell(run).code == 0);
    const auto whole = everything_in(here / "out");
    int done = 0;
    for (int k = 0; k < kills; ++k) {
        const int at =
            k % 2 == 0 ? 1 + k * 7 % 120 : 230 - k % 60;  // half of them near the end, where the folders change places
        const Ran ran =
            shell("LD_PRELOAD='" HUBSIM_FAIL_IO "' FAULT_UNDER=out FAULT_ERROR=KILL FAULT_AT=" + std::to_string(at) +
                  " sh -c \"exec " + run + "\"");
        INFO("call " << at << ": " << ran.said);
        done += ran.code == 137;
        CHECK((ran.code == 137 || ran.code == 0));
        CHECK(program("verify --quick " + (here / "out")).code == 0);
    }
    CHECK(done >= kills / 2);
    REQUIRE(shell(run).code == 0);
    CHECK(everything_in(here / "out").size() == whole.size());
    CHECK(leavings_in(here.path).empty());
    std::printf("kills while replacing: %d, nothing lost\n", done);
}
