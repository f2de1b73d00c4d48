#pragma once
#include <string>
#include <vector>

#include "analysis/study/sweep/shard_store.h"
#include "analysis/study/sweep/sweep.h"

namespace hubs {

/// A sweep laid down in a folder: its inputs, its manifest and a place for its shards. Any machine that sees the
/// folder can run any shard of it.
struct SweepPlan {
    std::string folder, study_id;
    Sweep sweep;
    Design design;
    ShardStore store;
    std::vector<std::string> proof;  ///< outputs of run 0 as the planning program computed them

    std::size_t runs() const { return design.rows() * sweep.replicates; }
};

/// Its size in words, on one line.
std::string described(const SweepPlan& plan);

/// Lays a sweep down. Where the same sweep has been laid down already, that one is opened; another is refused
/// (SweepError). Without a number of shards, a few timed runs decide.
SweepPlan lay_down(const Sweep& sweep, const std::string& folder);

/// Opens a folder and checks that its manifest is what its inputs say. Throws SweepError.
SweepPlan open_sweep(const std::string& folder);

/// Whether this program computes what the planning program computed: run 0, anew. Throws SweepError if not.
void check_program(const SweepPlan& plan);

/// Whether a few runs, spread over the rows, come out again as their shards hold them. Throws SweepError if not.
void check_samples(const SweepPlan& plan, std::size_t rows);

/// One run as a line of CSV: run, row, replicate, status, outputs, message.
std::string run_line(const SweepPlan& plan, std::size_t run);
/// The lines of many runs, as far as a graphics card lasts and nobody stops it; the others are empty. The same lines as
/// `run_line` gives.
std::vector<std::string> run_lines(const SweepPlan& plan, const std::vector<std::size_t>& runs, Device& device,
                                   const std::atomic<bool>* stop);

/// Outputs of one run as text, and whether such an output is not a number.
std::vector<std::string> text_outputs(const Sweep& sweep, const Design& design, std::size_t run);
inline bool is_nan(const std::string& value) { return value.find('n') != std::string::npos; }

/// The heading of those lines.
std::string run_columns(const Sweep& sweep);

/// The shortest text that reads back as the same number.
std::string exact(double value);

}  // namespace hubs
