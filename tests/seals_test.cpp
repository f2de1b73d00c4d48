// What a results folder says of itself: every alteration is found and named, and honest folders verify wherever they
// came from.
#include <array>

#include "analysis/base/files.h"
#include "analysis/report/prove.h"
#include "analysis/report/save.h"
#include "analysis/results/tables.h"
#include "analysis/results/results_study.h"
#include "nlohmann/json.hpp"
#include "tests/program.h"

using namespace hubs;
using namespace hubs::test;

namespace {

const std::string smoke = source + "/scenarios/smoke.json --replicates 2 --months 3";

std::vector<std::string> files_of(const fs::path& folder) {
    std::vector<std::string> out;
    for (const auto& [name, text] : everything_in(folder))
        if (text != "a folder") out.push_back(name);
    return out;
}

/// Changes one file in one of ten ways; says what should be named.
std::string alter(const fs::path& folder, const std::string& name, unsigned way, Lots& lots) {
    const fs::path path = folder / name;
    std::string text = text_of(path);
    const std::uint32_t at = lots.below(static_cast<std::uint32_t>(text.size()));
    switch (way) {
        case 0:
            text[at] = static_cast<char>(text[at] ^ (1 << lots.below(8)));
            break;
        case 1:
            text.resize(at);
            break;
        case 2:
            text += '\n';
            break;
        case 3:
            text.erase(at, 1);
            break;
        case 4:
            text.clear();
            break;
        case 5:
            fs::remove(path);
            return name;
        case 6:  // the same bytes through a link
            fs::rename(path, folder.string() + ".aside");
            fs::create_symlink(folder.string() + ".aside", path);
            return name;
        case 7:
            fs::remove(path);
            fs::create_directories(path);
            return name;
        case 8: {  // two files change places
            const std::string other = name == "data/costs.csv" ? "data/items.csv" : "data/costs.csv";
            const std::string theirs = text_of(folder / other);
            write_text(folder / other, text);
            write_text(path, theirs);
            return name;
        }
        default:
            write_text(folder / "data" / ("added" + std::to_string(at) + ".csv"), "a,b\n1,2\n");
            return "data/added" + std::to_string(at) + ".csv";
    }
    write_text(path, text);
    return name;
}

/// Seals a folder anew, as a forger would.
void seal_again(const std::string& folder) {
    std::string why;
    const auto there = read_folder_manifest(folder, why);
    REQUIRE(there);
    std::string text = text_of(folder + "/manifest.json");
    for (const SealedFile& f : there->files)
        if (const std::string now = sha256_of_file(folder + "/" + f.name); now != f.sha256)
            text = replaced(text, f.sha256, now);
    const std::string mark = ",\n \"seal\": \"";
    text = text.substr(0, text.rfind(mark));
    write_text(folder + "/manifest.json", text + mark + sha256(text) + "\"\n}\n");
}

void copy_of(const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::remove(to + ".aside");
    fs::copy(from, to, fs::copy_options::recursive);
}

}  // namespace

TEST_CASE("a thousand altered results folders: each alteration is found and named") {
    const Folder here;
    REQUIRE(program("run " + smoke + " -o " + (here / "out")).code == 0);
    REQUIRE(check_seals(here / "out", read_results_manifest(here / "out")).differences.empty());
    const auto names = files_of(here / "out");
    Lots lots;
    std::size_t found = 0, refused = 0;
    copy_of(here / "out", here / "altered");
    for (unsigned n = 0; n < 1000; ++n) {
        const std::string& name = names[n % names.size()];
        const std::string touched = alter(here / "altered", name, n / static_cast<unsigned>(names.size()) % 10, lots);
        INFO(n << ": " << touched);
        try {
            const Proof proof = check_seals(here / "altered", read_results_manifest(here / "altered"));
            bool named = false;
            for (const std::string& d : proof.differences) named |= d.starts_with(touched + ":");
            CHECK(named);
            found += named;
        } catch (const InputError& e) {  // the manifest itself can no longer be read
            CHECK(touched == "manifest.json");
            CHECK(std::string(e.what()).find("manifest.json") != std::string::npos);
            ++refused;
        }
        if (touched == name && name != "data/costs.csv" && name != "data/items.csv" &&
            !fs::is_symlink(here / "altered/" + name) && fs::is_regular_file(here / "altered/" + name) &&
            n / names.size() % 10 != 8)
            write_text(here / "altered/" + name, text_of(here / "out/" + name));
        else copy_of(here / "out", here / "altered");
    }
    std::printf("altered results: 1000, of which %zu named by their seals and %zu refused as no manifest\n", found,
                refused);
    CHECK(found + refused == 1000);
}

