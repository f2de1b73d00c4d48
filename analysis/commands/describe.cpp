#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/commands/command.h"
#include "sim/run/schema.h"
#include "sim/schedule.h"

namespace hubs {
namespace {

std::string words_of(const std::string& name) {
    std::string out = name;
    for (char& c : out)
        if (c == '_') c = ' ';
    return out;
}

int print_schedule(bool json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    int place = 0;
    Schedule::each_process([&]<class P>(std::type_identity<P>) {
        ++place;
        int settings = 0;
        typename P::Parameters p;
        P::Parameters::describe([&](auto&&...) { ++settings; }, p);
        std::string writes;
        for (const std::string_view column : P::writes) writes += (writes.empty() ? "" : ", ") + std::string(column);
        if (json)
            list.push_back({{"place", place},
                            {"process", P::name},
                            {"parameters", settings},
                            {"writes", std::vector<std::string>(P::writes.begin(), P::writes.end())}});
        else
            std::printf("%2d  %-18s %2d parameters; writes %s\n", place, words_of(std::string(P::name)).c_str(),
                        settings, writes.empty() ? "nothing of the world" : writes.c_str());
    });
    if (json) std::printf("%s\n", list.dump(1).c_str());
    return done;
}

int print_schema() {
    std::printf("%s", schema_text().c_str());
    return done;
}

}  // namespace

Command schedule_command() {
    const auto json = std::make_shared<bool>(false);
    return {
        "schedule", "The model's page: its processes in order", {{"--json", json.get()}}, [json](const std::string&) {
            return print_schedule(*json);
        }};
}

Command schema_command() {
    return {"schema", "JSON Schema of a scenario", {}, [](const std::string&) { return print_schema(); }};
}

}  // namespace hubs
