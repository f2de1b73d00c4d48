#include "sim/run/parameter_path.h"

namespace hubs {
namespace {

struct Collector {
    std::string section;
    std::vector<ParameterPlace>& out;

    void operator()(const Field& field, double& value) { out.push_back({section + "." + std::string(field.name), field, &value}); }
    void operator()(const Choice&, bool&) {}
    template <class Words, class Enum>
    void operator()(const Choice&, const Words&, Enum&) {}
};

}  // namespace

std::vector<ParameterPlace> parameter_places(Scenario& scenario) {
    std::vector<ParameterPlace> out;
    const auto section = [&]<class P>(std::string_view name, P& parameters) {
        Collector collector{std::string(name), out};
        P::describe(collector, parameters);
    };
    section(InitialState::name, scenario.initial);
    Schedule::each_process([&]<class P>(std::type_identity<P>) { section(P::name, Schedule::of<P>(scenario.parameters)); });
    return out;
}

}  // namespace hubs