TEST_CASE("altered and sealed anew: running again finds it, and says where") {
    const Folder here;
    REQUIRE(program("run " + smoke + " -o " + (here / "out")).code == 0);
    struct Forgery {
        std::string file, from, to, named;
    };
    const std::vector<Forgery> forgeries{
        {"report.html", "makes no difference", "makes a great difference", "report.html, line"},
        {"report.html", " brings the most: ", " brings the most: 9", "report.html, line"},
        {"data/headline.csv", "one area,", "one area,9", "data/headline.csv, row 3, column benchmarks_mean"},
        {"data/costs.csv", "Hub Leads", "Hub Leaders", "data/costs.csv, row"},
        {"ees/hub_attainment.meta.csv", "Plan of expansion", "Plan of extension", "ees/hub_attainment.meta.csv, line"},
        {"charts/paths.vl.json", "one area", "two areas", "charts/paths.vl.json, line"},
        {"inputs/facts.json", "\"establishments\": 4932", "\"establishments\": 9932", "inputs/facts.json, line"},
        {"study.sqlite", "one area", "own area", "study.sqlite, line"},
        {"manifest.json", "\"employers\"", "\"employees\"", "manifest.json, line"},
        {"manifest.json", "\"fingerprint\": \"", "\"fingerprint\": \"0", "fingerprint: 0"},
        {"manifest.json", "\"seed\": 20180901", "\"seed\": 20180902", "fingerprint: "},
        {"manifest.json", "\"months\": 3", "\"months\": 2", "rows in the folder"},
        {"manifest.json", "\"name\": \"smoke\"", "\"name\": \"smokes\"", "manifest.json, line"},
    };
    std::size_t tried = 0;
    for (const Forgery& f : forgeries) {
        INFO(f.file << ": " << f.to);
        copy_of(here / "out", here / "forged");
        const std::string text = text_of(here / "forged/" + f.file);
        if (text.find(f.from) == std::string::npos) {  // the headline has one of two forms
            CHECK(f.file == "report.html");
            continue;
        }
        ++tried;
        write_text(here / "forged/" + f.file, replaced(text, f.from, f.to));
        seal_again(here / "forged");
        CHECK(program("verify --quick " + (here / "forged")).code == 0);  // seals alone cannot tell
        const Ran ran = program("verify " + (here / "forged"));
        INFO(ran.said);
        CHECK(ran.code == 5);
        CHECK(ran.said.find("differs: ") != std::string::npos);
        CHECK(ran.said.find(f.named) != std::string::npos);
    }
    CHECK(tried >= 12);
    for (const char* emptied : {"\"files\": [", "\"replicates\": 2"}) {  // an empty list of files, and no replicates
        copy_of(here / "out", here / "forged");
        std::string text = text_of(here / "forged/manifest.json");
        if (std::string(emptied).starts_with("\"files")) {
            const auto from = text.find(emptied) + std::string(emptied).size();
            text.erase(from, text.find("],\n \"seal\"") - from);
        } else text = replaced(text, emptied, "\"replicates\": 0");
        write_text(here / "forged/manifest.json", text);
        seal_again(here / "forged");
        const Ran ran = program("verify " + (here / "forged"));
        INFO(ran.said);
        CHECK((ran.code == 5 || ran.code == 3));
        CHECK(ran.said.find("identical") == std::string::npos);
    }
}

