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
    /// Places values and points the image's counterpart of the owner's vector at them.
    template <class Owner, class T>
    T* place(Owner* image, const Owner& owner, const std::vector<T>& of_owner, const std::vector<T>& values) {
        const std::uint64_t at = there_ + used_, size = values.size() * sizeof(T);
        T* const placed = static_cast<T*>(put(values.data(), size));
        if (image != nullptr) point(counterpart(image, owner, of_owner), at, at + size);
        return placed;
    }
    template <class Owner, class T>
    T* place(Owner* image, const Owner& owner, const std::vector<T>& of_owner) {
        return place(image, owner, of_owner, of_owner);
    }
    /// Points the image's vector at a place of that size, which is left as it is.
    template <class Owner, class T>
    void point_at_room(Owner* image, const Owner& owner, const std::vector<T>& of_owner) {
        const std::uint64_t at = there_ + used_;
        used_ += padded(of_owner.size() * sizeof(T));
        if (image != nullptr) point(counterpart(image, owner, of_owner), at, at + of_owner.size() * sizeof(T));
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
    static std::size_t padded(std::size_t size) { return (size + alignment - 1) / alignment * alignment; }
    /// Goes past `size` bytes and says where they begin.
    char* skip(std::size_t size) {
        char* const at = here_ != nullptr ? here_ + used_ : nullptr;
        used_ += padded(size);
        return at;
    }

private:
    void* put(const void* from, std::size_t size) {
        char* const to = skip(size);
        if (to != nullptr && size > 0) std::memcpy(to, from, size);
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
