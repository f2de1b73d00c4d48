#include "analysis/report/prove.h"

#include <sqlite3.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/base/files.h"
#include "analysis/base/stop.h"
#include "analysis/results/tables.h"
#include "analysis/report/save.h"
#include "sim/run/file_bytes.h"

namespace hubs {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
bool same_cell(const std::string& a, const std::string& b, bool estimate) {
    if (a == b || !estimate) return a == b;
    char *end_a = nullptr, *end_b = nullptr;
    const double x = std::strtod(a.c_str(), &end_a), y = std::strtod(b.c_str(), &end_b);
    const bool numbers = end_a != a.c_str() && *end_a == 0 && end_b != b.c_str() && *end_b == 0;
    return numbers && std::fabs(x - y) <= 1e-7 * std::max(std::fabs(x), std::fabs(y));
}

using Rows = std::vector<std::vector<std::string>>;

/// The first cell in which two tables differ, in words; empty if none.
std::string first_difference(const std::string& name, const Rows& kept, const Rows& made, bool estimate) {
    for (std::size_t r = 0; r < kept.size() && r < made.size(); ++r)
        for (std::size_t c = 0; c < kept[r].size() && c < made[r].size(); ++c)
            if (!same_cell(kept[r][c], made[r][c], estimate))
                return name + ", row " + std::to_string(r + 1) + ", column " + printable(kept[0][c]) +
                       ": the folder has \"" + printable(kept[r][c]) + "\", running again gives \"" +
                       printable(made[r][c]) + "\"";
    if (kept.size() != made.size())
        return name + ": " + std::to_string(kept.size()) + " rows in the folder, " + std::to_string(made.size()) +
               " when run again";
    for (std::size_t r = 0; r < kept.size(); ++r)
        if (kept[r].size() != made[r].size())
            return name + ", row " + std::to_string(r + 1) + ": " + std::to_string(kept[r].size()) +
                   " cells in the folder, " + std::to_string(made[r].size()) + " when run again";
    return "";
}

/// Where two texts first differ, with some of what stands there.
std::string first_difference(const std::string& name, const std::string& kept, const std::string& made) {
    const auto at = static_cast<std::size_t>(
        std::mismatch(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(std::min(kept.size(), made.size())),
                      made.begin())
            .first -
        kept.begin());
    const auto line = std::count(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    const auto some = [&](const std::string& text) {
        const std::size_t from = at < 20 ? 0 : at - 20;
        std::string out = from < text.size() ? text.substr(from, 60) : "";
        for (char& c : out)
            if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) c = '.';
        return at >= text.size() ? out + " (its end)" : out;
    };
    return name + ", line " + std::to_string(line) + ", byte " + std::to_string(at + 1) + ": the folder has \"" +
           some(kept) + "\", made again it is \"" + some(made) + "\"";
}

/// A folder for files made again, gone when it is no longer needed.
class Workbench {
public:
    Workbench() : path_((fs::temp_directory_path() / ("hubsim-verify.partial-" + writer_name())).string()) {
        make_folder(path_);
    }
    ~Workbench() { discard(path_); }
    Workbench(const Workbench&) = delete;
    Workbench& operator=(const Workbench&) = delete;

    FileSink sink() {
        return {[this](const std::string& name, const std::string& text) { write_synced(temporary(name), text); },
                [this](const std::string& name) { return temporary(name); }};
    }
    const std::vector<std::string>& names() {
        std::sort(names_.begin(), names_.end());
        return names_;
    }
    std::string at(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string temporary(const std::string& name) {
        {
            const std::lock_guard lock(mutex_);
            names_.push_back(name);
        }
        std::error_code error;
        fs::create_directories(parent_of(at(name)), error);
        return at(name);
    }

    std::string path_;
    std::vector<std::string> names_;
    std::mutex mutex_;
};

class Prover {
public:
    Prover(const std::string& results, const ResultsManifest& manifest, const Study& study)
        : results_(results), manifest_(manifest), study_(study) {}

    Proof prove(const RunOptions& options) {
        const Finished finished = finish(study_, options, manifest_.input("scenario")->file);
        const std::string fingerprint = finished.ensemble.fingerprint().text();
        if (fingerprint != manifest_.fingerprint)
            differs("fingerprint: " + printable(manifest_.fingerprint) + " in the manifest, " + fingerprint +
                    " when run again");
        const Results made = as_kept(Results(finished));
        PublishedTables::each([&]<class T>(std::type_identity<T>) { compare_table<T>(made); });
        if (out_.differences.empty()) compare_rest(read_tables(results_, read_facts(results_)), fingerprint);
        return std::move(out_);
    }

private:
    void differs(std::string what) { out_.differences.push_back(std::move(what)); }

