// The house rules that a test can hold.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "sim/schedule.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

namespace fs = std::filesystem;
const std::string source = HUBSIM_SOURCE;

std::string file_text(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The floor a file stands on: 0 base, 1 entity, 2 process, 3 sim, 4 run, 5 analysis.
int floor_of(const std::string& path) {
    if (path.rfind("sim/base/", 0) == 0) return 0;
    if (path.rfind("sim/entity/", 0) == 0) return 1;
    if (path.rfind("sim/process/", 0) == 0) return 2;
    if (path.rfind("sim/run/", 0) == 0) return 4;
    if (path.rfind("sim/", 0) == 0) return 3;
    return 5;
}

/// The process whose file, or part of it, this is.
std::string process_of(const fs::path& file) {
    std::string out = file.stem();
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        if (file.stem().string().starts_with(P::name)) out = P::name;
    });
    return out;
}

template <class F>
void each_include(F&& f) {
    for (const char* top : {"sim", "analysis"})
        for (const auto& entry : fs::recursive_directory_iterator(source + "/" + top)) {
            if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
            const std::string file = fs::relative(entry.path(), source).string();
            std::istringstream lines(file_text(entry.path()));
            for (std::string line; std::getline(lines, line);)
                if (line.rfind("#include", 0) == 0) f(file, line.substr(9));
        }
}

}  // namespace

TEST_CASE("an include points only down") {
    int seen = 0;
    each_include([&](const std::string& file, const std::string& included) {
        if (included[0] != '"') return;
        ++seen;
        const std::string to = included.substr(1, included.find('"', 1) - 1);
        INFO(file << " includes " << to);
        CHECK(floor_of(to) <= floor_of(file));
        // Processes never include one another; a process may have parts, named after it.
        if (floor_of(file) == 2 && floor_of(to) == 2) CHECK(process_of(to) == process_of(file));
    });
    CHECK(seen > 100);
}

namespace {

/// The rooms of the analysis from the ground up: each knows itself and those before it. CONTRIBUTING has the map.
const std::vector<std::string> rooms{
    "analysis/base/",
    "analysis/page/",
    "analysis/statistics/sampling/",
    "analysis/statistics/sensitivity/",
    "analysis/statistics/decision/",
    "analysis/statistics/estimator/",
    "analysis/study/run/",
    "analysis/study/export/",
    "analysis/study/import/",
    "analysis/study/evaluation/",
    "analysis/study/sweep/",
    "analysis/study/calibration/",
    "analysis/results/",
    "analysis/results/opendata/",
    "analysis/report/",
    "analysis/report/sweep/",
    "analysis/workshop/engine/",
    "analysis/commands/",
};
/// Where in the list a path's room stands; a room within a room is known by the whole of its name.
std::size_t room_of(const std::string& path) {
    std::size_t best = rooms.size();
    for (std::size_t r = 0; r < rooms.size(); ++r)
        if (path.starts_with(rooms[r]) && (best == rooms.size() || rooms[r].size() > rooms[best].size())) best = r;
    return best;
}
constexpr const char* own_tools[] = {"analysis/bench/", "analysis/initial_state/"};  // programs beside the program

}  // namespace

TEST_CASE("a room of the analysis knows only rooms below it") {
    std::set<std::size_t> seen;
    each_include([&](const std::string& file, const std::string& included) {
        if (!file.starts_with("analysis/") || file.starts_with(own_tools[0]) || file.starts_with(own_tools[1])) return;
        INFO(file << " includes " << included);
        REQUIRE(room_of(file) < rooms.size());
        seen.insert(room_of(file));
        if (!included.starts_with("\"analysis/")) return;
        CHECK(room_of(included.substr(1)) <= room_of(file));
    });
    CHECK(seen.size() == rooms.size());
}

TEST_CASE("statistics know no simulator") {
    each_include([&](const std::string& file, const std::string& included) {
        if (!file.starts_with("analysis/statistics/") || !included.starts_with("\"sim/")) return;
        INFO(file << " includes " << included);  // numbers, text and how files are read; nothing of the model
        CHECK((included.starts_with("\"sim/base/") || included == "\"sim/run/text.h\"" ||
               included == "\"sim/run/reader.h\"" || included == "\"sim/run/names.h\""));
    });
}

