#pragma once
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "analysis/base/folder_manifest.h"

namespace hubs {

/// A place that was named for output and is not written to: exit 2, nothing touched.
struct PlaceRefused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What was made could not be put where it belongs, and was kept elsewhere: exit 6, nothing lost.
struct KeptElsewhere : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Refuses as OutputFolder does, and touches nothing.
void check_folder_place(const std::string& place, const FolderIdentity& identity, bool force);

/// The same for a folder that is filled step by step and never replaced (a sweep, a calibration): it must be a folder
/// of its own, or a link to one. Gives the place as it is meant.
std::string working_place(const std::string& place);

/// A folder that appears whole or not at all, by the rules of docs/output.md. Files are written under a temporary
/// name beside the place; `commit` seals them and puts the folder there in one step.
class OutputFolder {
public:
    /// Refuses at once what must not be replaced (PlaceRefused) or cannot be written (StorageError).
    /// `force` lets another study's folder be replaced; never a stranger's file, nor anything through a link.
    OutputFolder(const std::string& place, FolderIdentity identity, bool force = false);
    ~OutputFolder();  ///< removes what was not committed
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    void write(const std::string& name, const std::string& text);
    std::string temporary(const std::string& name) const;  ///< a path for libraries that write files themselves
    /// Writes manifest.json with the seal of every file, and what `more` says. If the place has been taken meanwhile,
    /// keeps the folder under a free name beside it and throws KeptElsewhere with that name.
    void commit(const nlohmann::ordered_json& more);
    const std::string& place() const { return place_; }  ///< as it was meant: "a/../b/" is "b"

private:
    void put_in_place();

    std::string place_, path_, temporary_;  ///< as meant; where it really is; while it is written
    FolderIdentity identity_;
    bool force_, committed_ = false;
};

/// One file, by the same rules: replaced only if `is_ours` knows the beginning of the file that is there, or with
/// `force`.
class OutputFile {
public:
    /// Refuses at once; also where the place is one of the `inputs`.
    OutputFile(const std::string& place, const std::function<bool(const std::string& beginning)>& is_ours,
               const std::vector<std::string>& inputs, bool force = false);
    void write(const std::string& text) const;
    const std::string& place() const { return place_; }

private:
    std::string place_;
};

}  // namespace hubs
