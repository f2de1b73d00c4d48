#include "analysis/base/output_place.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/base/files.h"

namespace hubs {
namespace {

namespace fs = std::filesystem;
const std::string choose = " Choose another place with -o.";

[[noreturn]] void refuse(const std::string& what) { throw PlaceRefused(what); }

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::symlink_status(path, error).type() != fs::file_type::not_found;
}

/// The name as it is meant: "a/b/../c/" is "a/c". Refuses what names no place of its own.
std::string plain(const std::string& place) {
    if (place.empty() || place.find('\0') != std::string::npos) refuse("-o names no place.");
    fs::path path = fs::path(place).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // a slash at the end
    const std::string name = path.filename().string();
    if (name.empty() || name == "." || name == "..")
        refuse(place + " is a folder that holds others: output needs a folder of its own, as " + place + "/out.");
    if (name.size() > 200) refuse("the name " + name.substr(0, 40) + "… is longer than 200 bytes." + choose);
    return path.string();
}

/// Whether one path is the other or stands above it.
bool holds(const fs::path& above, const fs::path& path) {
    const auto [a, b] = std::mismatch(above.begin(), above.end(), path.begin(), path.end());
    return a == above.end();
}

/// Refuses a folder that is ours but is not this study's, or holds more than was written there.
void check_ours(const std::string& path, const FolderManifest& there, const FolderIdentity& own, bool force) {
    const FolderState state = state_of(path, there);
    if (!state.strangers.empty())
        refuse(path + " also holds what hubsim did not write there: " + listed(state.strangers) +
               ". Move that elsewhere, or choose another folder with -o.");
    if (force) return;
    const std::string instead = choose.substr(0, choose.size() - 1) + ", or replace it with --force.";
    if (there.identity.format != own.format)
        refuse(path + " holds something else of hubsim (" + there.identity.format + ")." + instead);
    if (there.identity.name != own.name)
        refuse(path + " holds another study: \"" + there.identity.name + "\", this is \"" + own.name + "\"." + instead);
    for (const auto& [what, value] : own.parts) {
        std::string other = "nothing";
        for (const auto& [its_what, its_value] : there.identity.parts)
            if (its_what == what) other = its_value;
        if (other != value)
            refuse(path + " holds \"" + own.name + "\" with another " + what + ": " + other + ", this has " + value +
                   "." + instead);
    }
    if (!there.own_seal_holds || !state.altered.empty())
        refuse(path + " was changed since it was written: " +
               (state.altered.empty() ? "manifest.json" : listed(state.altered)) + "." + instead);
}

/// Refuses a place that must not be replaced; gives the path where the folder really is.
std::string checked_folder(const std::string& place, const FolderIdentity& identity, bool force) {
    std::string path = plain(place);
    std::error_code error;
    const bool link = fs::is_symlink(fs::symlink_status(path, error));
    if (link) {
        const std::string to = fs::read_symlink(path, error).string();
        if (!fs::is_directory(path, error))
            refuse(path + " is a link to " + to + ", which is " +
                   (fs::exists(path, error) ? "no folder." : "not there.") + choose);
        if (!fs::is_empty(path, error))
            refuse(path + " is a link to " + to +
                   ", which is not empty. Nothing is replaced through a link: give that path itself.");
        path = fs::canonical(path, error).string();
    }
    if (!is_there(path)) return path;
    if (!fs::is_directory(path, error)) refuse(path + " is a file; output needs a folder." + choose);
    if (holds(fs::canonical(path, error), fs::current_path(error)))
        refuse(path + " is the folder you are in, or above it." + choose);
    if (fs::is_empty(path, error)) return path;
    std::string why;
    const auto there = read_folder_manifest(path, why);
    if (!there)
        refuse((fs::exists(fs::path(path) / "manifest.json", error) ? why + "."
                                                                    : path + " exists and holds nothing of hubsim's.") +
               choose);
    check_ours(path, *there, identity, force);
    return path;
}

/// Swaps two folders in one step, so that there is no moment without either.
bool swap_folders(const std::string& a, const std::string& b) {
    return renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
}

}  // namespace

void check_folder_place(const std::string& place, const FolderIdentity& identity, bool force) {
    checked_folder(place, identity, force);
}

std::string working_place(const std::string& place) {
    const std::string path = plain(place);
    std::error_code error;
    const auto status = fs::symlink_status(path, error);
    if (fs::is_symlink(status) && !fs::is_directory(path, error))
        refuse(path + " is a link to " + fs::read_symlink(path, error).string() + ", which is no folder." + choose);
    if (fs::exists(status) && !fs::is_directory(path, error))
        refuse(path + " is a file; output needs a folder." + choose);
    return path;
}

