#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hubs {

/// A list whose room is made before a run, so that nothing is allocated inside a step, on a processor or a
/// graphics card. Rows are never destroyed one by one: T is plain data.
template <class T>
class List {
public:
    void reserve(std::size_t room) {
        if (room > room_.size()) room_.resize(room);
    }
    void push_back(const T& value) {
#ifndef __CUDA_ARCH__
        if (count_ == room_.size()) room_.resize(2 * count_ + 16);  // small worlds of tests, made by hand
#endif
        room_[count_++] = value;
    }
    void append(const T* first, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) push_back(first[i]);
    }
    /// New rows hold what was there before: the caller fills them.
    void resize(std::size_t count) {
#ifndef __CUDA_ARCH__
        reserve(count);
#endif
        count_ = static_cast<std::uint32_t>(count);
    }
    void clear() { count_ = 0; }

    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }
    T& operator[](std::size_t i) { return room_[i]; }
    const T& operator[](std::size_t i) const { return room_[i]; }
    T* data() { return room_.data(); }
    const T* data() const { return room_.data(); }
    T* begin() { return room_.data(); }
    T* end() { return room_.data() + count_; }
    const T* begin() const { return room_.data(); }
    const T* end() const { return room_.data() + count_; }
    const T& front() const { return room_[0]; }
    T& back() { return room_[count_ - 1]; }
    const T& back() const { return room_[count_ - 1]; }

    std::vector<T>& storage() { return room_; }

private:
    std::vector<T> room_;
    std::uint32_t count_ = 0;
};

}  // namespace hubs
