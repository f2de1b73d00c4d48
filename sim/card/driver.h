#pragma once
#include <cstddef>
#include <cstdint>

namespace hubs::card {

/// The functions used of the card's driver interface, which is opened at run time (libcuda.so.1), so that
/// one program runs with and without a card. Declared by hand after the public interface (CUDA driver API).
struct Driver {
    using Code = int;  ///< 0: done
    Code (*init)(unsigned flags);
    Code (*version)(int* version);
    Code (*count)(int* devices);
    Code (*device)(int* device, int number);
    Code (*name)(char* text, int length, int device);
    Code (*memory)(std::size_t* bytes, int device);
    Code (*attribute)(int* value, int attribute, int device);
    Code (*retain)(void** context, int device);
    Code (*make_current)(void* context);
    Code (*set_limit)(int limit, std::size_t value);
    Code (*load)(void** module, const void* text, unsigned options, int* names, void** values);
    Code (*function)(void** function, void* module, const char* name);
    Code (*allocate)(std::uint64_t* address, std::size_t bytes);
    Code (*release)(std::uint64_t address);
    Code (*free_memory)(std::size_t* free, std::size_t* total);
    Code (*upload)(std::uint64_t to, const void* from, std::size_t bytes);
    Code (*download)(void* to, std::uint64_t from, std::size_t bytes);
    Code (*copy)(std::uint64_t to, std::uint64_t from, std::size_t bytes);
    Code (*clear)(std::uint64_t at, unsigned char value, std::size_t bytes);
    Code (*allocate_here)(void** memory, std::size_t bytes, unsigned flags);
    Code (*release_here)(void* memory);
    Code (*launch)(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
                   unsigned block_y, unsigned block_z, unsigned shared_bytes, void* stream, void** arguments,
                   void** more);
    Code (*wait)();
    Code (*words)(Code code, const char** text);

    /// Opens the library; CardFailure says why it cannot. The environment variable HUBSIM_CARD_DRIVER names another
    /// file.
    static const Driver& get();
    /// CardFailure unless the code is 0: what was tried, and what the driver says.
    void check(Code code, const char* what) const;
};

}  // namespace hubs::card
