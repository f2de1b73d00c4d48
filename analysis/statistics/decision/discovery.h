#pragma once
#include <Eigen/Dense>
#include <vector>

namespace hubs {

/// A limit on one input of a box.
struct BoxLimit {
    Eigen::Index input;
    bool above;  ///< the box holds values at or above `value`; else at or below
    double value;
};
/// Where something happens unusually often. Source: Friedman and Fisher 1999 (PRIM); Bryant and Lempert 2010.
struct Box {
    std::vector<BoxLimit> limits;  ///< few: a box nobody can say in words is no use
    double density = 0;            ///< share of the box's draws in which it happens
    double coverage = 0;           ///< share of all cases that lie in the box
    double support = 0;            ///< share of all draws that lie in the box
    double overall = 0;            ///< share of all draws in which it happens
};

/// Peels a twentieth at a time off the side that raises the density most, down to a tenth of the draws,
/// on at most `most_limits` inputs. A limit that leaves out fewer than a tenth of the draws is dropped. No limits if it
/// never or always happens.
Box discover(const Eigen::MatrixXd& inputs, const std::vector<bool>& happens, unsigned most_limits = 2);

/// Concentration index of a gain over groups of equal size, ordered from the most to the least deprived:
/// below 0 the deprived gain more. Source: Kakwani, Wagstaff and van Doorslaer 1997.
double concentration_index(const std::vector<double>& gain);

}  // namespace hubs
