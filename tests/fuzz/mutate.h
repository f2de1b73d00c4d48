#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Mutants of a text: each a few random changes of the kinds that break readers.
namespace hubs::fuzz {

/// Numbers that do not depend on the machine.
class Luck {
public:
    explicit Luck(std::uint32_t seed) : state_(seed * 2654435761u + 88172645u) {}
    std::uint32_t below(std::size_t n) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 17;
        state_ ^= state_ << 5;
        return n == 0 ? 0 : static_cast<std::uint32_t>(state_ % n);
    }

private:
    std::uint32_t state_;
};

inline const std::vector<std::string>& awkward_words() {
    static const std::vector<std::string> words{"null",
                                                "true",
                                                "{}",
                                                "[]",
                                                "[",
                                                "{",
                                                "}",
                                                "]",
                                                "\"",
                                                "\\",
                                                ",",
                                                ";",
                                                "\t",
                                                "\r",
                                                "\n",
                                                std::string(1, '\0'),
                                                "-0",
                                                "1e400",
                                                "1e-400",
                                                "9007199254740993",
                                                "18446744073709551616",
                                                "-1",
                                                "0.5",
                                                "NaN",
                                                "Infinity",
                                                "0x10",
                                                "\xEF\xBB\xBF",
                                                "\xFF\xFE",
                                                "\xC3",
                                                "\xED\xA0\x80",
                                                "\\ud800",
                                                "\\u0000",
                                                "\\u202e",
                                                "=1+1",
                                                "@",
                                                "../../x",
                                                "/dev/zero",
                                                "'",
                                                "<script>",
                                                "2018-13",
                                                "0000-00",
                                                "99999",
                                                "//",
                                                "/*",
                                                "\"a\": 1,",
                                                "\"\"",
                                                " ",
                                                "  "};
    return words;
}

inline void change_once(std::string& text, Luck& luck) {
    const std::size_t at = luck.below(text.size() + 1), length = 1 + luck.below(luck.below(2) == 0 ? 4 : 40);
    switch (luck.below(9)) {
        case 0:
            if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << luck.below(8)));
            break;
        case 1:
            if (at < text.size()) text[at] = static_cast<char>(luck.below(256));
            break;
        case 2:
            text.erase(at, length);
            break;
        case 3:
            text.insert(at, text.substr(luck.below(text.size() + 1), length));
            break;
        case 4:
            text.insert(at, awkward_words()[luck.below(awkward_words().size())]);
            break;
        case 5: {  // a value or word replaced
            const auto end = text.find_first_of(",:]}\n;", at);
            if (end != std::string::npos)
                text.replace(at, end - at, awkward_words()[luck.below(awkward_words().size())]);
            break;
        }
        case 6:
            text.resize(at);
            break;
        case 7:
            text.insert(at, std::string(1 + luck.below(3000), "[{\"0,x"[luck.below(6)]));
            break;
        default: {  // two lines change places
            const auto a = text.find('\n', at), b = text.find('\n', a == std::string::npos ? 0 : a + 1);
            if (a == std::string::npos || b == std::string::npos) break;
            const std::string line = text.substr(a + 1, b - a);
            text.erase(a + 1, b - a);
            text.insert(luck.below(a + 1), line);
        }
    }
}

inline std::string mutant_of(const std::string& good, Luck& luck) {
    std::string out = good;
    for (std::uint32_t n = 1 + luck.below(4); n > 0; --n) change_once(out, luck);
    return out;
}

}  // namespace hubs::fuzz
