#include "analysis/study/run/settings.h"

#include <nlohmann/json.hpp>

#include "analysis/base/files.h"
#include "sim/run/text.h"

namespace hubs {
namespace {

using Json = nlohmann::ordered_json;

/// 20, 0.5, true, [1, 2]; what is no JSON is a word.
Json value_of(const std::string& text) {
    const Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_discarded() ? Json(text) : parsed;
}

/// The object of a key, made where there is none; what is there and no object is left for the reader to refuse.
Json& object_at(Json& parent, const std::string& key) {
    Json& out = parent[key];
    if (out.is_null()) out = Json::object();
    if (!out.is_object()) throw InputError("--set: \"" + printable(key) + "\" of the scenario is not an object");
    return out;
}

void set_lever(Json& scenario, const std::string& path, const Json& value) {
    const std::size_t last = path.rfind('/');
    const std::string plan = last <= 6 ? "" : path.substr(6, last - 6), lever = path.substr(last + 1);
    std::vector<std::string> names;
    bool found = false;
    if (scenario.contains("plans") && scenario["plans"].is_array())
        for (Json& one : scenario["plans"]) {
            if (!one.is_object()) continue;
            const std::string name = one.contains("name") && one["name"].is_string() ? one["name"] : "";
            names.push_back(name);
            if (plan != "*" && plan != name) continue;
            one[lever] = value;
            found = true;
        }
    if (found) return;
    const std::string nearest = nearest_word(plan, names);
    throw InputError("--set " + printable(path) + ": no plan \"" + printable(plan) + "\"" +
                     (nearest.empty() ? "" : "; did you mean \"" + printable(nearest) + "\"?"));
}

}  // namespace

std::string with_settings(const std::string& text, const std::vector<std::string>& settings) {
    if (settings.empty()) return text;
    Json scenario = Json::parse(text);
    if (!scenario.is_object()) throw InputError("--set: the scenario is not an object");
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == 0 || equals == std::string::npos)
            throw InputError("--set " + printable(setting) + ": expected path=value, as months=24");
        const std::string path = setting.substr(0, equals);
        const Json value = value_of(setting.substr(equals + 1));
        if (path.starts_with("plans/")) set_lever(scenario, path, value);
        else if (const std::size_t dot = path.find('.'); dot != std::string::npos)
            object_at(object_at(scenario, "parameters"), path.substr(0, dot))[path.substr(dot + 1)] = value;
        else if (const std::size_t slash = path.find('/'); slash != std::string::npos)
            object_at(scenario, path.substr(0, slash))[path.substr(slash + 1)] = value;
        else scenario[path] = value;
    }
    return scenario.dump(2) + "\n";
}

}  // namespace hubs
