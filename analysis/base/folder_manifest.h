#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "sim/run/document.h"

namespace hubs {

/// What makes the numbers of an output folder, part by part, as in {"seed", "1"}: two folders
/// hold the same study if all parts agree, and the first that does not is named.
using StudyParts = std::vector<std::pair<std::string, std::string>>;

struct FolderIdentity {
    std::string format;  ///< kind and number of the layout, as "hubsim results 2"
    std::string name;    ///< of the study
    StudyParts parts;
};

struct SealedFile {
    std::string name;    ///< within the folder
    std::string sha256;  ///< of its bytes when it was written
};

/// The manifest.json of an output folder: what the folder is, every file with its seal, and a seal of its own.
struct FolderManifest {
    FolderIdentity identity;
    std::vector<SealedFile> files;
    bool own_seal_holds = false;
    Document document;  ///< everything else it says
};

/// The text of a manifest: identity first, then `more`, the files, and the seal of all that.
std::string manifest_text(const FolderIdentity& identity, const nlohmann::ordered_json& more,
                          const std::vector<SealedFile>& files);

/// Reads folder/manifest.json. Nothing, and why, if there is none or it is not one of ours.
std::optional<FolderManifest> read_folder_manifest(const std::string& folder, std::string& why);

/// Files of a folder that are not as its manifest says, by name, each list sorted.
struct FolderState {
    std::vector<std::string> altered, missing;
    std::vector<std::string> strangers;  ///< files, links and folders that the manifest does not name
    bool as_written() const { return altered.empty() && missing.empty() && strangers.empty(); }
};
FolderState state_of(const std::string& folder, const FolderManifest& manifest);

/// "a.txt, b.txt, c.txt and 4 more".
std::string listed(const std::vector<std::string>& names);

}  // namespace hubs
