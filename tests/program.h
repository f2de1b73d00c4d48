#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "tests/catch.h"

/// The program as a user meets it: commands, exit codes, whole folders.
namespace hubs::test {

namespace fs = std::filesystem;
inline const std::string source = HUBSIM_SOURCE;

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
    int code;          ///< 128 + the signal if one ended it
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
inline Ran program(const std::string& arguments) { return shell("'" HUBSIM_PROGRAM "' " + arguments); }

/// A folder of its own for one test.
class Folder {
public:
    Folder() {
        static int next = 0;
        path = fs::temp_directory_path() / ("hubsim-test-" + std::to_string(getpid()) + "-" + std::to_string(next++));
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string operator/(const std::string& name) const { return (path / name).string(); }

    fs::path path;
};

/// Numbers that do not depend on the machine.
struct Lots {
    std::uint32_t state = 2463534242u;
    std::uint32_t below(std::uint32_t n) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state % n;
    }
};

/// Everything below a folder by name: a file's text, what a link points to, "a folder".
inline std::map<std::string, std::string> everything_in(const fs::path& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).string();
        if (entry.is_symlink()) out[name] = "a link to " + fs::read_symlink(entry.path()).string();
        else out[name] = entry.is_directory() ? "a folder" : text_of(entry.path());
    }
    return out;
}

/// Names below a folder that only an unfinished writer leaves.
inline std::string leavings_in(const fs::path& folder) {
    std::string out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.find(".part") != std::string::npos || name.find(".replaced") != std::string::npos) out += name + " ";
    }
    return out;
}

}  // namespace hubs::test
