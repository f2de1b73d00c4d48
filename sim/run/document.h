#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/problem.h"
#include "sim/run/text.h"

namespace hubs {

/// Where a value or key stands in a file; lines and columns count from 1.
struct Place {
    int line = 0, column = 0, length = 1;
};

/// A value of a JSON file with its place. Built while parsing, behind guards, so that a
/// hostile file is refused before anything large or deep exists.
struct Node {
    enum class Kind { null, boolean, number, text, list, object };
    Kind kind = Kind::null;
    Place place;
    bool truth = false;
    double number = 0;
    bool whole = false;        ///< a number written without fraction or exponent
    std::int64_t integer = 0;  ///< if whole
    std::string text;          ///< also the number as written
    std::vector<Node> list;
    struct Member;
    std::vector<Member> members;

    const Node* find(std::string_view key) const;
};
struct Node::Member {
    std::string key;
    Place place;
    Node value;
};

struct Limits {
    std::size_t bytes = 8u << 20;
    int depth = 64;
    std::size_t text = 64u << 10;
    std::size_t nodes = 1'000'000;
};

/// Those of a population file, which holds a row for each establishment.
inline Limits population_limits() { return {256u << 20, 64, 64u << 10, 100'000'000}; }

/// A file read and parsed: the text stays for the messages.
struct Document {
    std::string file;
    std::string text;
    Node root;
    Problems problems;  ///< of the syntax; if any, `root` is not to be used
};

/// Parses guarded JSON: depth, size, duplicate keys, numbers that would change, byte-order
/// marks, NUL in keys. All problems of keys and numbers are gathered; a syntax error ends it.
Document parse_document(std::string file, std::string text, const Limits& limits = {});

/// A file as text, not parsed; a missing, unreadable, too large or irregular file is a problem.
Document read_text_file(const std::string& file, const Limits& limits = {});

/// Reads the file first; a missing, unreadable, too large or irregular file is a problem.
Document read_document(const std::string& file, const Limits& limits = {});

/// How a value is named in a message: text quoted, lists and objects by kind, long text cut.
std::string shown(const Node& node);

}  // namespace hubs
