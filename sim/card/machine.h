#pragma once
#include <cstddef>
#include <cstdint>
#include <stdexcept>

#include "sim/schedule.h"

namespace hubs::card {

/// What went wrong on a card, in words.
struct CardFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Worlds side by side in a machine's memory, `stride` bytes apart.
struct Worlds {
    std::uint64_t first = 0, stride = 0;
    std::uint32_t count = 0;
    std::uint32_t establishments = 0;  ///< of each
};

/// Something with a memory of its own that can take worlds a month further: a graphics card, or the
/// processor that stands in for one in tests.
class Machine {
public:
    virtual ~Machine() = default;
    /// Memory for `bytes`, and its address there. CardFailure if there is too little.
    virtual std::uint64_t allocate(std::size_t bytes) = 0;
    virtual void release(std::uint64_t address) = 0;
    virtual std::size_t free_bytes() = 0;
    virtual void upload(std::uint64_t to, const void* from, std::size_t bytes) = 0;
    virtual void download(void* to, std::uint64_t from, std::size_t bytes) = 0;
    virtual void copy(std::uint64_t to, std::uint64_t from, std::size_t bytes) = 0;
    virtual void clear(std::uint64_t at, std::size_t bytes) = 0;  ///< zeros
    /// Memory here that goes up and down quickly; it is the same, or larger, at the next call.
    virtual char* staging(std::size_t bytes) = 0;
    /// What is seen of all worlds before their first month.
    virtual void begin(const Worlds& worlds) = 0;
    /// One month of all worlds.
    virtual void step(const Worlds& worlds, Month month, const Schedule::Switches& switches) = 0;
};

/// A piece of a machine's memory.
class Piece {
public:
    Piece(Machine& machine, std::size_t bytes) : machine_(machine), address_(machine.allocate(bytes)) {}
    ~Piece() { machine_.release(address_); }
    Piece(const Piece&) = delete;
    Piece& operator=(const Piece&) = delete;
    std::uint64_t address() const { return address_; }

private:
    Machine& machine_;
    std::uint64_t address_;
};

}  // namespace hubs::card
