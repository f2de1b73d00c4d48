// Killed anywhere, a sweep goes on and gives the same bytes. HUBSIM_KILLS sets how many kills (30 unless told).
#include <sys/prctl.h>

#include <csignal>
#include <thread>

#include "tests/sweep/sweep_support.h"

using namespace hubs::test;

namespace {

unsigned kills_wanted() {
    const char* text = std::getenv("HUBSIM_KILLS");
    return text == nullptr ? 30u : static_cast<unsigned>(std::atoi(text));
}

/// A process group that can be killed as a whole. Its orphans become children of the test, which waits for each: one
/// that is still busy with the disk lives on for a moment after SIGKILL, and what a living process writes is left alone.
pid_t start(const std::string& command) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    setpgid(child, child);
    return child;
}

/// Kills the group and waits until none of it is left; whether the first of it was alive.
bool kill_whole(pid_t group) {
    kill(-group, SIGKILL);
    int status = 0, other = 0;
    waitpid(group, &status, 0);
    while (waitpid(-group, &other, 0) > 0) {}
    return WIFSIGNALED(status);
}

}  // namespace

TEST_CASE("a sweep killed again and again gives the bytes of one that was left alone") {
    const Vale here;
    const auto begun = std::chrono::steady_clock::now();
    REQUIRE(here.sweep("run small.json -o alone --checkpoint-seconds 0.01").code == 0);
    REQUIRE(here.sweep("merge alone").code == 0);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    const auto expected = here.merged("alone");
    REQUIRE(expected.count("sweep.sqlite") == 1);
    Lots lots;
    unsigned kills = 0, trials = 0;
    while (kills < kills_wanted()) {
        ++trials;
        const std::string folder = "killed" + std::to_string(trials);
        const unsigned nested = 1 + lots.below(3);
        for (unsigned k = 0; k < nested; ++k) {
            const std::string work = "cd '" + (here / "").string() +
                                     "' && P='" HUBSIM_PROGRAM "'; $P sweep run small.json -o " + folder +
                                     " --checkpoint-seconds 0.01 && exec $P sweep merge " + folder;
            if (lots.below(2) == 0) {  // at a random call that changes a file
                const Ran ran =
                    shell("export LD_PRELOAD='" HUBSIM_FAIL_IO "' FAULT_UNDER=" + folder +
                          " FAULT_ERROR=KILL FAULT_AT=" + std::to_string(1 + lots.below(420)) + "; " + work);
                kills += ran.code == 137;
            } else {  // at a random time
                const pid_t child = start("{ " + work + "; } >/dev/null 2>&1");
                std::this_thread::sleep_for(std::chrono::duration<double>(wall * lots.below(1000) / 1000.0));
                kills += kill_whole(child);
            }
        }
        INFO("trial " << trials << " with " << nested << " kills");
        const Ran again = here.sweep("run small.json -o " + folder + " --checkpoint-seconds 0.01");
        INFO(again.said);
        REQUIRE(again.code == 0);
        REQUIRE(here.sweep("merge " + folder).code == 0);
        REQUIRE(here.merged(folder) == expected);
        REQUIRE(here.leavings(folder) == "");
        fs::remove_all(here / folder);
    }
    WARN(kills << " kills in " << trials << " sweeps; every resumed sweep gave the same bytes");
}

TEST_CASE("a write that fails anywhere is told, and the sweep goes on when there is room again") {
    const Vale here;
    REQUIRE(here.sweep("run small-sequence.json -o alone").code == 0);
    REQUIRE(here.sweep("merge alone").code == 0);
    const auto expected = here.merged("alone");
    for (const int error : {28, 5}) {  // ENOSPC, EIO
        unsigned fired = 0;
        for (const std::string part : {"run small-sequence.json -o full --checkpoint-seconds 0", "merge full"}) {
            for (int at = 1;; ++at) {
                if (part[0] == 'r') fs::remove_all(here / "full");
                const Ran ran = here.sweep(part, "LD_PRELOAD='" HUBSIM_FAIL_IO "' FAULT_UNDER=full FAULT_ERROR=" +
                                                     std::to_string(error) + " FAULT_AT=" + std::to_string(at));
                INFO("error " << error << " at call " << at << " of " << part << ": " << ran.said);
                if (ran.code == 0 && at > 40)
                    break;  // so far no fault fired any more; a fault that does no harm is passed over
                if (ran.code == 0) continue;
                ++fired;
                REQUIRE((ran.code == 6 || ran.code == 4));
                REQUIRE(ran.said.find("full") != std::string::npos);
                if (fs::exists(here / "full/merged")) REQUIRE(here.merged("full") == expected);  // whole or not at all
                REQUIRE(here.sweep("run small-sequence.json -o full").code == 0);
                REQUIRE(here.sweep("merge full").code == 0);
                REQUIRE(here.merged("full") == expected);
                REQUIRE(here.leavings("full") == "");
                fs::remove_all(here / "full/merged");
            }
        }
        CHECK(fired > 40);
    }
}
