#pragma once
#include <string>
#include <vector>

namespace hubs {

/// One thing wrong with an input. All problems of an input are gathered and told at once.
struct Problem {
    std::string file;
    int line = 0, column = 0, length = 1;  ///< 0 = the file as a whole
    std::string headline;                  ///< what is wrong, in one line
    std::string nearest;                   ///< the closest valid word, if one is close
    std::string path;                      ///< JSON pointer, or column name
    std::string expected;
};

using Problems = std::vector<Problem>;

}  // namespace hubs
