#include "analysis/base/folder_manifest.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/base/files.h"

namespace hubs {
namespace {

namespace fs = std::filesystem;
constexpr const char* file_name = "manifest.json";
constexpr std::size_t most_manifest_bytes = 64u << 20;
const std::string seal_begins = ",\n \"seal\": \"";

/// Stays within the folder, whatever a manifest says.
bool is_inside(const std::string& name) {
    const fs::path path(name);
    if (name.empty() || path.is_absolute() || name.find('\0') != std::string::npos) return false;
    return std::none_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".." || part == "."; });
}

bool read_identity(const Node& root, FolderIdentity& out) {
    const Node *format = root.find("format"), *study = root.find("study");
    if (format == nullptr || !format->text.starts_with("hubsim ") || study == nullptr ||
        study->kind != Node::Kind::object)
        return false;
    out.format = format->text;
    for (const auto& m : study->members) {
        if (m.value.kind != Node::Kind::text) return false;
        if (m.key == "name") out.name = m.value.text;
        else out.parts.emplace_back(m.key, m.value.text);
    }
    return true;
}

bool read_files(const Node& root, std::vector<SealedFile>& out) {
    const Node* files = root.find("files");
    if (files == nullptr || files->kind != Node::Kind::list) return false;
    for (const Node& f : files->list) {
        const Node *name = f.find("file"), *hash = f.find("sha256");
        if (name == nullptr || hash == nullptr || !is_inside(name->text) || hash->text.size() != 64) return false;
        out.push_back({name->text, hash->text});
    }
    return true;
}

}  // namespace

std::string manifest_text(const FolderIdentity& identity, const nlohmann::ordered_json& more,
                          const std::vector<SealedFile>& files) {
    nlohmann::ordered_json out, study;
    study["name"] = identity.name;
    for (const auto& [what, value] : identity.parts) study[what] = value;
    out["format"] = identity.format;
    out["study"] = study;
    for (const auto& [key, value] : more.items()) out[key] = value;
    out["files"] = nlohmann::ordered_json::array();
    for (const SealedFile& f : files) out["files"].push_back({{"file", f.name}, {"sha256", f.sha256}});
    std::string text = out.dump(1);
    text.resize(text.size() - 2);  // without "\n}"
    return text + seal_begins + sha256(text) + "\"\n}\n";
}

std::optional<FolderManifest> read_folder_manifest(const std::string& folder, std::string& why) {
    const std::string path = folder + "/" + file_name;
    Limits limits;
    limits.bytes = most_manifest_bytes;
    FolderManifest out;
    out.document = read_document(path, limits);
    if (!out.document.problems.empty()) {
        why = path + ": " + out.document.problems.front().headline;
        return std::nullopt;
    }
    if (!read_identity(out.document.root, out.identity) || !read_files(out.document.root, out.files)) {
        const Node* format = out.document.root.find("format");
        why = path + (format != nullptr && format->text == "hubsim results 1"
                          ? ": written by an earlier hubsim, before files were sealed; run the study again"
                          : ": not a manifest of hubsim");
        return std::nullopt;
    }
    const std::string& text = out.document.text;
    const auto seal = text.rfind(seal_begins);
    out.own_seal_holds =
        seal != std::string::npos && text.substr(seal) == seal_begins + sha256(text.substr(0, seal)) + "\"\n}\n";
    return out;
}

FolderState state_of(const std::string& folder, const FolderManifest& manifest) {
    FolderState out;
    std::set<std::string> known{file_name}, folders;
    if (fs::is_symlink(fs::path(folder) / file_name)) out.altered.push_back(file_name);  // it was written as a file
    for (const SealedFile& f : manifest.files) {
        known.insert(f.name);
        for (fs::path above = fs::path(f.name).parent_path(); !above.empty(); above = above.parent_path())
            folders.insert(above.string());
        std::error_code error;
        const fs::path path = fs::path(folder) / f.name;
        const auto status = fs::symlink_status(path, error);
        if (status.type() == fs::file_type::not_found) out.missing.push_back(f.name);
        else if (status.type() != fs::file_type::regular || sha256_of_file(path.string()) != f.sha256)
            out.altered.push_back(f.name);
    }
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().lexically_relative(folder).string();
        const bool is_folder = it->is_directory(error) && !it->is_symlink(error);
        if (is_folder ? folders.count(name) == 0 : known.count(name) == 0) {
            out.strangers.push_back(name);
            if (is_folder) it.disable_recursion_pending();
        }
    }
    for (auto* list : {&out.altered, &out.missing, &out.strangers}) std::sort(list->begin(), list->end());
    return out;
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 3;
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) out += (i == 0 ? "" : ", ") + printable(names[i]);
    return names.size() > most ? out + " and " + std::to_string(names.size() - most) + " more" : out;
}

}  // namespace hubs
