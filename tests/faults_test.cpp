// Every file in tests/faults/ is wrong in some way; beside it stands the whole message.
#include "tests/catch.h"
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "analysis/study/import/importer.h"
#include "sim/run/messages.h"
#include "tests/support.h"

using namespace hubs;

namespace {

namespace fs = std::filesystem;

std::string file_text(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The message; with HUBSIM_WRITE_EXPECTED set it is also kept, to be read and committed.
void compare(const fs::path& file, const std::string& message) {
    const fs::path expected = fs::path(file).replace_extension(".txt");
    if (std::getenv("HUBSIM_WRITE_EXPECTED") != nullptr) std::ofstream(expected) << message;
    INFO(file.filename().string());
    CHECK(message == file_text(expected));
}

std::vector<fs::path> faults(const char* extension) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(HUBSIM_SOURCE "/tests/faults"))
        if (entry.path().extension() == extension) out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

TEST_CASE("a faulty scenario gives its whole message") {
    const auto files = faults(".json");
    REQUIRE(files.size() >= 40);
    for (const fs::path& file : files) {
        const StudyRead read = read_study_text(file.filename().string(), file_text(file), {});
        CHECK_FALSE(read.study);
        compare(file, read.report);
    }
}

TEST_CASE("a faulty table gives its whole message") {
    const auto files = faults(".csv");
    REQUIRE(files.size() >= 10);
    for (const fs::path& file : files) {
        const Imported imported = import_plain_table(recognise_csv(file_text(file)), file.filename().string());
        CHECK_FALSE(imported.problems.empty());
        compare(file, report_of(imported.problems, "", "Nothing was written."));
    }
}

TEST_CASE("a file over 8 MiB, a device and a folder are refused before they are read") {
    const std::string big(9u << 20, ' ');
    CHECK(read_study_text("big.json", big, {}).report ==
          "big.json: file of 9437184 bytes\n  expected at most 8388608 bytes\n1 problem. Nothing was run.\n");
    CHECK(read_study("/dev/zero", {}).report ==
          "/dev/zero: a device, not a file\n  expected a readable file\n1 problem. Nothing was run.\n");
    CHECK(read_study("/tmp", {}).report ==
          "/tmp: a folder, not a file\n  expected a readable file\n1 problem. Nothing was run.\n");
}
