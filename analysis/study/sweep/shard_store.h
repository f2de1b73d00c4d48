#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace hubs {

/// What is wrong with a folder of shards, with the exit code that says so.
struct SweepError : std::runtime_error {
    SweepError(int exit_code, const std::string& what) : std::runtime_error(what), code(exit_code) {}
    int code;
};

/// Runs of one sweep on disk: one file a shard, with a heading that names the study and a last line with the
/// checksum of everything before it. The file is the proof; it appears whole. Two writers of one shard write
/// the same bytes, so nothing is locked. A shard is a range of rows; a row's replicates stay together.
class ShardStore {
public:
    ShardStore(std::string folder, std::string study_id, std::size_t rows, std::uint32_t replicates, std::uint32_t shards, std::string columns);

    std::uint32_t shards() const { return shards_; }
    std::size_t first_row(std::uint32_t shard) const { return rows_ * shard / shards_; }
    std::size_t first_run(std::uint32_t shard) const { return first_row(shard) * replicates_; }
    std::size_t runs(std::uint32_t shard) const { return first_run(shard + 1) - first_run(shard); }
    std::string path(std::uint32_t shard) const;

    /// Shards that have a file, by their names alone.
    std::vector<bool> present() const;
    /// The lines of a shard, one a run, if its file is whole and belongs here; else nothing, and why.
    std::optional<std::vector<std::string>> read(std::uint32_t shard, std::string* why = nullptr) const;
    /// Runs with a message in place of numbers, in all shards that are there; not proved whole.
    std::size_t failed() const;
    /// Puts a finished shard in its place. A whole file with other bytes is an alarm: SweepError.
    void commit(std::uint32_t shard, const std::vector<std::string>& lines) const;

    /// Shards of which interrupted writers have left something.
    std::vector<bool> begun() const;
    /// Lines that interrupted writers have left of a shard; empty where there is none.
    std::vector<std::string> recover(std::uint32_t shard) const;
    /// Leavings of writers that are gone, of shards that are done.
    void sweep_up() const;

    /// A writer's own record of a shard not yet finished, each line with its checksum.
    class Checkpoint {
    public:
        Checkpoint(const ShardStore& store, std::uint32_t shard);
        void add(const std::string& line);
        void save();     ///< to disk what was added since
        void discard();  ///< the shard is in its place
    private:
        const ShardStore& store_;
        std::uint32_t shard_;
        std::string path_, pending_;
        bool begun_ = false;
    };

private:
    std::vector<bool> of_kind(const std::string& kind) const;
    std::string heading(std::uint32_t shard) const;
    std::string text_of(std::uint32_t shard, const std::vector<std::string>& lines) const;

    std::string folder_, study_id_, columns_;
    std::size_t rows_;
    std::uint32_t replicates_, shards_;
};

/// Whether a line is that of a run that failed.
inline bool is_failed(const std::string& line) { return line.find(",failed,") != std::string::npos; }

/// Shards in short: "3,17,40-44".
std::string ranges_of(const std::vector<std::uint32_t>& shards);

}  // namespace hubs
