// The rows of every process as entry points of a graphics card, compiled to PTX by clang++ without CUDA:
// see cmake/card.cmake. Only attributes are spelt out here; the model's files carry no mark of it.
#define __host__ __attribute__((host))
#define __device__ __attribute__((device))
#define __global__ __attribute__((global))
#include <stdlib.h>

#include <cstddef>

// Nothing is allocated in a step; what the standard library declares for it must exist all the same.
extern "C" __device__ void* malloc(std::size_t);
extern "C" __device__ void free(void*);

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#pragma clang force_cuda_host_device begin
#include "sim/base/deterministic_math.cpp"
#include "sim/base/random.cpp"
#include "sim/card/rows.h"
#include "sim/process/launch_hubs.cpp"
#pragma clang force_cuda_host_device end

namespace hubs::card {

__device__ inline CardWorld& world_at(char* worlds, std::uint64_t stride, std::uint32_t w) {
    return *reinterpret_cast<CardWorld*>(worlds + stride * w);
}

/// Before the first process of a month.
extern "C" __global__ void hubs_card_begin(char* worlds, std::uint64_t stride, std::uint32_t) {
    world_at(worlds, stride, __nvvm_read_ptx_sreg_ctaid_y()).world.activity.fill(0);
}

/// Before the first month; what is seen is then counted by the rows of observe.
extern "C" __global__ void hubs_card_first(char* worlds, std::uint64_t stride, std::uint32_t) {
    begin_observing(world_at(worlds, stride, __nvvm_read_ptx_sreg_ctaid_y()));
}

/// Once for each process, world and month.
template <unsigned Process>
__global__ void prepare(char* worlds, std::uint64_t stride, std::uint32_t month) {
    using P = ProcessAt<Process>;
    CardWorld& w = world_at(worlds, stride, __nvvm_read_ptx_sreg_ctaid_y());
    const Month now{static_cast<std::uint16_t>(month)};
    w.slot<P>().prepare(Schedule::moment_of<P>(now, w.replicate), w.world,
                        std::get<typename P::Parameters>(w.parameters));
}

/// Every row of one pass: a row of blocks for each world, a thread for each row of its list.
template <unsigned Process, unsigned Place>
__global__ void rows(char* worlds, std::uint64_t stride, std::uint32_t month) {
    using P = ProcessAt<Process>;
    using Pass = typename P::Passes::template At<Place>;
    CardWorld& w = world_at(worlds, stride, __nvvm_read_ptx_sreg_ctaid_y());
    const Slot<P>& slot = w.slot<P>();
    if (!slot.acts) return;
    const Moment now = Schedule::moment_of<P>(Month{static_cast<std::uint16_t>(month)}, w.replicate);
    const Turn<P> t{now, w.world, std::get<typename P::Parameters>(w.parameters), slot.setting};
    if (!is_needed<Pass>(t)) return;
    const std::uint32_t step = __nvvm_read_ptx_sreg_nctaid_x() * __nvvm_read_ptx_sreg_ntid_x(),
                        count = rows_of<Pass>(t);
    for (std::uint32_t i =
             __nvvm_read_ptx_sreg_ctaid_x() * __nvvm_read_ptx_sreg_ntid_x() + __nvvm_read_ptx_sreg_tid_x();
         i < count; i += step)
        run_row<Pass>(i, t);
}

// Naming every kernel once makes the compiler emit it.
template <unsigned Process, unsigned... Place>
void emit_rows(std::integer_sequence<unsigned, Place...>, const void** at) {
    ((*at++ = reinterpret_cast<const void*>(&rows<Process, Place>)), ...);
}
template <unsigned... Process>
void emit(std::integer_sequence<unsigned, Process...>, const void** at) {
    ((*at = reinterpret_cast<const void*>(&prepare<Process>)), ...);
    (emit_rows<Process>(std::make_integer_sequence<unsigned, ProcessAt<Process>::Passes::count>{}, at), ...);
}
void emit_all(const void** at) { emit(std::make_integer_sequence<unsigned, Schedule::count>{}, at); }

}  // namespace hubs::card
