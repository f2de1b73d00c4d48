#include <cstdio>
#include <memory>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/base/output_place.h"
#include "analysis/commands/command.h"
#include "sim/run/document.h"
#include "sim/run/embedded.h"
#include "sim/run/messages.h"
#include "sim/run/names.h"
#include "sim/run/study.h"

namespace hubs {
namespace {

int make_new(const std::string& name, const std::string& from, bool dry_run) {
    if (const std::string trouble = trouble_with_name(name); !trouble.empty()) {
        std::fprintf(stderr, "name \"%s\" %s\n  expected %s\n", printable(name).c_str(), trouble.c_str(),
                     std::string(names_are).c_str());
        return usage;
    }
    const std::string file = name + ".json";
    if (std::filesystem::exists(file)) {
        std::fprintf(stderr, "%s is there already; nothing was written\n", file.c_str());
        return usage;
    }
    const OutputFile output(file, [](const std::string&) { return false; }, {from});
    Document document = from.empty() ? parse_document("smoke.json", std::string(embedded::smoke)) : read_document(from);
    if (document.problems.empty() && document.root.kind != Node::Kind::object) {
        Problem p;
        p.file = from;
        p.headline = shown(document.root) + " where a scenario belongs";
        p.expected = "an object";
        document.problems.push_back(p);
    }
    if (!document.problems.empty()) {
        std::fputs(report_of(document.problems, document.text, "Nothing was written.").c_str(), stderr);
        return invalid;
    }
    nlohmann::ordered_json scenario = nlohmann::ordered_json::parse(document.text);  // guarded above: never deep
    scenario["name"] = name;
    const std::string text = scenario.dump(2) + "\n";
    if (const StudyRead read = read_study_text(file, text, {}, "Nothing was written.");
        !read.study) {  // files it names are looked for from here
        std::fputs(read.report.c_str(), stderr);
        return invalid;
    }
    if (dry_run) {
        std::fputs(text.c_str(), stdout);
        return done;
    }
    output.write(text);
    std::printf("%s written. Every setting and its range: hubsim schema. Try: hubsim check %s\n", file.c_str(),
                file.c_str());
    return done;
}

}  // namespace

Command new_command() {
    struct Given {
        std::string name, from;
        bool dry_run = false;
    };
    const auto c = std::make_shared<Given>();
    return {"new",
            "Write a starting scenario",
            {{"name", &c->name}, {"--from", &c->from, "scenario to start from"}, dry_run_option(c->dry_run)},
            [c](const std::string&) { return make_new(c->name, c->from, c->dry_run); }};
}

}  // namespace hubs
