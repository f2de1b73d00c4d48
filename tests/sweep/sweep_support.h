#pragma once
#include <map>
#include <string>

#include "tests/program.h"

/// Sweeps of ninety invented schools, as a user runs them.
namespace hubs::test {

/// A folder with the invented schools, their scenario and the small study in it.
class Vale {
public:
    Vale() {
        static int next = 0;
        path_ = fs::temp_directory_path() / ("hubsim-sweep-" + std::to_string(getpid()) + "-" + std::to_string(next++));
        fs::create_directories(path_);
        for (const auto& file : fs::directory_iterator(std::string(HUBSIM_SOURCE) + "/tests/sweep"))
            if (file.path().extension() == ".json") fs::copy_file(file.path(), path_ / file.path().filename());
        REQUIRE(shell("'" HUBSIM_PROGRAM "' import table '" HUBSIM_SOURCE "/tests/sweep/schools.csv' -o '" +
                      (path_ / "schools.json").string() + "'")
                    .code == 0);
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
            if (file.is_regular_file())
                out[fs::relative(file.path(), path_ / folder / "merged").string()] = text_of(file.path());
        return out;
    }
    std::string leavings(const std::string& folder) const { return leavings_in(path_ / folder); }

private:
    fs::path path_;
};

}  // namespace hubs::test
