// Sweeps as their users meet them: cut any way, run by anyone, damaged, stopped, refused.
#include <cmath>
#include <csignal>
#include <thread>

#include "analysis/base/exit_codes.h"
#include "analysis/base/files.h"
#include "analysis/base/table.h"
#include "analysis/study/sweep/shard_store.h"
#include "analysis/study/sweep/share.h"
#include "tests/sweep/sweep_support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

ShardStore small_store(const fs::path& folder, const std::string& id = "abc") {
    return {folder.string(), id, 10, 2, 3, "run,row,replicate,status,gain,message"};
}
std::vector<std::string> lines_of(const ShardStore& store, std::uint32_t shard, const std::string& gain = "0.5") {
    std::vector<std::string> out;
    for (std::size_t i = store.first_run(shard); i < store.first_run(shard + 1); ++i)
        out.push_back(std::to_string(i) + "," + std::to_string(i / 2) + "," + std::to_string(i % 2) + ",ok," + gain +
                      ",");
    return out;
}

}  // namespace

TEST_CASE("1, 7 and 100 shards, in any order and by any number of threads, merge to the same bytes") {
    const Vale here;
    REQUIRE(here.sweep("run small.json -o one --shards 1 --threads 1").code == 0);
    REQUIRE(here.sweep("merge one").code == 0);
    const auto expected = here.merged("one");
    REQUIRE(here.sweep("plan small.json -o seven --shards 7").code == 0);
    for (const char* part : {"3/3", "1/3", "2/3"})
        REQUIRE(here.sweep("run seven --threads 3 --shard " + std::string(part)).code == 0);
    REQUIRE(here.sweep("merge seven").code == 0);
    CHECK(here.merged("seven") == expected);
    REQUIRE(here.sweep("run small.json -o hundred --shards 100", "LC_ALL=de_DE.UTF-8 TZ=Pacific/Kiritimati").code == 0);
    REQUIRE(here.sweep("merge hundred").code == 0);
    CHECK(here.merged("hundred") == expected);
}

TEST_CASE("four writers of one folder at once make the bytes of one") {
    const Vale here;
    REQUIRE(here.sweep("run small.json -o alone").code == 0);
    REQUIRE(here.sweep("merge alone").code == 0);
    const Ran four = here.sweep(
        "--help > /dev/null; for i in 1 2 3 4; do '" HUBSIM_PROGRAM
        "' sweep run small.json -o shared --threads 2 --checkpoint-seconds 0 & pids=\"$pids $!\"; done; for p in $pids; do wait $p || exit 9; done");
    INFO(four.said);
    REQUIRE(four.code == 0);
    REQUIRE(here.sweep("merge shared").code == 0);
    CHECK(here.merged("shared") == here.merged("alone"));
    CHECK(here.leavings("shared") == "");
}

TEST_CASE("a shard cut at any byte or with any bit turned is never taken for whole") {
    const Vale here;
    fs::create_directories(here / "store/shards");
    const ShardStore store = small_store(here / "store");
    for (std::uint32_t s = 0; s < 3; ++s) store.commit(s, lines_of(store, s));
    REQUIRE(store.read(1) == lines_of(store, 1));
    const std::string whole = text_of(store.path(1));
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        write_text(store.path(1), whole.substr(0, cut));
        INFO("cut at " << cut);
        REQUIRE(!store.read(1));
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string turned = whole;
        turned[at] = static_cast<char>(turned[at] ^ 1 << at % 8);
        write_text(store.path(1), turned);
        INFO("turned at " << at);
        REQUIRE(!store.read(1));
    }
    write_text(store.path(1), whole + "more\n");
    CHECK(!store.read(1));
    write_text(store.path(1), whole);
    CHECK(store.read(1));
    CHECK(!small_store(here / "store", "another").read(1));
    write_text(store.path(1), text_of(store.path(2)));  // a whole shard in another's place
    CHECK(!store.read(1));
}

TEST_CASE("a whole shard with other numbers is an alarm") {
    const Vale here;
    fs::create_directories(here / "store/shards");
    const ShardStore store = small_store(here / "store");
    store.commit(0, lines_of(store, 0));
    store.commit(0, lines_of(store, 0));
    try {
        store.commit(0, lines_of(store, 0, "0.25"));
        FAIL("not noticed");
    } catch (const SweepError& e) {
        CHECK(e.code == differs);
    }
}