TEST_CASE("honest folders of every kind verify, wherever they were made") {
    const Folder here;
    write_text(here / "schools.csv", text_of(source + "/tests/sweep/schools.csv"));
    write_text(here / "hubs.csv", "urn,hub,joined,left\n500001,North,2018-09,2018-11\n500002,North,2018-09,\n");
    REQUIRE(program("import table " + (here / "schools.csv") + " --hubs " + (here / "hubs.csv") + " -o " +
                    (here / "england.json"))
                .code == 0);
    const std::string draws = text_of(source + "/scenarios/posterior/history-2018-2023.csv");
    write_text(here / "mine.csv", draws.substr(0, draws.find('\n', draws.find('\n', 2000) + 1) + 1));
    write_text(here / "framework.json", text_of(source + "/scenarios/frameworks/compass-schools-2017.json"));
    const std::string plain = text_of(source + "/scenarios/smoke.json");
    const std::string vale =
        "{\"schema_version\": 1, \"name\": \"vale\", \"months\": 3, \"replicates\": 2, \"population\": {\"file\": \"england.json\"}, \"plans\": "
        "[{\"name\": \"none\"}, {\"name\": \"listed\", \"waves\": [{\"rule\": \"as_listed\"}]}]}";
    write_text(here / "vale.json", vale);
    write_text(here / "own.json",
               replaced(plain, "\"name\": \"smoke\"", "\"name\": \"own\", \"framework\": \"framework.json\""));
    const std::vector<std::pair<std::string, std::string>> kinds{
        {"as it is", smoke},
        {"own population", "vale.json"},
        {"population on the command line", "vale.json --population england.json"},
        {"posterior file", smoke + " --posterior mine.csv"},
        {"no posterior", smoke + " --posterior none"},
        {"middle of the posterior", smoke + " --posterior middle"},
        {"own framework", "own.json --replicates 2 --months 3"},
        {"another seed", smoke + " --seed 9007199254740992"},
        {"fewer months", source + "/scenarios/smoke.json --replicates 2 --months 1"}};
    for (const auto& [kind, arguments] : kinds) {
        INFO(kind);
        const Ran ran =
            shell("cd '" + here.path.string() + "' && '" HUBSIM_PROGRAM "' run " + arguments + " -o made/out");
        INFO(ran.said);
        REQUIRE(ran.code == 0);
        fs::rename(here / "made", here / "moved");  // to another place, and what it was made from is gone
        for (const char* input : {"england.json", "mine.csv", "framework.json"})
            fs::rename(here / input, here / input + std::string(".away"));
        CHECK(shell("chmod -R a-w '" + (here / "moved") + "'").code == 0);
        const Ran verified = shell("cd / && '" HUBSIM_PROGRAM "' verify '" + (here / "moved/out") + "'");
        INFO(verified.said);
        CHECK(verified.code == 0);
        CHECK(verified.said.find("identical: ") != std::string::npos);
        CHECK(program("verify --quick " + (here / "moved/out")).said.find("sealed: ") != std::string::npos);
        CHECK(program("evaluate --replicates 2 --plan listed " + (here / "moved/out")).code != 1);
        for (const char* input : {"england.json", "mine.csv", "framework.json"})
            fs::rename(here / input + std::string(".away"), here / input);
        CHECK(shell("chmod -R u+w '" + (here / "moved") + "'").code == 0);
        fs::remove_all(here / "moved");
    }
}

TEST_CASE("a note beside the results is told and not judged, one among them is a difference") {
    const Folder here;
    REQUIRE(program("run " + smoke + " -o " + (here / "out")).code == 0);
    write_text(here / "out/notes.txt", "read on Friday");
    const Ran beside = program("verify --quick " + (here / "out"));
    CHECK(beside.code == 0);
    CHECK(beside.said.find("not of this study, and not judged: notes.txt") != std::string::npos);
    write_text(here / "out/data/more.csv", "a\n1\n");
    const Ran among = program("verify --quick " + (here / "out"));
    CHECK(among.code == 5);
    CHECK(among.said.find("differs: data/more.csv: not of this study, and among its files") != std::string::npos);
}

TEST_CASE("estimates whose last digits another machine gave verify, what is simulated must agree to the byte") {
    Overrides overrides;
    overrides.replicates = 20;  // fewer have no estimates of uncertainty
    overrides.months = 3;
    const StudyRead read = read_study(source + "/scenarios/smoke.json", overrides);
    REQUIRE(read.study);
    const Finished finished = finish(*read.study, {}, "smoke.json");
    const std::string fingerprint = finished.ensemble.fingerprint().text();
    for (const auto& [name, verifies] :
         std::vector<std::pair<std::string, bool>>{{"uncertainty", true}, {"replicates", false}}) {
        INFO(name);
        Results results = as_kept(Results(finished));
        std::size_t nudged = 0;
        PublishedTables::each([&]<class T>(std::type_identity<T>) {
            auto rows = results.of<T>();
            for (auto& row : rows)
                T::Row::describe(
                    [&](const char*, const char*, const std::string&, int, auto& value) {
                        if constexpr (std::same_as<std::remove_reference_t<decltype(value)>, double>)
                            if (name == T::name && value != 0 && value == value) {
                                value *= 1 + 2e-8;
                                ++nudged;
                            }
                    },
                    row);
            results.put<T>(std::move(rows));
        });
        REQUIRE(nudged > 0);
        results = as_kept(results);
        const Folder here;
        OutputFolder out(here / "out", identity_of(*read.study));
        const ReportFacts facts = facts_of(*read.study, fingerprint, "hubsim run");
        write_tables(sink_of(out), *read.study, results, facts);
        write_derived(sink_of(out), *read.study, results, facts);
        out.commit(description_of(*read.study, fingerprint));
        const ResultsManifest manifest = read_results_manifest(here / "out");
        REQUIRE(check_seals(here / "out", manifest).differences.empty());
        const StudyRead again = read_results_study(here / "out", manifest);
        REQUIRE(again.study);
        const Proof proof = prove(here / "out", manifest, *again.study, {});
        for (const std::string& d : proof.differences) UNSCOPED_INFO(d);
        CHECK(proof.differences.empty() == verifies);
    }
}
