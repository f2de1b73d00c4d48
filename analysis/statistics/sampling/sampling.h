#pragma once
#include <Eigen/Dense>
#include <cstdint>

namespace hubs {

/// `points` rows of an Owen-scrambled Sobol' sequence (Joe and Kuo's directions; hashed nested
/// scrambling, Burley 2020) in `dimensions` columns, inside (0, 1). `points` is best a power of two.
Eigen::MatrixXd scrambled_sobol(std::size_t points, std::size_t dimensions, std::uint64_t seed);

/// Random numbers for the analysis: addressed as everywhere, by chain or row, step and purpose.
class Dice {
public:
    Dice(std::uint64_t seed, std::uint32_t row, std::uint32_t purpose) : seed_(seed), row_(row), purpose_(purpose) {}
    double uniform();                      ///< inside (0, 1)
    double normal();                       ///< standard
    double exponential();                  ///< mean one
    std::uint32_t below(std::uint32_t n);  ///< 0 to n - 1
    double inverse_gaussian(double mean, double shape);

private:
    std::uint32_t word();
    std::uint64_t seed_;
    std::uint32_t row_, purpose_, draw_ = 0, left_ = 0;
    std::uint32_t words_[4]{};
};

}  // namespace hubs
