#pragma once
#include <cstddef>
#include <vector>

#include "sim/base/id.h"

namespace hubs {

/// One attribute or state variable of every entity of a kind: shape (count of `Of`).
template <class Of, class T>
class Column {
public:
    using Value = T;

    Column() = default;
    explicit Column(std::size_t count, T value = T{}) : values_(count, value) {}

    T& operator[](Id<Of> id) { return values_[id.index]; }
    const T& operator[](Id<Of> id) const { return values_[id.index]; }

    std::size_t count() const { return values_.size(); }
    std::size_t size() const { return values_.size(); }
    T* data() { return values_.data(); }
    const T* data() const { return values_.data(); }
    void assign(std::size_t count, T value) { values_.assign(count, value); }
    void reserve(std::size_t count) { values_.reserve(count); }
    void add(T value) { values_.push_back(value); }
    std::vector<T>& storage() { return values_; }
    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }

private:
    std::vector<T> values_;
};

}  // namespace hubs
