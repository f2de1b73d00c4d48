#include "analysis/study/sweep/shard_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "analysis/base/exit_codes.h"
#include "analysis/base/files.h"

namespace hubs {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t check_digits = 16;  // of a line's SHA-256

std::string number_of(std::uint32_t shard) {
    std::string digits = std::to_string(shard);
    return std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
}

/// The shard a file name stands for, if it is one of the given kind ("csv", "part-…").
std::optional<std::uint32_t> shard_of(const std::string& name, const std::string& kind) {
    const auto dot = name.find('.');
    if (dot == std::string::npos || dot < 5 || name.compare(dot + 1, kind.size(), kind) != 0) return std::nullopt;
    if (kind == "csv" && name.size() != dot + 4) return std::nullopt;
    for (std::size_t i = 0; i < dot; ++i)
        if (name[i] < '0' || name[i] > '9') return std::nullopt;
    return static_cast<std::uint32_t>(std::strtoul(name.c_str(), nullptr, 10));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = text.find('\n', from);
        if (end == std::string::npos) break;  // a line cut short is no line
        out.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

/// Whether a line is that of a run, by its first cell.
bool is_run(const std::string& line, std::size_t run) {
    const std::string number = std::to_string(run) + ",";
    return line.compare(0, number.size(), number) == 0;
}

template <class F>
void each_file(const std::string& folder, F&& f) {
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        f(it->path().filename().string());
}

}  // namespace

ShardStore::ShardStore(std::string folder, std::string study_id, std::size_t rows, std::uint32_t replicates,
                       std::uint32_t shards, std::string columns)
    : folder_(std::move(folder) + "/shards"), study_id_(std::move(study_id)), columns_(std::move(columns)), rows_(rows),
      replicates_(replicates), shards_(shards) {}

std::string ShardStore::path(std::uint32_t shard) const { return folder_ + "/" + number_of(shard) + ".csv"; }

std::string ShardStore::heading(std::uint32_t shard) const {
    return "# hubsim sweep " + study_id_ + " runs " + std::to_string(first_run(shard)) + " to before " +
           std::to_string(first_run(shard + 1));
}

std::string ShardStore::text_of(std::uint32_t shard, const std::vector<std::string>& lines) const {
    std::string out = heading(shard) + "\n" + columns_ + "\n";
    for (const std::string& line : lines) out += line + "\n";
    return out + "# whole " + sha256(out) + "\n";
}

std::vector<bool> ShardStore::of_kind(const std::string& kind) const {
    std::vector<bool> out(shards_, false);
    each_file(folder_, [&](const std::string& name) {
        if (const auto shard = shard_of(name, kind); shard && *shard < shards_) out[*shard] = true;
    });
    return out;
}
std::vector<bool> ShardStore::present() const { return of_kind("csv"); }
std::vector<bool> ShardStore::begun() const { return of_kind("part-"); }

std::optional<std::vector<std::string>> ShardStore::read(std::uint32_t shard, std::string* why) const {
    const auto no = [&](const char* reason) -> std::optional<std::vector<std::string>> {
        if (why != nullptr) *why = reason;
        return std::nullopt;
    };
    struct stat info {};
    if (stat(path(shard).c_str(), &info) != 0) {
        if (errno != ENOENT) throw StorageError(path(shard) + ": cannot be looked at: " + std::strerror(errno));
        return no("missing");
    }
    if (!S_ISREG(info.st_mode)) return no("not a file");
    const std::string text = read_kept(path(shard));
    std::vector<std::string> lines = lines_of(text);
    if (lines.empty() || lines.front() != heading(shard)) return no("cut short, or of another study");
    const std::string last = lines.back() + "\n";
    if (text.size() < last.size() || text.compare(text.size() - last.size(), last.size(), last) != 0 ||
        last != "# whole " + sha256(text.substr(0, text.size() - last.size())) + "\n")
        return no("cut short or altered: its checksum differs");
    if (lines.size() != runs(shard) + 3 || lines[1] != columns_) return no("of other runs or outputs");
    lines.pop_back();
    lines.erase(lines.begin(), lines.begin() + 2);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (!is_run(lines[i], first_run(shard) + i)) return no("of other runs");
    return lines;
}

std::size_t ShardStore::failed() const {
    std::size_t out = 0;
    const auto there = present();
    for (std::uint32_t shard = 0; shard < shards_; ++shard)
        if (there[shard])
            for (const std::string& line : lines_of(read_kept(path(shard)))) out += is_failed(line);
    return out;
}

void ShardStore::commit(std::uint32_t shard, const std::vector<std::string>& lines) const {
    if (const auto there = read(shard)) {
        if (*there == lines) return;
        throw SweepError(differs,
                         path(shard) +
                             " holds other numbers for the same runs. One of two programs or machines is wrong: " +
                             "keep both files, run hubsim sweep replay on a run that differs, and do not merge.");
    }
    try {
        write_whole(path(shard), text_of(shard, lines));
    } catch (const StorageError&) {
        if (read(shard) != lines) throw;  // else another writer was first, and has tidied up
    }
}

std::vector<std::string> ShardStore::recover(std::uint32_t shard) const {
    std::vector<std::string> out(runs(shard));
    each_file(folder_, [&](const std::string& name) {
        if (shard_of(name, "part-") != shard) return;
        const auto lines = lines_of(read_kept(folder_ + "/" + name));
        if (lines.empty() || lines.front() != heading(shard)) return;
        for (std::size_t i = 1; i < lines.size(); ++i) {
            if (lines[i].size() <= check_digits) continue;
            const std::string line = lines[i].substr(check_digits + 1);
            const auto run = std::strtoull(line.c_str(), nullptr, 10);
            if (run < first_run(shard) || run >= first_run(shard + 1) || !is_run(line, run)) continue;
            if (sha256(line).compare(0, check_digits, lines[i], 0, check_digits) == 0)
                out[run - first_run(shard)] = line;
        }
    });
    return out;
}

void ShardStore::sweep_up() const {
    const auto done = present();
    std::vector<std::string> gone;
    each_file(folder_, [&](const std::string& name) {
        const auto part = shard_of(name, "part-"), whole = shard_of(name, "csv.partial-");
        const auto shard = part ? part : whole;
        if (shard && (*shard >= shards_ || (done[*shard] && read(*shard)))) gone.push_back(name);
    });
    for (const std::string& name : gone) discard(folder_ + "/" + name);
    const std::string sweep = folder_.substr(0, folder_.rfind('/'));
    for (const std::string& folder : {sweep, sweep + "/inputs", folder_}) remove_leavings(folder);
}

ShardStore::Checkpoint::Checkpoint(const ShardStore& store, std::uint32_t shard)
    : store_(store), shard_(shard), path_(store.folder_ + "/" + number_of(shard) + ".part-" + writer_name()) {}

void ShardStore::Checkpoint::add(const std::string& line) {
    pending_ += sha256(line).substr(0, check_digits) + " " + line + "\n";
}

void ShardStore::Checkpoint::save() {
    if (pending_.empty()) return;
    const bool there = begun_ && access(path_.c_str(), F_OK) == 0;  // another writer may have tidied it away
    append_synced(path_, (there ? "" : store_.heading(shard_) + "\n") + pending_);
    begun_ = true;
    pending_.clear();
}

void ShardStore::Checkpoint::discard() {
    if (begun_) hubs::discard(path_);
}

std::string ranges_of(const std::vector<std::uint32_t>& shards) {
    std::string out;
    for (std::size_t i = 0; i < shards.size();) {
        std::size_t last = i;
        while (last + 1 < shards.size() && shards[last + 1] == shards[last] + 1) ++last;
        out +=
            (out.empty() ? "" : ",") + std::to_string(shards[i]) + (last > i ? "-" + std::to_string(shards[last]) : "");
        i = last + 1;
    }
    return out;
}

}  // namespace hubs
