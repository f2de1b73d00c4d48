// Every command that reads a file, given every kind of bad one: refused in its own words, at once, with nothing
// written.
#include <array>

#include "tests/program.h"

using namespace hubs::test;

namespace {

struct Reader {
    std::string name, arguments;  ///< `%` is the file
};

std::vector<Reader> readers(const Folder& at) {
    const std::string scenario = source + "/scenarios/smoke.json",
                      small = " --replicates 1 --months 1 -o " + (at / "made");
    return {
        {"check", "check %"},
        {"run", "run %" + small},
        {"run --population", "run " + scenario + small + " --population %"},
        {"run --posterior", "run " + scenario + small + " --posterior %"},
        {"replay", "replay % --plan none --replicate 0"},
        {"new --from", "new made --from %"},
        {"import table", "import table % -o " + (at / "made.json")},
        {"import gias", "import gias % -o " + (at / "made.json")},
        {"import --hubs", "import table " + (at / "schools.csv") + " --hubs % -o " + (at / "made.json")},
        {"import --links", "import table " + (at / "schools.csv") + " --links % -o " + (at / "made.json")},
        {"estimate", "estimate % --outcome after --treated hub"},
        {"estimate-waves", "estimate-waves % --outcome y --unit u --time t --joined j"},
        {"evaluate", "evaluate % -o " + (at / "made.csv")},
        {"calibrate", "calibrate % -o " + (at / "made")},
        {"calibrate --targets", "calibrate " + source + "/scenarios/history-2018-2025.json --targets % -o " + (at / "made")},
        {"calibrate --calibration",
         "calibrate " + source + "/scenarios/history-2018-2025.json --calibration % -o " + (at / "made")},
        {"sweep plan", "sweep plan % -o " + (at / "made")},
        {"sweep status", "sweep status %"},
        {"verify", "verify %"},
        {"report", "report % -o " + (at / "made")},
        {"qa-pack", "qa-pack % -o " + (at / "made")},
        {"workshop --preset", "workshop -o " + (at / "made.html") + " --preset %"}};
}

struct Bad {
    std::string name, path;
};

std::vector<Bad> bad_files(const Folder& at) {
    fs::create_directories(at / "folder");
    REQUIRE(shell("mkfifo '" + (at / "pipe") + "'").code == 0);
    fs::create_symlink(at / "round", at / "round");
    write_text(at / "empty", "");
    write_text(at / "nul", std::string("urn,\0after,hub\n1,2,3\n", 21));
    write_text(at / "list", "[]");
    write_text(at / "object", "{}");
    write_text(at / "deep", std::string(500000, '['));
    write_text(at / "quote", "urn,after\n1,\"never closed\n");
    std::string noise;
    for (unsigned i = 0, x = 88172645u; i < 20000; ++i) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        noise += static_cast<char>(x);
    }
    write_text(at / "noise", noise);
    write_text(at / "large.json", "{\"name\": \"" + std::string(9u << 20, 'x') + "\"}");
    return {{"missing", at / "nothing"},
            {"a folder", at / "folder"},
            {"a pipe", at / "pipe"},
            {"a device", "/dev/zero"},
            {"a device that is empty", "/dev/null"},
            {"the system's", "/proc/self/status"},
            {"a link in a ring", at / "round"},
            {"empty", at / "empty"},
            {"NUL", at / "nul"},
            {"a list", at / "list"},
            {"an object", at / "object"},
            {"deeply nested", at / "deep"},
            {"an open quote", at / "quote"},
            {"noise", at / "noise"},
            {"nine MiB", at / "large.json"}};
}

/// Words of libraries and of the machine that tell a user nothing.
std::string raw_words_in(const std::string& said) {
    for (const char* word : {"json.exception", "basic_string", "std::", "stod", "vector::", "MiB free", "bad_alloc",
                             "what()", "terminate"})
        if (said.find(word) != std::string::npos) return word;
    return "";
}

}  // namespace

TEST_CASE("every command that reads, given every kind of bad file: refused in words, nothing written") {
    const Folder inputs;
    write_text(inputs / "schools.csv",
               "urn,type,region,area,easting,northing,pupils\n100001,mainstream,North,Vale,400000,300000,900\n");
    const auto files = bad_files(inputs);
    const auto commands = readers(inputs);
    const auto before = everything_in(inputs.path / "folder").size();
    std::size_t tried = 0;
    std::map<int, std::size_t> codes;
    for (const Reader& reader : commands)
        for (const Bad& file : files) {
            INFO(reader.name << ", given what is " << file.name);
            const Ran ran = shell("cd '" + inputs.path.string() + "' && timeout 20 '" HUBSIM_PROGRAM "' " +
                                  replaced(reader.arguments, "%", "'" + file.path + "'"));
            INFO(ran.said);
            ++tried;
            ++codes[ran.code];
            CHECK((ran.code == 2 || ran.code == 3));
            CHECK(raw_words_in(ran.said) == "");
            CHECK(ran.said.size() > 10);
            CHECK(ran.said.size() < 20000);
            for (const char* made : {"made", "made.json", "made.csv", "made.html"})
                CHECK_FALSE(fs::exists(inputs / made));
        }
    CHECK(everything_in(inputs.path / "folder").size() == before);
    std::printf("bad files: %zu commands x %zu kinds = %zu, all refused (exit 2: %zu, exit 3: %zu)\n", commands.size(),
                files.size(), tried, codes[2], codes[3]);
}