TEST_CASE("only the rooms of files remove, rename or replace anything") {
    const std::vector<std::string> words{"remove_all(", "fs::remove(", "filesystem::remove", "unlink(",
                                         "rmdir(",      "rename(",     "renameat2(",         "ofstream"};
    for (const auto& entry : fs::recursive_directory_iterator(source + "/analysis")) {
        const std::string file = fs::relative(entry.path(), source).string();
        if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
        if (file == "analysis/base/files.cpp" || file == "analysis/base/output_place.cpp" ||
            file == "analysis/initial_state/derive.cpp")
            continue;
        const std::string text = file_text(entry.path());
        INFO(file);
        for (const std::string& word : words) CHECK(text.find(word) == std::string::npos);
    }
}

TEST_CASE("files of the user's are read through one door") {
    const std::vector<std::string> words{"ifstream", "fopen(", "std::getline(std::cin"};
    for (const char* top : {"sim", "analysis"})
        for (const auto& entry : fs::recursive_directory_iterator(source + "/" + top)) {
            const std::string file = fs::relative(entry.path(), source).string();
            if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
            if (file == "analysis/initial_state/derive.cpp") continue;  // a tool of the developers
            std::string text = file_text(entry.path());
            for (std::size_t at = 0; (at = text.find("(\"/proc/", at)) != std::string::npos;)
                text.erase(text.rfind('\n', at) + 1, text.find('\n', at) - text.rfind('\n', at));
            INFO(file);
            for (const std::string& word : words) CHECK(text.find(word) == std::string::npos);
        }
}

TEST_CASE("the core holds no stream, file, clock, thread, JSON or library's random numbers") {
    const std::vector<std::string> forbidden{
        "<iostream>",      "<fstream>",       "<sstream>",    "<chrono>", "<thread>", "<mutex>", "<random>",
        "<unordered_map>", "<unordered_set>", "<filesystem>", "nlohmann", "tbb/",     "Eigen"};
    each_include([&](const std::string& file, const std::string& included) {
        if (floor_of(file) > 3) return;
        INFO(file << " includes " << included);
        for (const std::string& word : forbidden) CHECK(included.find(word) == std::string::npos);
        if (included.find("boost/") != std::string::npos) CHECK(file == "sim/entity/network.cpp");
    });
}

TEST_CASE("each process has a file of its name and a section of the ODD") {
    const std::string odd = file_text(source + "/docs/ODD.md");
    int place = 0;
    hubs::Schedule::each_process([&]<class P>(std::type_identity<P>) {
        ++place;
        INFO(P::name);
        CHECK(fs::exists(source + "/sim/process/" + std::string(P::name) + ".h"));
        CHECK(odd.find("### 7." + std::to_string(place) + " " + std::string(P::name)) != std::string::npos);
    });
    for (const char* heading : {"## 1 Purpose and patterns", "## 2 Entities, state variables and scales",
                                "## 3 Process overview and scheduling", "## 4 Design concepts", "## 5 Initialization",
                                "## 6 Input data", "## 7 Submodels"})
        CHECK(odd.find(heading) != std::string::npos);
}

TEST_CASE("no two processes share a stream of luck") {
    std::vector<std::uint32_t> streams;
    hubs::Schedule::each_process(
        [&]<class P>(std::type_identity<P>) { streams.push_back(hubs::stream_of(P::name.data(), P::name.size())); });
    streams.push_back(hubs::stream_of("initial_state", 13));
    streams.push_back(hubs::stream_of("population", 10));
    std::sort(streams.begin(), streams.end());
    CHECK(std::adjacent_find(streams.begin(), streams.end()) == streams.end());
}

TEST_CASE("what may be cited has the program's version") {
    const std::string cmake = file_text(source + "/CMakeLists.txt");
    const std::string version =
        cmake.substr(cmake.find("VERSION 0") + 8, cmake.find(" LANGUAGES") - cmake.find("VERSION 0") - 8);
    CHECK(version.size() >= 5);
    CHECK(file_text(source + "/CITATION.cff").find("\nversion: " + version + "\n") != std::string::npos);
    CHECK(file_text(source + "/codemeta.json").find("\"version\": \"" + version + "\"") != std::string::npos);
}
