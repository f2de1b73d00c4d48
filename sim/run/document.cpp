#include "sim/run/document.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/run/file_bytes.h"

namespace hubs {
namespace {

/// Counts what the parser has taken, so that a callback knows where it is.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, std::size_t* taken) : at_(at), taken_(taken) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        if (taken_ != nullptr) ++*taken_;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator old = *this;
        ++*this;
        return old;
    }
    bool operator==(const CountingIterator& o) const { return at_ == o.at_; }
    bool operator!=(const CountingIterator& o) const { return at_ != o.at_; }

private:
    const char* at_;
    std::size_t* taken_;
};

class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(Document& document, const Limits& limits) : doc_(document), limits_(limits) {
        line_starts_.push_back(0);
        for (std::size_t i = 0; i < document.text.size(); ++i)
            if (document.text[i] == '\n') line_starts_.push_back(i + 1);
    }
    std::size_t taken = 0;

    bool null() override { return add(Node::Kind::null, word_place(4)) != nullptr; }
    bool boolean(bool value) override {
        Node* node = add(Node::Kind::boolean, word_place(value ? 4 : 5));
        if (node != nullptr) node->truth = value;
        return node != nullptr;
    }
    bool number_integer(number_integer_t value) override { return whole(static_cast<double>(value), value); }
    bool number_unsigned(number_unsigned_t value) override {
        return whole(static_cast<double>(value), value > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(value));
    }
    bool number_float(number_float_t value, const string_t& written) override {
        Node* node = add(Node::Kind::number, number_place());
        if (node == nullptr) return false;
        node->number = value;
        node->text = written;
        const bool as_integer = written.find_first_of(".eE") == std::string::npos;
        if (!std::isfinite(value)) problem(node->place, "number " + written + " is too large", "a finite number");
        else if (as_integer)
            problem(node->place, "whole number " + written + " is too large to keep exactly",
                    "at most 9007199254740992 either way");
        else if (value == 0.0 && written.find_first_of("123456789") < written.find_first_of("eE"))
            problem(node->place, "number " + written + " is too small and would become 0",
                    "0 or a number above 1e-307");
        else if (value == 0.0 && written[0] == '-')
            problem(node->place, "number " + written + " is a negative zero", "0");
        return true;
    }
    bool string(string_t& value) override {
        Node* node = add(Node::Kind::text, string_place());
        if (node == nullptr) return false;
        if (value.size() > limits_.text)
            problem(node->place, "text of " + std::to_string(value.size()) + " bytes",
                    "at most " + std::to_string(limits_.text) + " bytes");
        else node->text = value;
        return true;
    }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Node::Kind::object); }
    bool start_array(std::size_t) override { return open(Node::Kind::list); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& value) override {
        const Place place = string_place();
        if (value.find('\0') != std::string::npos) problem(place, "key holds a NUL character", "a plain name");
        const auto [first, fresh] = keys_.back().try_emplace(value, place.line);
        if (!fresh)
            problem(
                place,
                "key \"" + printable(value) + "\" is given twice (first at line " + std::to_string(first->second) + ")",
                "one of them");
        open_.back()->members.push_back({value, place, {}});
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) override {
        const std::size_t at = position > 0 ? std::min(position - 1, doc_.text.size()) : 0;
        std::string what = error.what();
        if (const auto cut = what.find("syntax error"); cut != std::string::npos) what = what.substr(cut);
        else if (error.id == 406) what = "a number is too large";
        if (const auto cut = what.find("; last read"); cut != std::string::npos) what = what.substr(0, cut);
        problem(place_at(at, 1), "not JSON: " + printable(what), error.id == 406 ? "a finite number" : "JSON");
        return false;
    }