TEST_CASE("what the command line sets obeys the scenario's limits") {
    const std::string run = "run " + source + "/scenarios/smoke.json --dry-run ";
    for (const std::string option :
         {"--seed 9007199254740993", "--seed -1", "--seed 010", "--replicates 0", "--replicates 0x10", "--replicates 100001", "--months 0", "--months 401",
          "--max-memory nan", "--max-memory -1", "--threads 0", "--threads 1025"}) {
        INFO(option);
        CHECK(program(run + option).code == 2);
    }
    const Ran later = program(run + "--months 25");  // the scenario ends after 24
    CHECK(later.code == 3);
    CHECK(later.said.find("months 25 in place of the scenario's") != std::string::npos);
    CHECK(later.said.find("a whole number from 1 to 24") != std::string::npos);
    CHECK(program(run + "--seed 9007199254740992 --months 24").code == 0);
    const std::string table = source + "/tests/estimator/reference/synthetic_schools600.csv";
    for (const std::string option :
         {"--caliper nan", "--caliper inf", "--caliper 0x1", "--caliper -1", "--matches 0", "--matches 0x10", "--estimand all"}) {
        INFO(option);
        CHECK(program("estimate " + table + " --outcome after --treated hub " + option).code == 2);
    }
    for (const std::string option : {"--school -5", "--school 0", "--replicate -1", "--replicate 100000"}) {
        INFO(option);
        const std::string given = option.starts_with("--school") ? "--replicate 0 " + option : option;
        CHECK(program("replay " + source + "/scenarios/smoke.json --plan 'one area' " + given).code == 2);
    }
    for (const std::string option : {"--hub-answers nan", "--other-answers 2", "--months 0"})
        CHECK(program("evaluate " + source + "/scenarios/smoke.json " + option).code == 2);
    for (const std::string option : {"--until nan", "--until mcse=0", "--checkpoint-seconds nan"})
        CHECK(program("sweep run x.json " + option).code == 2);
}

TEST_CASE("a standard output that cannot be written is no success") {
    for (const std::string& command : std::vector<std::string>{"schedule", "schema", "--help", "--version",
                                                               "check '" + source + "/scenarios/smoke.json'"}) {
        INFO(command);
        const Ran ran = program(command + " >/dev/full");
        CHECK(ran.code == 6);
        CHECK(ran.said.find("standard output: cannot be written") != std::string::npos);
    }
}

TEST_CASE("limits of the machine are told: address space, size of files") {
    const Folder here;
    const std::string run =
        "run " + source + "/scenarios/smoke.json --replicates 2 --months 2 -o '" + (here / "out") + "'";
    for (const char* kib : {"30000", "60000", "120000", "250000"}) {
        INFO(kib);
        const Ran ran = shell("(ulimit -v " + std::string(kib) + "; '" HUBSIM_PROGRAM "' " + run + ")");
        INFO(ran.said);
        CHECK((ran.code == 6 || ran.code == 0 || ran.code == 127));  // 127: not even the libraries could be loaded
        if (ran.code == 6) CHECK_FALSE(fs::exists(here / "out"));
        fs::remove_all(here / "out");
    }
    const Ran files = shell("(ulimit -f 64; '" HUBSIM_PROGRAM "' " + run + ")");
    INFO(files.said);
    CHECK(files.code == 6);
    CHECK(files.said.find("File too large") != std::string::npos);
    CHECK_FALSE(fs::exists(here / "out"));
    CHECK(leavings_in(here.path).empty());
}

TEST_CASE("a stop is heard everywhere, by every signal, and says so") {
    const Folder here;
    const std::string large = "run " + source + "/scenarios/expansion.json -o '" + (here / "out") + "'";
    REQUIRE(program("run " + source + "/scenarios/expansion.json --replicates 15 -o '" + (here / "many") + "'").code ==
            0);
    for (const std::string signal : {"INT", "TERM", "HUP", "USR1"})
        for (const std::string& command : std::vector<std::string>{
                 large, "verify '" + (here / "many") + "'", "evaluate " + source + "/scenarios/expansion.json"}) {
            INFO(signal << ": " << command);
            // env: under nohup HUP is ignored, as it should be
            const Ran ran = shell("env --default-signal=HUP '" HUBSIM_PROGRAM "' " + command +
                                  " & sleep 0.7; kill -" + signal + " $!; wait $!; echo code $?");
            CHECK(ran.said.find("Interrupted. Nothing was written.") != std::string::npos);
            CHECK(ran.said.find("code 130") != std::string::npos);
            CHECK_FALSE(fs::exists(here / "out"));
        }
    CHECK(leavings_in(here.path).empty());
}