    /// The folder's bytes; a file that is not there is a difference.
    bool kept(const std::string& name, std::string& text) {
        FileBytes found = read_file_bytes(results_ + "/" + name, std::size_t{1} << 40);
        if (!found.read()) differs(name + ": " + found.headline);
        text = std::move(found.bytes);
        return found.read();
    }

    /// Compares cells; estimates by their value, so that what follows is made from the folder's own last digits.
    template <class T>
    void compare_table(const Results& results) {
        end_if_stopped();
        const std::string name = "data/" + std::string(T::name) + ".csv", made = csv_text(results.table<T>());
        std::string there;
        if (!kept(name, there)) return;
        ++out_.tables;
        if (there == made) return;
        Rows rows;
        try {
            rows = read_csv(there);
        } catch (const std::exception& e) {
            return differs(name + ": " + e.what());
        }
        const std::string found = first_difference(name, rows, read_csv(made), T::digits == Digits::estimate);
        if (!found.empty()) return differs(found);
        if (csv_text(table_of<T>(rows_of<T>(rows), results.price_base())) != there)
            differs(name + ": the same values, written otherwise");
    }

    void compare_rest(const Results& tables, const std::string& fingerprint) {
        const ReportFacts there = read_facts(results_);
        ReportFacts facts = facts_of(study_, fingerprint, there.command);
        facts.date = there.date;
        facts.live = there.live;
        Workbench bench;
        const FileSink to = bench.sink();
        write_tables(to, study_, tables, facts);
        write_derived(to, study_, tables, facts);
        const std::set<std::string> other = files_of_other_libraries();
        std::vector<SealedFile> files;
        for (const std::string& name : bench.names()) {
            end_if_stopped();
            files.push_back({name, sha256_of_file(results_ + "/" + name)});
            if (other.count(name) != 0) out_.not_remade.push_back(name);
            else compare_file(name, read_kept(bench.at(name)));
        }
        compare_manifest(fingerprint, files);
        std::set<std::string> known;
        for (const SealedFile& f : files) known.insert(f.name);
        for (const SealedFile& f : manifest_.folder.files)
            if (known.count(f.name) == 0) differs(f.name + ": in the manifest, and no file of this study");
    }

    void compare_file(const std::string& name, const std::string& made) {
        std::string there;
        if (!kept(name, there)) return;
        if (there != made) return differs(first_difference(name, there, made));
        ++out_.files;
    }

    void compare_manifest(const std::string& fingerprint, const std::vector<SealedFile>& files) {
        Json description = description_of(study_, fingerprint);
        const Node& program = *manifest_.folder.document.root.find("program");
        for (const char* what : {"compiler", "sqlite", "xlsxwriter"})  // of the machine that ran it
            if (const Node* of = program.find(what)) description["program"][what] = of->text;
        compare_file("manifest.json", manifest_text(identity_of(study_), description, files));
    }

    /// Libraries that write another version of themselves into their files.
    std::set<std::string> files_of_other_libraries() const {
        const Node& program = *manifest_.folder.document.root.find("program");
        const auto is = [&](const char* library, const char* version) {
            const Node* of = program.find(library);
            return of != nullptr && of->text == version;
        };
        std::set<std::string> out;
        if (!is("sqlite", SQLITE_VERSION)) out.insert("study.sqlite");
        if (!is("xlsxwriter", LXW_VERSION)) out.insert("excel/study.xlsx");
        return out;
    }

    std::string results_;
    const ResultsManifest& manifest_;
    const Study& study_;
    Proof out_;
};

}  // namespace

Proof check_seals(const std::string& results, const ResultsManifest& m) {
    Proof out;
    const FolderState state = state_of(results, m.folder);
    if (!m.folder.own_seal_holds) out.differences.push_back("manifest.json: its own seal does not hold");
    for (const std::string& name : state.missing) out.differences.push_back(printable(name) + ": missing");
    for (const std::string& name : state.altered)
        out.differences.push_back(printable(name) + ": altered since it was written");
    for (const std::string& name : state.strangers) {
        if (name.find('/') == std::string::npos)
            out.strangers.push_back(name);  // a note somebody put beside the results
        else out.differences.push_back(printable(name) + ": not of this study, and among its files");
    }
    out.files = m.folder.files.size() - state.missing.size() - state.altered.size();
    return out;
}

Proof prove(const std::string& results, const ResultsManifest& manifest, const Study& study,
            const RunOptions& options) {
    return Prover(results, manifest, study).prove(options);
}

}  // namespace hubs