TEST_CASE("what an interrupted writer kept is used, and what is damaged in it is not") {
    const Vale here;
    fs::create_directories(here / "store/shards");
    const ShardStore store = small_store(here / "store");
    const auto lines = lines_of(store, 1);
    ShardStore::Checkpoint checkpoint(store, 1);
    checkpoint.add(lines[0]);
    checkpoint.save();
    checkpoint.add(lines[2]);
    checkpoint.save();
    CHECK(store.recover(1) == std::vector<std::string>{lines[0], "", lines[2], "", "", ""});
    fs::path part;
    for (const auto& file : fs::directory_iterator(here / "store/shards")) part = file.path();
    const std::string text = text_of(part);
    write_text(part, text.substr(0, text.size() - 1));
    CHECK(store.recover(1) == std::vector<std::string>{lines[0], "", "", "", "", ""});
    write_text(part, replaced(text, "0.5", "0.6"));
    CHECK(store.recover(1) == std::vector<std::string>{"", "", lines[2], "", "", ""});
    store.commit(1, lines);
    store.sweep_up();
    CHECK(!fs::exists(part));
}

TEST_CASE("a damaged or missing shard is named, made anew and merged to the same bytes") {
    const Vale here;
    REQUIRE(here.sweep("run small.json -o sweep").code == 0);
    REQUIRE(here.sweep("merge sweep").code == 0);
    const auto expected = here.merged("sweep");
    const fs::path shard = here / "sweep/shards/00017.csv";
    write_text(shard, replaced(text_of(shard), ",ok,", ",0k,"));
    fs::remove(here / "sweep/shards/00040.csv");
    fs::remove(here / "sweep/shards/00041.csv");
    fs::remove_all(here / "sweep/merged");
    const Ran verified = here.sweep("verify sweep"), missing = here.sweep("missing sweep"),
              refused = here.sweep("merge sweep");
    CHECK(verified.code == incomplete);
    CHECK(
        verified.said ==
        "sweep/shards/00017.csv: cut short or altered: its checksum differs\n3 of 64 shards are missing or not whole: 17,40-41\n");
    CHECK(missing.code == incomplete);
    CHECK(missing.said == "17,40-41\n");
    CHECK(refused.code == incomplete);
    CHECK(
        refused.said ==
        "3 of 64 shards are missing: 17,40-41\nNothing was merged. hubsim sweep run sweep makes them; --partial merges what is there.\n");
    CHECK(!fs::exists(here / "sweep/merged"));
    REQUIRE(here.sweep("merge sweep --partial").code == 0);
    CHECK(text_of(here / "sweep/merged-partial/manifest.json").find("PARTIAL") != std::string::npos);
    CHECK(!fs::exists(here / "sweep/merged"));
    const Ran mended = here.sweep("run sweep");
    CHECK(mended.code == 0);
    CHECK(mended.said.find("sweep/shards/00017.csv: cut short or altered: its checksum differs; it is made anew") !=
          std::string::npos);
    REQUIRE(here.sweep("merge sweep").code == 0);
    CHECK(here.merged("sweep") == expected);
}

TEST_CASE("stopped by TERM or USR1 a sweep exits with 75, by INT with 130, and goes on") {
    const Vale here;
    here.study("long.json", replaced(replaced(text_of(here / "small.json"), "\"points\": 16", "\"points\": 64"),
                                     "\"shards\": 64", "\"shards\": 1"));
    REQUIRE(here.sweep("plan long.json -o sweep").code == 0);
    for (const auto& [signal, code] : {std::pair{"TERM", 75}, {"USR1", 75}, {"INT", 130}}) {
        const Ran stopped = here.sweep("--help > /dev/null; '" HUBSIM_PROGRAM
                                       "' sweep run sweep --checkpoint-seconds 600 & p=$!; sleep 0.5; kill -" +
                                       std::string(signal) + " $p; wait $p");
        INFO(signal << ": " << stopped.said);
        CHECK(stopped.code == code);
        CHECK(stopped.said.find("Stopped. What is finished is kept in sweep; the same command goes on.") !=
              std::string::npos);
        CHECK(!here.leavings("sweep").empty());
    }
    CHECK(here.sweep("run sweep").code == 0);
    CHECK(here.leavings("sweep") == "");
    REQUIRE(here.sweep("merge sweep").code == 0);
    REQUIRE(here.sweep("run long.json -o alone").code == 0);
    REQUIRE(here.sweep("merge alone").code == 0);
    CHECK(here.merged("sweep") == here.merged("alone"));
}

