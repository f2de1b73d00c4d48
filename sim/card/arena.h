#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace hubs::card {

/// Lays plain data side by side in one block, as it will stand in a card's memory. Objects are copied
/// byte by byte and their vectors pointed at what was placed: an image that rows read on the card as the
/// original is read here. Without a block it only measures.
///
///     Arena measure(nullptr, 0);             Arena arena(room, address_on_the_card);
///     put(measure); room.resize(measure.used());      put(arena);
class Arena {
public:
    Arena(char* here, std::uint64_t there) : here_(here), there_(there) {}

    /// A copy of the object's bytes; nothing while measuring.
    template <class T>
    T* copy(const T& object) {
        return static_cast<T*>(put(&object, sizeof(T)));
    }
    /// Places what the owner's vector holds and points the vector of the owner's image at it.
    template <class Owner, class T>
    T* place(Owner* image, const Owner& owner, const std::vector<T>& of_owner) {
        const std::uint64_t at = there_ + used_;
        T* const values = static_cast<T*>(put(of_owner.data(), of_owner.size() * sizeof(T)));
        if (here_ != nullptr) point(counterpart(image, owner, of_owner), at, at + of_owner.size() * sizeof(T));
        return values;
    }
    /// The same part of an image as `part` is of its owner.
    template <class Owner, class Part>
    static Part& counterpart(Owner* image, const Owner& owner, const Part& part) {
        const auto offset = reinterpret_cast<const char*>(&part) - reinterpret_cast<const char*>(&owner);
        return *reinterpret_cast<Part*>(reinterpret_cast<char*>(image) + offset);
    }
    /// Where something placed here stands on the card.
    template <class T>
    T* there(const T* placed) const {
        return reinterpret_cast<T*>(there_ + static_cast<std::uint64_t>(reinterpret_cast<const char*>(placed) - here_));
    }
    std::size_t used() const { return used_; }

private:
    void* put(const void* from, std::size_t size) {
        char* const to = here_ != nullptr ? here_ + used_ : nullptr;
        if (to != nullptr && size > 0) std::memcpy(to, from, size);
        used_ += (size + alignment - 1) / alignment * alignment;
        return to;
    }
    /// The library's vectors are three pointers: begin, end, end of room (held by a test).
    template <class T>
    static void point(std::vector<T>& image, std::uint64_t begin, std::uint64_t end) {
        static_assert(sizeof(std::vector<T>) == 3 * sizeof(std::uint64_t));
        const std::uint64_t pointers[3] = {begin, end, end};
        std::memcpy(static_cast<void*>(&image), pointers, sizeof pointers);
    }
    static constexpr std::size_t alignment = 128;

    char* here_;
    std::uint64_t there_;
    std::size_t used_ = 0;
};

}  // namespace hubs::card