OutputFolder::OutputFolder(const std::string& place, FolderIdentity identity, bool force)
    : place_(plain(place)), path_(checked_folder(place, identity, force)), identity_(std::move(identity)),
      force_(force) {
    temporary_ = path_ + ".partial-" + writer_name();
    std::error_code error;
    fs::create_directories(parent_of(path_), error);
    remove_leavings(parent_of(path_), fs::path(path_).filename().string());
    if (is_there(temporary_)) discard(temporary_);
    if (mkdir(temporary_.c_str(), 0755) != 0) fail_to("be made", temporary_);
}

OutputFolder::~OutputFolder() {
    if (!committed_) discard(temporary_);
}

std::string OutputFolder::temporary(const std::string& name) const {
    const std::string path = temporary_ + "/" + name;
    std::error_code error;
    fs::create_directories(parent_of(path), error);
    return path;
}

void OutputFolder::write(const std::string& name, const std::string& text) { write_synced(temporary(name), text); }

void OutputFolder::commit(const nlohmann::ordered_json& more) {
    std::vector<SealedFile> files;
    for (const auto& entry : fs::recursive_directory_iterator(temporary_)) {
        if (entry.is_directory()) sync_folder(entry.path().string());
        else
            files.push_back(
                {entry.path().lexically_relative(temporary_).string(), sha256_of_file(entry.path().string())});
    }
    std::sort(files.begin(), files.end(), [](const SealedFile& a, const SealedFile& b) { return a.name < b.name; });
    write("manifest.json", manifest_text(identity_, more, files));
    sync_folder(temporary_);
    put_in_place();
    committed_ = true;
    sync_folder(parent_of(path_));
}

void OutputFolder::put_in_place() {
    try {
        checked_folder(place_, identity_, force_);  // again: somebody may have put files there meanwhile
    } catch (const PlaceRefused& refused) {
        std::string kept = path_ + ".kept";
        for (int n = 2; is_there(kept); ++n) kept = path_ + ".kept-" + std::to_string(n);
        if (rename(temporary_.c_str(), kept.c_str()) != 0) fail_to("be put in place", kept);
        committed_ = true;
        throw KeptElsewhere(std::string(refused.what()) +
                            "\nThis happened while the results were made. They were kept in " + kept + ".");
    }
    if (rename(temporary_.c_str(), path_.c_str()) == 0) return;  // nothing there, or an empty folder
    if (errno != ENOTEMPTY && errno != EEXIST) fail_to("be put in place", path_);
    if (swap_folders(temporary_, path_)) return discard(temporary_);
    const std::string old = path_ + ".replaced-" + writer_name();  // a file system that cannot exchange
    if (rename(path_.c_str(), old.c_str()) != 0) fail_to("be replaced", path_);
    if (rename(temporary_.c_str(), path_.c_str()) != 0) {
        const int failed = errno;
        rename(old.c_str(), path_.c_str());
        errno = failed;
        fail_to("be put in place", path_);
    }
    discard(old);
}

OutputFile::OutputFile(const std::string& place, const std::function<bool(const std::string&)>& is_ours,
                       const std::vector<std::string>& inputs, bool force)
    : place_(plain(place)) {
    std::error_code error;
    const auto status = fs::symlink_status(place_, error);
    if (fs::is_symlink(status))
        refuse(place_ + " is a link to " + fs::read_symlink(place_, error).string() + ": give that path itself.");
    if (fs::is_directory(status)) refuse(place_ + " is a folder; output needs a file." + choose);
    if (fs::exists(status)) {
        if (!fs::is_regular_file(status)) refuse(place_ + " is no file." + choose);
        for (const std::string& input : inputs)
            if (fs::equivalent(place_, input, error)) refuse(place_ + " is what is read: it would be lost." + choose);
        if (!force && !is_ours(read_kept(place_).substr(0, 4096)))
            refuse(
                place_ +
                " is there already and was not written by this command. Choose another file with -o, or replace it with --force.");
    }
    const std::string probe = place_ + ".partial-" + writer_name();
    fs::create_directories(parent_of(place_), error);
    write_synced(probe, "");  // cannot be written? then before anything is computed
    discard(probe);
}

void OutputFile::write(const std::string& text) const { write_whole(place_, text); }

}  // namespace hubs
