#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hubs {

/// A 128-bit hash of what was simulated: two lanes of a multiply-xorshift chain over
/// 64-bit words. It detects difference; it is not a cryptographic signature.
class Fingerprint {
public:
    void add(std::uint64_t word) {
        low_ = mix(low_ ^ word);
        high_ = mix(high_ + word * 0x9e3779b97f4a7c15ull + 1);
    }
    template <class T>
    void add_all(const T* values, std::size_t count) {
        add(count);
        for (std::size_t i = 0; i < count; ++i) add(static_cast<std::uint64_t>(values[i]));
    }
    void add_text(const std::string& text) { add_all(text.data(), text.size()); }

    std::uint64_t word() const { return low_ ^ high_; }

    /// 32 hexadecimal digits.
    std::string text() const {
        static constexpr char digits[] = "0123456789abcdef";
        std::string out;
        for (const std::uint64_t half : {high_, low_})
            for (int shift = 60; shift >= 0; shift -= 4) out += digits[half >> shift & 15u];
        return out;
    }
    friend bool operator==(const Fingerprint& a, const Fingerprint& b) { return a.low_ == b.low_ && a.high_ == b.high_; }

private:
    static std::uint64_t mix(std::uint64_t x) {
        x ^= x >> 30;
        x *= 0xbf58476d1ce4e5b9ull;
        x ^= x >> 27;
        x *= 0x94d049bb133111ebull;
        return x ^ x >> 31;
    }
    std::uint64_t low_ = 0x243f6a8885a308d3ull;
    std::uint64_t high_ = 0x13198a2e03707344ull;
};

}  // namespace hubs
