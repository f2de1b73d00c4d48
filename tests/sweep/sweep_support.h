#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "tests/catch.h"

/// Sweeps of ninety invented schools, as a user runs them.
namespace hubs::test {

namespace fs = std::filesystem;

inline std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
inline void write_text(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

struct Ran {
    int code;
    std::string said;  ///< both streams
};
inline Ran shell(const std::string& command) {
    FILE* pipe = popen(("{ " + command + "; } 2>&1").c_str(), "r");
    std::string said;
    char buffer[4096];
    while (const std::size_t n = fread(buffer, 1, sizeof buffer, pipe)) said.append(buffer, n);
    const int status = pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), said};
}

/// A folder with the invented schools, their scenario and the small study in it.
class Vale {
public:
    Vale() {
        static int next = 0;
        path_ = fs::temp_directory_path() / ("hubsim-sweep-" + std::to_string(getpid()) + "-" + std::to_string(next++));
        fs::create_directories(path_);
        for (const auto& file : fs::directory_iterator(std::string(HUBSIM_SOURCE) + "/tests/sweep"))
            if (file.path().extension() == ".json") fs::copy_file(file.path(), path_ / file.path().filename());
        REQUIRE(shell("'" HUBSIM_PROGRAM "' import table '" HUBSIM_SOURCE "/tests/sweep/schools.csv' -o '" + (path_ / "schools.json").string() + "'").code ==
                0);
    }
    ~Vale() { fs::remove_all(path_); }
    Vale(const Vale&) = delete;
    Vale& operator=(const Vale&) = delete;

    /// `hubsim sweep …` in this folder, with `before` set in its environment.
    Ran sweep(const std::string& arguments, const std::string& before = "") const {
        return shell("cd '" + path_.string() + "' && " + before + " '" HUBSIM_PROGRAM "' sweep " + arguments);
    }
    fs::path operator/(const std::string& name) const { return path_ / name; }
    void study(const std::string& name, const std::string& text) const { write_text(path_ / name, text); }

    /// Every file of a merged sweep, by name.
    std::map<std::string, std::string> merged(const std::string& folder) const {
        std::map<std::string, std::string> out;
        for (const auto& file : fs::recursive_directory_iterator(path_ / folder / "merged"))
            if (file.is_regular_file()) out[fs::relative(file.path(), path_ / folder / "merged").string()] = text_of(file.path());
        return out;
    }
    /// Names under a folder that only an unfinished writer leaves.
    std::string leavings(const std::string& folder) const {
        std::string out;
        for (const auto& file : fs::recursive_directory_iterator(path_ / folder))
            if (file.path().filename().string().find(".part") != std::string::npos || file.path().filename().string().find(".replaced") != std::string::npos)
                out += file.path().filename().string() + " ";
        return out;
    }

private:
    fs::path path_;
};

}  // namespace hubs::test
