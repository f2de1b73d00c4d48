#pragma once
#include <map>
#include <memory>
#include <string_view>

#include "analysis/results/finished.h"
#include "analysis/results/typed_table.h"

namespace hubs {

/// The published tables of a study: worked out when first asked for, or read back from a folder.
///
///     for (const Headline::Row& row : results.of<Headline>()) …
///
/// To be asked by one thread at a time until everything was asked for once.
class Results {
public:
    explicit Results(const Finished& finished) : finished_(&finished), price_base_(finished.scenario().price_base) {}
    explicit Results(std::string price_base) : price_base_(std::move(price_base)) {}

    template <class T>
    const std::vector<typename T::Row>& of() const {
        using Rows = std::vector<typename T::Row>;
        if (const auto found = held_.find(T::name); found != held_.end())
            return *static_cast<const Rows*>(found->second.get());
        if (finished_ == nullptr) throw std::logic_error("the results hold no table " + std::string(T::name));
        return keep<T, Rows>(T::rows(*this));
    }
    /// What several tables are worked out from, made once: any type with a name that is made from results.
    template <class T>
    const T& shared() const {
        if (const auto found = held_.find(T::name); found != held_.end())
            return *static_cast<const T*>(found->second.get());
        return keep<T, T>(T(*this));
    }
    /// Takes rows in place of what there was; what was asked for before is no longer to be used.
    template <class T>
    void put(std::vector<typename T::Row> rows) {
        keep<T, std::vector<typename T::Row>>(std::move(rows));
    }
    template <class T>
    Table table() const {
        return table_of<T>(of<T>(), price_base_);
    }
    /// What tables are worked out from; only while a study is being saved.
    const Finished& finished() const {
        if (finished_ == nullptr) throw std::logic_error("results that were read back are not worked out again");
        return *finished_;
    }
    const std::string& price_base() const { return price_base_; }

private:
    template <class T, class Held>
    const Held& keep(Held made) const {
        const auto held = std::make_shared<const Held>(std::move(made));
        held_[T::name] = held;
        return *held;
    }

    const Finished* finished_ = nullptr;
    std::string price_base_;
    mutable std::map<std::string_view, std::shared_ptr<const void>> held_;
};

}  // namespace hubs
