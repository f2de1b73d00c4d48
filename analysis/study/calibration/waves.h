#pragma once
#include <atomic>
#include <functional>
#include <string>

#include "analysis/study/calibration/problem.h"

namespace hubs {

/// Where a calibration keeps its runs, so that it goes on after a kill. Chunks appear whole.
class CalibrationFolder {
public:
    /// `key` names the question: scenario, calibration file, targets and program. A folder of another
    /// question, or of something else, is refused by name (std::runtime_error).
    CalibrationFolder(const std::string& place, const std::string& key);
    const std::string& path() const { return folder_; }
    /// The outputs of a chunk if it is there, whole and made from these inputs; else empty.
    Eigen::MatrixXd read(const std::string& name, const Eigen::MatrixXd& inputs, Eigen::Index outputs) const;
    void write(const std::string& name, const Eigen::MatrixXd& inputs, const Eigen::MatrixXd& outputs) const;

private:
    std::string folder_, key_;
};

/// Rows that show every output.
std::vector<Eigen::Index> finite_rows(const Eigen::MatrixXd& outputs);

struct WaveOptions {
    unsigned threads = 0;
    const std::atomic<bool>* stop = nullptr;
    std::function<void(std::size_t rows)> progress;  ///< rows done since the last call
};

/// One row of outputs for each row of `inputs`: `count` targets, replicate numbers from `first`.
/// Rows finished in the folder are not run again. Throws Interrupted.
Eigen::MatrixXd run_points(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder,
                           const std::string& name, const Eigen::MatrixXd& inputs, std::uint32_t first,
                           std::size_t count, const WaveOptions& options);

}  // namespace hubs
