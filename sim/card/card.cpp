#include "sim/card/card.h"

#include <algorithm>

#include "sim/card/rows.h"

namespace hubs::card {
namespace {

constexpr int compute_major = 75, compute_minor = 76, stack_limit = 0;  // numbers of the driver interface
constexpr std::size_t stack_bytes = 16384;                              // sorting in launch_hubs calls itself
constexpr unsigned threads = 128, list_blocks = 4;

/// Blocks, 0 where it is a thread for every establishment, and threads of each.
template <class Pass>
std::pair<unsigned, unsigned> shape_of() {
    if (std::is_base_of_v<OncePass, Pass>) return {1, 1};
    if (std::is_base_of_v<ListPass, Pass>) return {list_blocks, threads};
    return {0, threads};
}

}  // namespace

std::vector<CardNamed> cards() {
    const Driver& d = Driver::get();
    int count = 0;
    d.check(d.count(&count), "counting cards");
    std::vector<CardNamed> out;
    for (int i = 0; i < count; ++i) {
        CardNamed c;
        c.number = i;
        int device = 0;
        char name[128] = "";
        std::size_t bytes = 0;
        d.check(d.device(&device, i), "asking for a card");
        d.check(d.name(name, sizeof name, device), "asking for its name");
        d.check(d.memory(&bytes, device), "asking for its memory");
        d.check(d.attribute(&c.major, compute_major, device), "asking for its generation");
        d.check(d.attribute(&c.minor, compute_minor, device), "asking for its generation");
        d.check(d.version(&c.driver), "asking for the driver's version");
        c.name = name;
        c.bytes = bytes;
        out.push_back(c);
    }
    return out;
}

std::vector<std::vector<std::string>> entry_points() {
    std::vector<std::vector<std::string>> out;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        const std::string process = std::to_string(out.size());
        std::vector<std::string> names{"_ZN4hubs4card7prepareILj" + process + "EEEvPcmj"};
        P::Passes::each([&]<class Pass>(std::type_identity<Pass>) {
            names.push_back("_ZN4hubs4card4rowsILj" + process + "ELj" + std::to_string(names.size() - 1) + "EEEvPcmj");
        });
        out.push_back(std::move(names));
    });
    return out;
}

Card::Card(std::string_view code, int number) : driver_(Driver::get()) {
    if (code.empty()) throw CardFailure("this program was built without code for a graphics card");
    const std::vector<CardNamed> all = cards();
    if (all.empty()) throw CardFailure("the driver finds no card");
    if (number < 0 || static_cast<std::size_t>(number) >= all.size())
        throw CardFailure("there is no card " + std::to_string(number) + "; the last is " +
                          std::to_string(all.size() - 1));
    int device = 0;
    void *context = nullptr, *module = nullptr;
    driver_.check(driver_.device(&device, number), "opening the card");
    driver_.check(driver_.retain(&context, device), "opening the card");
    driver_.check(driver_.make_current(context), "opening the card");
    driver_.check(driver_.set_limit(stack_limit, stack_bytes), "making room for calls");
    const std::string text(code);  // ends with a zero byte, as the driver wants
    driver_.check(driver_.load(&module, text.c_str(), 0, nullptr, nullptr), "compiling the model's code");
    driver_.check(driver_.function(&begin_, module, begin_name), "finding the model in its code");
    driver_.check(driver_.function(&first_, module, first_name), "finding the model in its code");
    context_ = context;
    std::size_t process = 0;
    const auto names = entry_points();
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        std::vector<Kernel> kernels(1 + P::Passes::count);
        for (std::size_t k = 0; k < kernels.size(); ++k)
            driver_.check(driver_.function(&kernels[k].function, module, names[process][k].c_str()),
                          "finding a process in the model's code");
        kernels[0].blocks = kernels[0].threads = 1;
        std::size_t k = 1;
        P::Passes::each([&]<class Pass>(std::type_identity<Pass>) {
            std::tie(kernels[k].blocks, kernels[k].threads) = shape_of<Pass>();
            ++k;
        });
        kernels_.push_back(std::move(kernels));
        ++process;
    });
}

Card::~Card() {  // the driver keeps context and code for the program's life, in case another card is opened
    if (staging_ != nullptr) driver_.release_here(staging_);
}

std::uint64_t Card::allocate(std::size_t bytes) {
    driver_.check(driver_.make_current(context_), "opening the card");  // whichever thread asks
    std::uint64_t address = 0;
    driver_.check(driver_.allocate(&address, bytes), "asking for memory");
    return address;
}

void Card::release(std::uint64_t address) { driver_.release(address); }

std::size_t Card::free_bytes() {
    std::size_t free = 0, total = 0;
    driver_.check(driver_.free_memory(&free, &total), "asking for its memory");
    return free;
}

void Card::upload(std::uint64_t to, const void* from, std::size_t bytes) {
    driver_.check(driver_.upload(to, from, bytes), "writing to its memory");
}

void Card::download(void* to, std::uint64_t from, std::size_t bytes) {
    driver_.check(driver_.download(to, from, bytes), "reading its memory");
}

void Card::copy(std::uint64_t to, std::uint64_t from, std::size_t bytes) {
    driver_.check(driver_.copy(to, from, bytes), "copying in its memory");
}

void Card::clear(std::uint64_t at, std::size_t bytes) {
    driver_.check(driver_.clear(at, 0, bytes), "clearing its memory");
}

char* Card::staging(std::size_t bytes) {
    if (staging_bytes_ < bytes) {
        if (staging_ != nullptr) driver_.release_here(staging_);
        staging_ = nullptr;
        staging_bytes_ = 0;
        driver_.check(driver_.allocate_here(&staging_, bytes, 0), "asking for memory beside the processor");
        staging_bytes_ = bytes;
    }
    return static_cast<char*>(staging_);
}

void Card::begin(const Worlds& worlds) {
    launch({first_, 1, 1}, worlds, Month{0});
    std::size_t place = 0;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        for (std::size_t k = 1; std::is_same_v<P, Observe> && k < kernels_[place].size(); ++k)
            launch(kernels_[place][k], worlds, Month{0});
        ++place;
    });
}

void Card::wait() { driver_.check(driver_.wait(), "a month of the model"); }

void Card::launch(const Kernel& k, const Worlds& worlds, Month month) {
    std::uint64_t first = worlds.first, stride = worlds.stride;
    std::uint32_t index = month.index;
    void* arguments[] = {&first, &stride, &index};
    const unsigned blocks = k.blocks > 0 ? k.blocks : std::max(1u, (worlds.establishments + threads - 1) / threads);
    driver_.check(driver_.launch(k.function, blocks, worlds.count, 1, k.threads, 1, 1, 0, nullptr, arguments, nullptr),
                  "a process of the model");
}

void Card::step(const Worlds& worlds, Month month, const Schedule::Switches& switches) {
    launch({begin_, 1, 1}, worlds, month);
    for (std::size_t place = 0; place < kernels_.size(); ++place)
        if (!switches.off[place])
            for (const Kernel& k : kernels_[place]) launch(k, worlds, month);
}

}  // namespace hubs::card
