#pragma once
#include "analysis/statistics/estimator/sample.h"

namespace hubs {

/// Which columns can stand beside a constant. Numbers of columns, rising.
struct Columns {
    std::vector<Eigen::Index> kept;
    std::vector<Eigen::Index> constant;  ///< the same in all rows
    std::vector<Eigen::Index> follow;    ///< combinations of columns that are kept
};

/// Of columns of which one follows from others, the one whose name comes last is left out, and the start never before
/// another: so the choice does not depend on the order of columns, nor on how they are coded. `X`: rows by columns;
/// `names`: of the columns; `start`: which of them is the start. What counts as following: all but a billionth of its
/// spread, or what its digits allow.
Columns independent_columns(const Eigen::MatrixXd& X, const std::vector<std::string>& names,
                            const std::string& start = before_name);

/// `"a"`, `"a" and "b"`, `"a", "b" and "c"`, in the alphabet's order.
std::string quoted_list(const std::vector<Eigen::Index>& columns, const std::vector<std::string>& names);

/// Each column less its mean, over its standard deviation: better conditioned, and a regression's other coefficients
/// are the same. No column may be constant.
Eigen::MatrixXd standardised(const Eigen::MatrixXd& X);

}  // namespace hubs
