#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/card/driver.h"
#include "sim/card/machine.h"

namespace hubs::card {

/// A card as its driver describes it.
struct CardNamed {
    int number = 0;
    std::string name;
    std::uint64_t bytes = 0;
    int major = 0, minor = 0;  ///< compute capability
    int driver = 0;            ///< as 1000 * major + 10 * minor
};
/// The cards there are; CardFailure says why none can be asked.
std::vector<CardNamed> cards();

inline constexpr const char *begin_name = "hubs_card_begin", *first_name = "hubs_card_first";
/// The names of the other entry points that the card's code must have, in the order of the schedule: for each process
/// `prepare`, then its passes.
std::vector<std::vector<std::string>> entry_points();

/// A graphics card with the model's code on it.
class Card : public Machine {
public:
    /// `code`: PTX, which the driver compiles for the card. CardFailure if there is no card, no code, or not this
    /// model's.
    explicit Card(std::string_view code, int number = 0);
    ~Card() override;
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;

    std::uint64_t allocate(std::size_t bytes) override;
    void release(std::uint64_t address) override;
    std::size_t free_bytes() override;
    void upload(std::uint64_t to, const void* from, std::size_t bytes) override;
    void download(void* to, std::uint64_t from, std::size_t bytes) override;
    void copy(std::uint64_t to, std::uint64_t from, std::size_t bytes) override;
    void clear(std::uint64_t at, std::size_t bytes) override;
    char* staging(std::size_t bytes) override;
    void begin(const Worlds& worlds) override;
    void step(const Worlds& worlds, Month month, const Schedule::Switches& switches) override;
    /// One of its entry points, for timing.
    void launch(std::size_t process, std::size_t kernel, const Worlds& worlds, Month month) {
        launch(kernels_[process][kernel], worlds, month);
    }
    void wait();

private:
    struct Kernel {
        void* function;
        unsigned blocks, threads;  ///< for each world
    };
    void launch(const Kernel& kernel, const Worlds& worlds, Month month);

    const Driver& driver_;
    void *context_ = nullptr, *begin_ = nullptr, *first_ = nullptr, *staging_ = nullptr;
    std::size_t staging_bytes_ = 0;
    std::vector<std::vector<Kernel>> kernels_;
};

}  // namespace hubs::card
