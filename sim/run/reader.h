#pragma once
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/field.h"
#include "sim/run/document.h"

namespace hubs {

/// Problems that a report tells one by one; the rest are counted.
inline constexpr std::size_t most_told = 100;

std::string number_text(double value);  ///< shortest that reads back the same

/// Reads one object of a document by descriptions, and reports everything that does not
/// fit: unknown keys, missing keys, wrong kinds, values out of range. Also a visitor for
/// `describe`, so that a setting is described once and read by it.
class ObjectReader {
public:
    ObjectReader(const Node& node, std::string path, const Document& document, Problems& problems);

    // Settings by description.
    void operator()(const Field& field, double& value);
    void operator()(const Choice& choice, bool& value);
    template <class Words, class Enum>
    void operator()(const Choice& choice, const Words& words, Enum& value) {
        if (const Node* node = take(choice.name)) {
            const std::vector<std::string> allowed(words.begin(), words.end());
            if (const auto found = one_of(*node, std::string(choice.name), allowed)) value = static_cast<Enum>(*found);
        }
    }
    // Members by name; `required` ones are reported if missing.
    const Node* take(std::string_view key, bool required = false);
    void text(std::string_view key, std::string& value, bool required = false);
    void whole(std::string_view key, double minimum, double maximum, std::int64_t& value, bool required = false);
    std::optional<std::size_t> one_of(const Node& node, const std::string& key,
                                      const std::vector<std::string>& allowed);
    bool is(const Node& node, Node::Kind kind, std::string_view key, std::string_view expected);
    void problem(const Place& place, std::string headline, std::string path, std::string expected,
                 std::string nearest = {});
    /// The nearest valid word, as long as problems are so few that somebody will read it.
    std::string nearest(std::string_view word, const std::vector<std::string>& words) const {
        return problems_.size() < most_told ? nearest_word(word, words) : "";
    }
    /// Reports keys that nobody asked for. To be called last.
    void finish();

    std::string below(std::string_view key) const { return path_ + "/" + std::string(key); }
    const Node& node() const { return node_; }
    const Document& document() const { return document_; }
    Problems& problems() { return problems_; }

private:
    const Node& node_;
    std::string path_;
    const Document& document_;
    Problems& problems_;
    std::vector<std::string> known_;
};

}  // namespace hubs