TEST_CASE("foreign, altered and older folders are refused, and the message says what to do") {
    const Vale here;
    REQUIRE(here.sweep("plan small.json -o sweep").code == 0);
    const std::string manifest = text_of(here / "sweep/manifest.json"),
                      scenario = text_of(here / "sweep/inputs/scenario.json");
    const auto refusal = [&](const std::string& command, int code, const std::string& said) {
        const Ran ran = here.sweep(command);
        CHECK(ran.code == code);
        CHECK(ran.said == said);
    };
    refusal(
        "run small-sequence.json -o sweep", 2,
        "sweep holds another sweep, \"small\": its study, inputs or program differ. Choose another folder with -o.\n");
    refusal("run small.json -o sweep --shards 7", 2,
            "sweep holds this sweep in 64 shards, not 7. Choose another folder with -o.\n");
    refusal("run small.json -o .", 2,
            ". is a folder that holds others: output needs a folder of its own, as ./out.\nNothing was written.\n");
    fs::create_directories(here / "mine");
    write_text(here / "mine/letter.txt", "mine");
    refusal("run small.json -o mine", 2, "mine exists and holds no sweep of hubsim. Choose another folder with -o.\n");
    refusal(
        "status nothing", 2,
        "nothing holds no sweep: nothing/manifest.json is missing. hubsim sweep plan STUDY.json -o nothing makes one.\n");
    write_text(here / "sweep/inputs/scenario.json", scenario + " ");
    refusal(
        "run sweep", 3,
        "sweep/inputs/scenario.json was changed after the sweep was planned. Put it back, or plan anew in another folder.\n");
    write_text(here / "sweep/inputs/scenario.json", scenario);
    write_text(here / "sweep/manifest.json", replaced(manifest, "\"rows\": 640", "\"rows\": 641"));
    refusal(
        "merge sweep", 3,
        "sweep/manifest.json: altered, or planned by another build: it is not what its inputs say. Plan anew in another folder. Nothing was run or merged.\n");
    write_text(here / "sweep/manifest.json", replaced(manifest, "\"version\": \"", "\"version\": \"0.0."));
    CHECK(here.sweep("run sweep").said.find("sweep/manifest.json: planned by hubsim 0.0.") == 0);
    write_text(here / "sweep/manifest.json",
               replaced(manifest, "\"file\": \"scenario.json\"", "\"file\": \"../../scenario.json\""));
    refusal("run sweep", 3, "sweep/manifest.json: an input is not described. Nothing was run or merged.\n");
    write_text(here / "sweep/manifest.json", replaced(manifest, "\"shards\": 64", "\"shards\": 32"));
    CHECK(here.sweep("verify sweep").code == 3);
    write_text(here / "sweep/manifest.json", replaced(manifest, "\"shards\": 64", "\"shards\": 0"));
    CHECK(here.sweep("merge sweep").code == 3);
    const auto first = manifest.find("\"", manifest.find("[", manifest.find("\"first_run\"")));
    std::string other = manifest;
    other.replace(first + 1, other.find("\"", first + 1) - first - 1, "0.123");
    write_text(here / "sweep/manifest.json", other);  // as if another program had planned: its study id differs, too
    CHECK(here.sweep("run sweep").code == 3);
    write_text(here / "sweep/manifest.json", manifest);
    CHECK(here.sweep("run sweep --shard 1/64").code == 0);
    CHECK(here.sweep("run small.json -o /proc/sweep").code == 6);
}

TEST_CASE(
    "a whole shard of other numbers is found by running some of it again, and options of a study are refused on a plan") {
    const Vale here;
    REQUIRE(here.sweep("run small-sequence.json -o sweep --shards 1").code == 0);
    const fs::path shard = here / "sweep/shards/00000.csv";
    std::string text = text_of(shard);
    text = text.substr(0, text.find("# whole "));
    for (std::size_t at = 0; (at = text.find(",ok,", at)) != std::string::npos; at += 4) text.insert(at + 4, "9");
    write_text(shard, text + "# whole " + sha256(text) + "\n");
    const Ran verified = here.sweep("verify sweep");
    CHECK(verified.code == differs);
    CHECK(verified.said.find("comes out otherwise when it is run again") != std::string::npos);
    CHECK(here.sweep("run sweep --shards 7").code == usage);
}
