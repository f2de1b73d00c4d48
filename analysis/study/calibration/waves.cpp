#include "analysis/study/calibration/waves.h"

#include <sys/stat.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <charconv>
#include <cstring>
#include <filesystem>

#include "analysis/study/calibration/observables.h"
#include "analysis/base/files.h"
#include "analysis/base/output_place.h"
#include "sim/run/ensemble.h"

namespace hubs {
namespace {

constexpr Eigen::Index chunk_rows = 128;

std::string text_of(const Eigen::MatrixXd& m) {
    std::string out;
    char buffer[40];
    for (Eigen::Index i = 0; i < m.rows(); ++i)
        for (Eigen::Index j = 0; j < m.cols(); ++j) {
            const auto end = std::to_chars(buffer, buffer + sizeof buffer, m(i, j)).ptr;
            out.append(buffer, end);
            out += j + 1 < m.cols() ? ',' : '\n';
        }
    return out;
}

bool there(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0;
}

}  // namespace

CalibrationFolder::CalibrationFolder(const std::string& place, const std::string& key)
    : folder_(working_place(place)), key_(key) {
    const std::string mark = folder_ + "/calibration.key";
    if (there(mark)) {
        if (read_kept(mark) != key_ + "\n")
            throw PlaceRefused(
                folder_ +
                " holds another calibration: its scenario, targets, priors or program differ. Choose another folder with -o.");
        return;
    }
    if (there(folder_))
        throw PlaceRefused(folder_ + " exists and holds no calibration. Choose another folder with -o.");
    std::error_code failed;
    if (!std::filesystem::create_directories(folder_, failed))
        throw StorageError(folder_ + ": cannot be made: " + failed.message());
    write_whole(mark, key_ + "\n");
}

void CalibrationFolder::write(const std::string& name, const Eigen::MatrixXd& inputs,
                              const Eigen::MatrixXd& outputs) const {
    write_whole(folder_ + "/" + name, sha256(key_ + text_of(inputs)) + "\n" + text_of(outputs));
}

Eigen::MatrixXd CalibrationFolder::read(const std::string& name, const Eigen::MatrixXd& inputs,
                                        Eigen::Index outputs) const {
    const std::string path = folder_ + "/" + name;
    if (!there(path)) return {};
    const std::string text = read_kept(path), head = sha256(key_ + text_of(inputs)) + "\n";
    if (text.compare(0, head.size(), head) != 0) return {};
    Eigen::MatrixXd out(inputs.rows(), outputs);
    const char* at = text.data() + head.size();
    const char* const end = text.data() + text.size();
    for (Eigen::Index i = 0; i < out.rows(); ++i)
        for (Eigen::Index j = 0; j < outputs; ++j) {
            const auto [next, error] = std::from_chars(at, end, out(i, j));
            if (error != std::errc() || next == end) return {};
            at = next + 1;
        }
    return out;
}

std::vector<Eigen::Index> finite_rows(const Eigen::MatrixXd& outputs) {
    std::vector<Eigen::Index> rows;
    for (Eigen::Index i = 0; i < outputs.rows(); ++i)
        if (outputs.row(i).allFinite()) rows.push_back(i);
    return rows;
}

Eigen::MatrixXd run_points(const Study& study, const CalibrationProblem& problem, const CalibrationFolder& folder,
                           const std::string& name, const Eigen::MatrixXd& inputs, std::uint32_t first,
                           std::size_t count, const WaveOptions& options) {
    Eigen::MatrixXd out(inputs.rows(), static_cast<Eigen::Index>(count));
    tbb::task_arena arena(options.threads == 0 ? tbb::task_arena::automatic : static_cast<int>(options.threads));
    for (Eigen::Index from = 0; from < inputs.rows(); from += chunk_rows) {
        const Eigen::Index rows = std::min(chunk_rows, inputs.rows() - from);
        const std::string chunk = name + "-" + std::to_string(from / chunk_rows) + ".csv";
        const Eigen::MatrixXd own = inputs.middleRows(from, rows);
        Eigen::MatrixXd found = folder.read(chunk, own, out.cols());
        if (found.rows() == 0) {
            found.resize(rows, out.cols());
            arena.execute([&] {
                tbb::parallel_for(Eigen::Index{0}, rows, [&](Eigen::Index i) {
                    if (options.stop != nullptr && *options.stop) return;
                    found.row(i) = simulate_targets(study, problem, own.row(i).transpose(),
                                                    first + static_cast<std::uint32_t>(from + i), count)
                                       .transpose();
                });
            });
            if (options.stop != nullptr && *options.stop) throw Interrupted();
            folder.write(chunk, own, found);
        }
        out.middleRows(from, rows) = found;
        if (options.progress) options.progress(static_cast<std::size_t>(rows));
    }
    return out;
}

}  // namespace hubs
