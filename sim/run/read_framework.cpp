#include <algorithm>

#include "sim/run/reader.h"
#include "sim/run/study.h"

namespace hubs {
namespace {

const std::vector<std::string> supply_words{"none",           "encounters",        "places",
                                            "sixth_form",     "further_education", "training",
                                            "apprenticeship", "higher_education",  "guidance"};
const std::vector<std::string> version_words{"school_to_16", "school_with_sixth_form", "special",
                                             "alternative_provision", "college"};

void read_number(ObjectReader& r, std::string_view key, double minimum, double maximum, double& value) {
    const Node* node = r.take(key, true);
    if (node == nullptr) return;
    if (node->kind != Node::Kind::number || !(node->number >= minimum && node->number <= maximum))
        r.problem(node->place, shown(*node) + " where a number belongs", r.below(key),
                  "a number from " + number_text(minimum) + " to " + number_text(maximum));
    else value = node->number;
}

/// What the item carries on of an earlier framework, and in how many establishments.
void read_carried(ObjectReader& r, Item& item) {
    std::string unused;
    r.text("carried_source", unused);
    item.carries = {item.id};
    if (const Node* list = r.take("carries");
        list != nullptr && r.is(*list, Node::Kind::list, "carries", "a list of items")) {
        item.carries.clear();
        for (const Node& id : list->list)
            if (r.is(id, Node::Kind::text, "carries", "an item's id")) item.carries.push_back(id.text);
    }
    const bool is_new = item.carries.empty();
    if (r.node().find("carried_share") != nullptr || is_new) {
        read_number(r, "carried_share", 0, 1, item.carried_share);
        item.carried_low = item.carried_high = item.carried_share;
    }
    const Node* range = r.take("carried_range");
    if (range == nullptr) return;
    const auto& ends = range->list;
    const bool numbers = range->kind == Node::Kind::list && ends.size() == 2 && ends[0].kind == Node::Kind::number &&
                         ends[1].kind == Node::Kind::number;
    if (!numbers || !(0 <= ends[0].number && ends[0].number <= item.carried_share &&
                      item.carried_share <= ends[1].number && ends[1].number <= 1))
        r.problem(range->place, shown(*range) + " where a range belongs", r.below("carried_range"),
                  "two numbers from 0 to 1, the lower first, with carried_share between them");
    else item.carried_low = ends[0].number, item.carried_high = ends[1].number;
}

void read_item(const Node& node, const std::string& path, unsigned benchmark, const Document& document,
               Problems& problems, Framework& f) {
    ObjectReader r(node, path, document, problems);
    Item item;
    r.text("id", item.id, true);
    r.text("name", item.name, true);
    r.text("status", item.status);
    r.text("profile_source", item.source);
    r.take("profile");
    read_number(r, "threshold", -8, 8, item.threshold);
    if (const Node* needs = r.take("needs"))
        if (const auto kind = r.one_of(*needs, "needs", supply_words)) item.supply = static_cast<Supply>(*kind);
    read_carried(r, item);
    const unsigned bit = static_cast<unsigned>(f.items.size());
    if (bit >= 64) {
        r.problem(node.place, "more than 64 items", path, "at most 64 items");
        return;
    }
    Items excluded = 0;
    if (const Node* list = r.take("not_for"); list != nullptr && r.is(*list, Node::Kind::list, "not_for", "a list"))
        for (const Node& word : list->list)
            if (const auto version = r.one_of(word, "not_for", version_words))
                excluded |= one_item(static_cast<unsigned>(*version));
    for (unsigned v = 0; v < version_count; ++v)
        if ((excluded >> v & 1u) == 0) f.applies[v] |= one_item(bit);
    if (const Node* duty = r.take("statutory");
        duty != nullptr && r.is(*duty, Node::Kind::boolean, "statutory", "true or false") && duty->truth)
        f.statutory |= one_item(bit);
    f.items_of[benchmark] |= one_item(bit);
    f.benchmark_of[bit] = static_cast<std::uint8_t>(benchmark);
    f.items_needing[static_cast<unsigned>(item.supply)] |= one_item(bit);
    f.items.push_back(item);
    r.finish();
}

}  // namespace

Framework read_framework(const Document& document, Problems& problems) {
    Framework f;
    ObjectReader r(document.root, "", document, problems);
    std::string unused;
    for (const char* key : {"format", "title", "scoring", "source", "note"}) r.text(key, unused);
    r.text("name", f.name, true);
    read_number(r, "school_factor", 0, 0.9, f.school_factor);
    const Node* list = r.take("benchmarks", true);
    if (list != nullptr && r.is(*list, Node::Kind::list, "benchmarks", "a list of eight benchmarks")) {
        if (list->list.size() != benchmark_count)
            r.problem(list->place, shown(*list) + " where eight benchmarks belong", "/benchmarks",
                      "a list of eight benchmarks");
        for (unsigned b = 0; b < list->list.size() && b < benchmark_count; ++b) {
            const std::string path = "/benchmarks/" + std::to_string(b);
            ObjectReader one(list->list[b], path, document, problems);
            for (const char* key : {"id", "published_none_percent"}) one.take(key);
            if (list->list[b].find("published_full_percent") != nullptr) {
                read_number(one, "published_full_percent", 0, 100, f.published_full[b]);
                f.published_full[b] /= 100.0;
            }
            one.text("name", f.benchmark[b], true);
            read_number(one, "benchmark_factor", 0, 0.98, f.benchmark_factor[b]);
            if (f.benchmark_factor[b] + f.school_factor > 1)
                one.problem(list->list[b].place, "benchmark_factor and school_factor add to more than 1", path,
                            "at most 1 together");
            const Node* items = one.take("items", true);
            if (items != nullptr && one.is(*items, Node::Kind::list, "items", "a list of items")) {
                if (items->list.empty())
                    one.problem(items->place, "a benchmark without items", path + "/items", "at least one item");
                for (std::size_t i = 0; i < items->list.size(); ++i)
                    read_item(items->list[i], path + "/items/" + std::to_string(i), b, document, problems, f);
            }
            one.finish();
        }
    }
    r.finish();
    return f;
}

}  // namespace hubs
