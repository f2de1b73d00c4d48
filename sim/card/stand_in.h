#pragma once
#include <map>
#include <memory>
#include <vector>

#include "sim/card/machine.h"

namespace hubs::card {

/// A processor that works as a graphics card would: worlds are images in a memory of its own, and the rows
/// of all worlds are done one by one in a shuffled order, each drawing its own luck. With it everything but
/// the card itself is tested where there is none.
class StandIn : public Machine {
public:
    explicit StandIn(std::uint64_t order, std::size_t memory = std::size_t{1} << 34) : order_(order), memory_(memory) {}
    std::uint64_t allocate(std::size_t bytes) override;
    void release(std::uint64_t address) override;
    std::size_t free_bytes() override { return memory_; }
    void upload(std::uint64_t to, const void* from, std::size_t bytes) override;
    void download(void* to, std::uint64_t from, std::size_t bytes) override;
    void copy(std::uint64_t to, std::uint64_t from, std::size_t bytes) override;
    void clear(std::uint64_t at, std::size_t bytes) override;
    char* staging(std::size_t bytes) override;
    void begin(const Worlds& worlds) override;
    void step(const Worlds& worlds, Month month, const Schedule::Switches& switches) override;

private:
    std::uint64_t order_;  ///< names the shuffles
    std::size_t memory_;
    std::vector<char> staging_;
    std::map<std::uint64_t, std::pair<std::unique_ptr<char[]>, std::size_t>> pieces_;
};

}  // namespace hubs::card