private:
    Place place_at(std::size_t offset, int length) const {
        const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
        const auto line = static_cast<std::size_t>(after - line_starts_.begin());
        return {static_cast<int>(line), static_cast<int>(offset - line_starts_[line - 1]) + 1, length};
    }
    /// The parser has just taken the closing quote.
    Place string_place() const {
        std::size_t end = taken, begin = end >= 2 ? end - 2 : 0;
        const auto escaped = [&](std::size_t at) {
            std::size_t slashes = 0;
            while (at > slashes && doc_.text[at - slashes - 1] == '\\') ++slashes;
            return slashes % 2 == 1;
        };
        while (begin > 0 && (doc_.text[begin] != '"' || escaped(begin))) --begin;
        return place_at(begin, static_cast<int>(end - begin));
    }
    /// The parser has taken the number and one more, unless the file ended.
    Place number_place() const {
        const auto part = [](char c) {
            return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
        };
        std::size_t end = std::min(taken, doc_.text.size());
        while (end > 0 && !part(doc_.text[end - 1])) --end;
        std::size_t begin = end;
        while (begin > 0 && part(doc_.text[begin - 1])) --begin;
        return place_at(begin, static_cast<int>(end - begin));
    }
    Place word_place(int length) const {
        return place_at(taken >= static_cast<std::size_t>(length) ? taken - static_cast<std::size_t>(length) : 0,
                        length);
    }

    bool whole(double value, std::int64_t integer) {
        Node* node = add(Node::Kind::number, number_place());
        if (node == nullptr) return false;
        node->number = value;
        node->integer = integer;
        node->whole = true;
        node->text = std::to_string(integer);
        if (integer > 9007199254740992 || integer < -9007199254740992)
            problem(node->place,
                    "whole number " +
                        doc_.text.substr(offset_of(node->place), static_cast<std::size_t>(node->place.length)) +
                        " is too large to keep exactly",
                    "at most 9007199254740992 either way");
        return true;
    }
    std::size_t offset_of(const Place& p) const {
        return line_starts_[static_cast<std::size_t>(p.line - 1)] + static_cast<std::size_t>(p.column - 1);
    }

    Node* add(Node::Kind kind, Place place) {
        if (++nodes_ > limits_.nodes) {
            problem(place, "more than " + std::to_string(limits_.nodes) + " values", "a smaller file");
            return nullptr;
        }
        Node* node = &doc_.root;
        if (!open_.empty()) {
            Node& parent = *open_.back();
            if (parent.kind == Node::Kind::list) {
                parent.list.emplace_back();
                node = &parent.list.back();
            } else node = &parent.members.back().value;
        }
        node->kind = kind;
        node->place = place;
        return node;
    }
    bool open(Node::Kind kind) {
        const Place place = place_at(taken > 0 ? taken - 1 : 0, 1);
        if (static_cast<int>(open_.size()) >= limits_.depth) {
            problem(place, "nested deeper than " + std::to_string(limits_.depth) + " levels",
                    "at most " + std::to_string(limits_.depth) + " levels");
            return false;
        }
        Node* node = add(kind, place);
        if (node == nullptr) return false;
        open_.push_back(node);
        keys_.emplace_back();
        return true;
    }
    bool close() {
        open_.pop_back();
        keys_.pop_back();
        return true;
    }
    void problem(const Place& place, std::string headline, std::string expected) {
        Problem p;
        p.file = doc_.file;
        p.line = place.line;
        p.column = place.column;
        p.length = place.length;
        p.headline = std::move(headline);
        p.expected = std::move(expected);
        doc_.problems.push_back(std::move(p));
    }

    Document& doc_;
    Limits limits_;
    std::vector<std::size_t> line_starts_;
    std::vector<std::map<std::string, int>> keys_;  // of each open object, with the line of the first
    std::vector<Node*> open_;                       // stable: a parent's last child is the only one that grows
    std::size_t nodes_ = 0;
};

Problem file_problem(const std::string& file, std::string headline, std::string expected) {
    Problem p;
    p.file = file;
    p.headline = std::move(headline);
    p.expected = std::move(expected);
    return p;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const Member& m : members)
        if (m.key == key) return &m.value;
    return nullptr;
}

Document parse_document(std::string file, std::string text, const Limits& limits) {
    Document out;
    out.file = std::move(file);
    out.text = std::move(text);
    if (out.text.size() > limits.bytes) {
        out.problems.push_back(file_problem(out.file, "file of " + std::to_string(out.text.size()) + " bytes",
                                            "at most " + std::to_string(limits.bytes) + " bytes"));
        return out;
    }
    const auto starts = [&](std::string_view mark) {
        return std::string_view(out.text).substr(0, mark.size()) == mark;
    };
    if (starts("\xEF\xBB\xBF") || starts("\xFF\xFE") || starts("\xFE\xFF")) {
        out.problems.push_back(
            file_problem(out.file, "file begins with a byte-order mark", "UTF-8 without a byte-order mark"));
        return out;
    }
    Builder builder(out, limits);
    const char* begin = out.text.data();
    nlohmann::json::sax_parse(CountingIterator(begin, &builder.taken),
                              CountingIterator(begin + out.text.size(), nullptr), &builder);
    return out;
}

Document read_text_file(const std::string& file, const Limits& limits) {
    Document out;
    out.file = file;
    FileBytes found = read_file_bytes(file, limits.bytes);
    out.text = std::move(found.bytes);
    if (!found.read()) out.problems.push_back(file_problem(file, found.headline, found.expected));
    return out;
}

Document read_document(const std::string& file, const Limits& limits) {
    Document out = read_text_file(file, limits);
    return out.problems.empty() ? parse_document(file, std::move(out.text), limits) : out;
}

std::string shown(const Node& node) {
    switch (node.kind) {
        case Node::Kind::null:
            return "null";
        case Node::Kind::boolean:
            return node.truth ? "true" : "false";
        case Node::Kind::number:
            return node.text;
        case Node::Kind::text:
            return "\"" + printable(node.text.substr(0, 60)) + (node.text.size() > 60 ? "…" : "") + "\"";
        case Node::Kind::list:
            return "a list of " + std::to_string(node.list.size());
        case Node::Kind::object:
            return "an object of " + std::to_string(node.members.size()) +
                   (node.members.size() == 1 ? " key" : " keys");
    }
    return "";
}

}  // namespace hubs
