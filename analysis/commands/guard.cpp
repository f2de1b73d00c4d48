#include "analysis/commands/guard.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <system_error>

#include "analysis/base/exit_codes.h"
#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "analysis/study/sweep/shard_store.h"
#include "sim/run/ensemble.h"

namespace hubs {

int guarded(const std::function<int()>& command) {
    const auto say = [](const char* what, const char* closing, int code) {
        const bool ended = *what == 0 || what[std::strlen(what) - 1] == '\n';
        std::fprintf(stderr, "%s%s%s", what, ended ? "" : "\n", closing);
        return code;
    };
    const char* const nothing = "Nothing was written.\n";
    try {
        return command();
    } catch (const Interrupted&) {
        return say("Interrupted. Nothing was written.", "", interrupted);
    } catch (const SweepError& e) {
        return say(e.what(), "", e.code);
    } catch (const PlaceRefused& e) {
        return say(e.what(), nothing, usage);
    } catch (const KeptElsewhere& e) {
        return say(e.what(), "", limit);
    } catch (const StorageError& e) {
        return say(e.what(), nothing, limit);
    } catch (const std::bad_alloc&) {
        return say("Out of memory.", nothing, limit);
    } catch (const std::system_error& e) {
        return say((std::string("The system refused: ") + e.what() + ".").c_str(), nothing, limit);
    } catch (const card::CardFailure& e) {
        return say((std::string(e.what()) + ".").c_str(), nothing, limit);
    } catch (const RunFailure& e) {
        return say(e.what(), nothing, internal_error);
    } catch (const std::exception& e) {
        return say(e.what(), "", invalid);
    }
}

void end_at_limit() {
    try {
        if (const std::exception_ptr e = std::current_exception()) std::rethrow_exception(e);
    } catch (const std::logic_error& e) {
        std::fprintf(stderr, "Internal error: %s. Nothing was written.\n", e.what());
        std::_Exit(internal_error);
    } catch (...) {  // bad_alloc, or what a library throws when the system gives it no thread
    }
    std::fputs("Out of memory or threads. Nothing was written.\n", stderr);
    std::_Exit(limit);
}

int finished(int code) {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
    std::fprintf(stderr, "standard output: cannot be written: %s\n", std::strerror(errno));
    return code == done ? limit : code;
}

}  // namespace hubs
