#include "sim/run/reader.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace hubs {

std::string number_text(double value) {
    char buffer[40];
    if (value == std::floor(value) && std::fabs(value) < 1e15) {
        std::snprintf(buffer, sizeof buffer, "%.0f", value);
        return buffer;
    }
    for (const int digits : {6, 9, 12, 15, 17}) {
        std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
        if (std::strtod(buffer, nullptr) == value) break;
    }
    return buffer;
}

ObjectReader::ObjectReader(const Node& node, std::string path, const Document& document, Problems& problems)
    : node_(node), path_(std::move(path)), document_(document), problems_(problems) {
    if (node.kind != Node::Kind::object)
        problem(node.place, shown(node) + " where an object belongs", path_.empty() ? "/" : path_, "an object");
}

const Node* ObjectReader::take(std::string_view key, bool required) {
    known_.emplace_back(key);
    const Node* found = node_.find(key);
    if (found == nullptr && required && node_.kind == Node::Kind::object)
        problem(node_.place, "setting \"" + std::string(key) + "\" is missing", path_.empty() ? "/" : path_,
                "the key \"" + std::string(key) + "\"");
    return found;
}

void ObjectReader::operator()(const Field& field, double& value) {
    const Node* node = take(field.name);
    if (node == nullptr) return;
    const std::string expected = "a number from " + number_text(field.minimum) + " to " + number_text(field.maximum) +
                                 " (" + std::string(field.unit) + ")";
    if (node->kind != Node::Kind::number)
        problem(node->place, shown(*node) + " where a number belongs", below(field.name), expected);
    else if (!(node->number >= field.minimum && node->number <= field.maximum))
        problem(node->place, shown(*node) + " is out of range", below(field.name), expected);
    else value = node->number;
}

void ObjectReader::operator()(const Choice& choice, bool& value) {
    const Node* node = take(choice.name);
    if (node == nullptr) return;
    if (is(*node, Node::Kind::boolean, choice.name, "true or false")) value = node->truth;
}

void ObjectReader::text(std::string_view key, std::string& value, bool required) {
    const Node* node = take(key, required);
    if (node != nullptr && is(*node, Node::Kind::text, key, "text")) value = node->text;
}

void ObjectReader::whole(std::string_view key, double minimum, double maximum, std::int64_t& value, bool required) {
    const Node* node = take(key, required);
    if (node == nullptr) return;
    const std::string expected = "a whole number from " + number_text(minimum) + " to " + number_text(maximum);
    if (node->kind != Node::Kind::number || !node->whole)
        problem(node->place, shown(*node) + " where a whole number belongs", below(key), expected);
    else if (node->number < minimum || node->number > maximum)
        problem(node->place, shown(*node) + " is out of range", below(key), expected);
    else value = node->integer;
}

std::optional<std::size_t> ObjectReader::one_of(const Node& node, const std::string& key,
                                                const std::vector<std::string>& allowed) {
    std::string list;
    for (const std::string& word : allowed) list += (list.empty() ? "" : ", ") + word;
    if (node.kind == Node::Kind::text) {
        const auto found = std::find(allowed.begin(), allowed.end(), node.text);
        if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
        problem(node.place, "unknown word " + shown(node), below(key), "one of " + list, nearest(node.text, allowed));
    } else problem(node.place, shown(node) + " where a word belongs", below(key), "one of " + list);
    return std::nullopt;
}

bool ObjectReader::is(const Node& node, Node::Kind kind, std::string_view key, std::string_view expected) {
    if (node.kind == kind) return true;
    problem(node.place, shown(node) + " where " + std::string(expected) + " belongs", below(key),
            std::string(expected));
    return false;
}

void ObjectReader::problem(const Place& place, std::string headline, std::string path, std::string expected,
                           std::string nearest) {
    Problem p;
    p.file = document_.file;
    p.line = place.line;
    p.column = place.column;
    p.length = place.length;
    p.headline = std::move(headline);
    p.path = std::move(path);
    p.expected = std::move(expected);
    p.nearest = std::move(nearest);
    problems_.push_back(std::move(p));
}

void ObjectReader::finish() {
    std::string list;
    for (const std::string& key : known_)
        if (key[0] != '$') list += (list.empty() ? "" : ", ") + key;
    for (const auto& member : node_.members)
        if (std::find(known_.begin(), known_.end(), member.key) == known_.end()) {
            Node name;
            name.kind = Node::Kind::text;
            name.text = member.key;
            problem(member.place, "unknown setting " + shown(name), path_.empty() ? "/" : path_, "one of " + list,
                    nearest(member.key, known_));
        }
}

}  // namespace hubs
