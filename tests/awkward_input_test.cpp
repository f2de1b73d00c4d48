// Inputs that used to be accepted without a word, or to take for ever.
#include "analysis/import/importer.h"
#include "analysis/results/published.h"
#include "analysis/results/waves_table.h"
#include "sim/run/messages.h"
#include "sim/run/names.h"
#include "tests/program.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

const std::string table_heading = "urn,name,type,region,area,easting,northing,pupils,fsm_percent,ofsted,has_sixth_form,urban_rural,trust\n";
Imported import_rows(const std::string& rows) { return import_plain_table(recognise_csv(table_heading + rows), "schools.csv"); }

std::string scenario(const std::string& more, const std::string& plans = R"([{"name": "a"}, {"name": "b"}])") {
    return R"({"schema_version": 1, "name": "try", "months": 12, "replicates": 2, )" + more + R"("plans": )" + plans + "}";
}
std::string report_of_text(const std::string& text) { return read_study_text("s.json", text, {}).report; }

/// Problems that only the results know of.
std::string published_report(const std::string& published) {
    const StudyRead read = read_study_text("s.json", scenario("\"published\": [" + published + "], "), {});
    REQUIRE(read.study);
    const Problems problems = check_published(*read.study);
    return problems.empty() ? "" : report_of(problems, read.study->inputs.front().text, "Nothing was run.");
}

std::string wide(char16_t c, bool big) {
    const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xff);
    return big ? std::string{high, low} : std::string{low, high};
}

}  // namespace

TEST_CASE("encodings, separators and line ends are recognised, told, and read alike") {
    const std::string heading = "urn,name,type,region,area,easting,northing,pupils\n";
    const std::string rows = "1,\"St Th\xC3\xA9r\xC3\xA8se, School\",mainstream,North,Vale,400000,300000,900\n2,Oak,special,North,Vale,400100,300000,80\n";
    const std::string utf8 = heading + rows;
    std::string latin, semicolons = utf8, tabs = utf8, old_mac = utf8, windows, utf16_little = "\xFF\xFE", utf16_big = "\xFE\xFF", unmarked;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (utf8[i] == '\xC3') latin += static_cast<char>(utf8[++i] + 0x40);
        else latin += utf8[i];
    }
    bool quoted = false;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (utf8[i] == '"') quoted = !quoted;
        if (utf8[i] == ',' && !quoted) semicolons[i] = ';', tabs[i] = '\t';
        if (utf8[i] == '\n') old_mac[i] = '\r';
        windows += utf8[i] == '\n' ? "\r\n" : std::string(1, utf8[i]);
    }
    for (const char byte : latin) {
        const auto c = static_cast<char16_t>(static_cast<unsigned char>(byte));
        utf16_little += wide(c, false);
        utf16_big += wide(c, true);
        unmarked += wide(c, false);
    }
    const std::vector<std::pair<std::string, std::vector<std::string>>> kinds{{utf8, {}},
                                                                             {"\xEF\xBB\xBF" + utf8, {}},
                                                                             {windows, {}},
                                                                             {latin, {"not UTF-8, so read as Windows-1252"}},
                                                                             {semicolons, {"semicolons between cells"}},
                                                                             {tabs, {"tabs between cells"}},
                                                                             {old_mac, {"line ends of old Macs (CR alone)"}},
                                                                             {utf16_little, {"encoded in UTF-16"}},
                                                                             {utf16_big, {"encoded in UTF-16"}},
                                                                             {unmarked, {"encoded in UTF-16"}}};
    for (const auto& [bytes, notes] : kinds) {
        const Imported imported = import_plain_table(recognise_csv(bytes), "schools.csv");
        INFO(report_of(imported.problems, "", ""));
        REQUIRE(imported.problems.empty());
        CHECK(imported.notes == notes);
        REQUIRE(imported.population.input.rows.size() == 2);
        CHECK(imported.population.input.rows[0].name == "St Thérèse, School");
    }
    const Imported quoted_heading = import_plain_table(recognise_csv("\xEF\xBB\xBF\"urn\",type,region,area,easting,northing,pupils\n1,special,North,Vale,1,1,1\n"), "s.csv");
    CHECK(quoted_heading.problems.empty());
}

TEST_CASE("words of a table are understood however they are written, and what is not is counted with its first line") {
    const Imported i = import_rows(
        "1,Ash,mainstream,North,Vale,400000,300000,900,20,good,TRUE,rural village,\n"
        "2,Birch,mainstream,North,Vale,400000,300000,900,20,OUTSTANDING,Yes,Urban,\n"
        "3,Cedar,mainstream,North,Vale,400000,300000,900,20,Banana,perhaps,town,\n"
        "4,Damson,mainstream,North,Vale,400000,300000,900,20,Banana,0,,\n"
        "5,Elm,mainstream,North,Vale,400000,300000,900,20,requires_improvement,no,RURAL,\n"
        "6,Fir,mainstream,,Vale,400000,300000,900,20,,,,\n");
    REQUIRE(i.problems.empty());
    const auto& rows = i.population.input.rows;
    REQUIRE(rows.size() == 5);
    CHECK(rows[0].ofsted == Ofsted::good);
    CHECK(rows[0].sixth_form);
    CHECK(rows[0].rural);
    CHECK(rows[1].ofsted == Ofsted::outstanding);
    CHECK(rows[1].sixth_form);
    CHECK(rows[2].ofsted == Ofsted::unknown);
    CHECK(rows[4].ofsted == Ofsted::requires_improvement);
    CHECK(rows[4].rural);
    CHECK(i.dropped.at("no region") == 1);
    REQUIRE(i.altered.size() == 3);
    CHECK(i.altered.at({"ofsted", "Banana"}).count == 2);
    CHECK(i.altered.at({"ofsted", "Banana"}).line == 4);
    CHECK(i.altered.at({"has_sixth_form", "perhaps"}).taken_as == "no");
    CHECK(i.altered.at({"urban_rural", "town"}).taken_as == "urban");
    CHECK(i.unknown.at("urban_rural") == 1);
}

TEST_CASE("names that a spreadsheet or a page would take for something else are cleaned at import, and told; a population file with one is refused") {
    const Imported i = import_rows(
        "1,=cmd|' /C calc'!A0,mainstream,+North,@Vale,400000,300000,900,20,Good,1,Urban,-Trust\n"
        "2,\"Line\nbreak \xE2\x80\xAE School\",mainstream,North,Vale,400000,300000,900,20,Good,1,Urban,\n");
    REQUIRE(i.problems.empty());
    CHECK(i.population.input.rows[0].name == "cmd|' /C calc'!A0");
    CHECK(i.population.input.rows[1].name == "Line break School");
    CHECK(i.population.input.regions == std::vector<std::string>{"North"});
    CHECK(i.population.input.areas == std::vector<std::string>{"Vale"});
    CHECK(i.altered.at({"region", "+North"}).taken_as == "\"North\"");
    std::string text = population_text(i, "schools.csv", "");
    text = replaced(text, "\"Vale\"", "\"=Vale\"");
    Problems problems;
    const Document document = parse_document("population.json", text);
    read_population(document, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].headline == "name \"=Vale\" would be taken for a formula by a spreadsheet");
}

TEST_CASE("numbers of a table are whole cells: no tail, no sixteens, no NUL; shares are no percentages") {
    for (const std::string pupils : {"3junk", "0x10", "nan", "1e400", "--5", "9,000"}) {
        INFO(pupils);
        CHECK(import_rows("1,A,mainstream,N,V,400000,300000,\"" + pupils + "\",20,Good,1,Urban,\n").problems.size() == 1);
    }
    CHECK(import_rows("1,A,mainstream,N,V,400000,300000, 900 ,20,Good,1,Urban,\n").problems.empty());
    const Imported nul = import_rows(std::string("1,A,mainstream,N,V,400000,300000,3\0junk,20,Good,1,Urban,\n", 60));
    REQUIRE(nul.problems.size() == 1);
    CHECK(nul.problems[0].headline == "a NUL character in column \"pupils\"");
    const Imported shares = import_rows("1,A,mainstream,N,V,400000,300000,900,0.2,Good,1,Urban,\n2,B,mainstream,N,V,400000,300000,900,0.35,Good,1,Urban,\n");
    REQUIRE(shares.problems.size() == 1);
    CHECK(shares.problems[0].headline == "column \"fsm_percent\" holds shares, as 0.2, and nothing above 1");
    CHECK(import_rows("1,A,mainstream,N,V,400000,300000,900,0.2,Good,1,Urban,\n2,B,mainstream,N,V,400000,300000,900,35,Good,1,Urban,\n").problems.empty());
}

TEST_CASE("more regions than a population can hold are refused before they are written; many trusts take no time to speak of") {
    std::string rows, trusts;
    for (int i = 1; i <= 300; ++i) rows += std::to_string(i) + ",A,mainstream,Region " + std::to_string(i) + ",V,400000,300000,900,20,Good,1,Urban,\n";
    const Imported regions = import_rows(rows);
    REQUIRE(regions.problems.size() == 1);
    CHECK(regions.problems[0].headline == "300 regions");
    for (int i = 1; i <= 60000; ++i) trusts += std::to_string(i) + ",A,mainstream,North,V,400000,300000,900,20,Good,1,Urban,Trust " + std::to_string(i) + "\n";
    const Imported many = import_rows(trusts);
    CHECK(many.problems.empty());
    CHECK(many.population.input.trusts.size() == 60001);
}

TEST_CASE("names of scenarios and plans: what would be a path, a formula, unseen or the same to a reader is refused") {
    for (const std::string name : {"../../../../evil", "a/b", "a\\\\b", "line\\nbreak", "turn\\u202eed", "-rf", ".hidden", "", " ", "blank ", "nul", "Con.txt", "\\u0000", "e\\u0301"}) {
        INFO(name);
        const std::string text = R"({"schema_version": 1, "name": ")" + name + R"(", "plans": [{"name": "a"}]})";
        CHECK_FALSE(read_study_text("s.json", text, {}).study);
    }
    CHECK_FALSE(read_study_text("s.json", R"({"schema_version": 1, "name": ")" + std::string(5000, 'x') + R"(", "plans": [{"name": "a"}]})", {}).study);
    for (const std::string name : {"Wave 1 only", "pilot-2018", "a.b_c"}) CHECK(read_study_text("s.json", R"({"schema_version": 1, "name": ")" + name + R"(", "plans": [{"name": "a"}]})", {}).study);
    for (const std::string second : {"Plan", "PLAN", "plan ", " plan", "pl\\u200ban", "=plan", "", "   ", "\\u0000", std::string(300, 'p').c_str()}) {
        INFO(second);
        CHECK_FALSE(read_study_text("s.json", scenario("", R"([{"name": "plan"}, {"name": ")" + second + R"("}])"), {}).study);
    }
    CHECK(read_study_text("s.json", scenario("", R"([{"name": "plan"}, {"name": "Café £, 1st"}])"), {}).study);
    CHECK(look_alike("École", "école"));
    CHECK_FALSE(look_alike("Ecole", "École"));
    CHECK(cleaned_label("=-+@ \t Oak\u200b  School\x01 ") == "Oak School");
}

TEST_CASE("published figures that the results will not hold are refused before anything runs") {
    const std::string good = R"({"target": "S002", "plan": "a", "grouping": "status", "group": "hub", "measure": "gain_reported", "date": "2019-07"})";
    const auto with = [&](const std::string& from, const std::string& to) { return published_report(replaced(good, from, to)); };
    CHECK(published_report(good) == "");
    CHECK(with("S002", "S999").find("unknown target \"S999\"") != std::string::npos);
    CHECK(with("\"status\"", "\"stata\"").find("did you mean \"status\"?") != std::string::npos);
    CHECK(with("\"hub\"", "\"hubs\"").find("unknown group \"hubs\"") != std::string::npos);
    CHECK(with("gain_reported", "gain_reporte").find("unknown measure") != std::string::npos);
    CHECK(with("2019-07", "2031-01").find("unknown date \"2031-01\"") != std::string::npos);
    CHECK(with("\"plan\"", "\"part\": 7, \"plan\"").find("unknown part \"7\"") != std::string::npos);
    const Folder here;
    write_text(here / "s.json", scenario("\"published\": [" + replaced(good, "S002", "S999") + "], "));
    CHECK(program("check " + (here / "s.json")).code == 3);
    const Ran ran = program("run " + (here / "s.json") + " -o " + (here / "out"));
    CHECK(ran.code == 3);
    CHECK(ran.said.find("s.json:1:") != std::string::npos);
    CHECK_FALSE(fs::exists(here / "out"));
}

TEST_CASE("waves say how many they asked for and how many they found, in check, run and report") {
    const Folder here;
    write_text(here / "s.json", R"({"schema_version": 1, "name": "waves", "months": 4, "replicates": 2, "population": {"areas": {"Lancashire": 60}}, "plans": [
      {"name": "none"}, {"name": "twice", "waves": [{"start": "2018-09", "rule": "by_area", "areas": {"Lancashire": 60}},
      {"start": "2018-10", "rule": "lottery", "members": 60}, {"start": "2018-11", "rule": "lottery", "members": 5, "at_most_benchmarks": 0}]}]})");
    const Ran check = program("check " + (here / "s.json"));
    INFO(check.said);
    CHECK(check.code == 0);
    CHECK(check.said.find("wave 1, 2018-09, by_area: 60 asked for, 60 placed") != std::string::npos);
    CHECK(check.said.find("warning: plan \"twice\", wave 2 (2018-10, lottery): 60 asked for, nobody placed") != std::string::npos);
    CHECK(check.said.find("warning: plan \"twice\", wave 3 (2018-11, lottery): 5 asked for, nobody placed") != std::string::npos);
    const Ran run = program("run " + (here / "s.json") + " -o " + (here / "out"));
    REQUIRE(run.code == 0);
    CHECK(run.said.find("warning: plan \"twice\", wave 2 (2018-10, lottery): 60 asked for, nobody placed") != std::string::npos);
    CHECK(text_of(here / "out/data/waves.csv").find("twice,1,2018-09,by_area,joining,60,60,60,60\ntwice,2,2018-10,lottery,joining,60,0,0,0\n") != std::string::npos);
    CHECK(text_of(here / "out/report.html").find("2 of 3 waves found fewer members than asked for") != std::string::npos);
}

TEST_CASE("contradictions in a scenario are told: an absent school that is not there, a population that is neither or both") {
    CHECK(report_of_text(scenario("", R"([{"name": "a", "absences": [{"establishment": 999999, "month": "2018-10"}]}])")).find("no establishment 999999 in the population") !=
          std::string::npos);
    CHECK(report_of_text(scenario(R"("population": {"synthetic": false}, )")).find("neither a synthetic population nor a file") != std::string::npos);
    CHECK(report_of_text(scenario(R"("population": {"synthetic": true, "file": "x.json"}, )")).find("a synthetic population and a file") != std::string::npos);
    CHECK(report_of_text(scenario(R"("framework": "/nowhere/framework.json", )")).find("/nowhere/framework.json: cannot be read") == 0);
}

TEST_CASE("many of anything: keys, unknown areas, plans") {
    std::string keys, areas, plans;
    for (int i = 0; i < 200000; ++i) keys += "\"key" + std::to_string(i) + "\": 1, ";
    const std::string told = report_of_text(scenario(keys));
    CHECK(told.find("200000 problems. Nothing was run.") != std::string::npos);
    CHECK(told.find("and 199900 more") != std::string::npos);
    for (int i = 0; i < 20000; ++i) areas += (i == 0 ? "" : ", ") + ("\"Area number " + std::to_string(i) + "\": 5");
    CHECK(report_of_text(scenario("", R"([{"name": "a", "waves": [{"start": "2018-09", "rule": "by_area", "areas": {)" + areas + "}}]}]")).find("20000 problems.") != std::string::npos);
    for (int i = 0; i < 400; ++i) plans += (i == 0 ? "[" : ", ") + ("{\"name\": \"plan " + std::to_string(i) + "\"}");
    const Folder here;
    write_text(here / "s.json", replaced(scenario("", plans + "]"), "\"months\": 12", "\"months\": 2"));
    const Ran check = program("check " + (here / "s.json"));
    CHECK(check.code == 0);
    CHECK(check.said.find("400 plans") != std::string::npos);
    CHECK(check.said.find("about 0 s") == std::string::npos);
    CHECK(program("check " + source + "/scenarios/smoke.json").said.find("2 plans") != std::string::npos);
}

TEST_CASE("a column that follows from another is named the same by every estimator") {
    const Folder here;
    std::string table = "hub,before,after,fsm,pupils,rural\n";
    for (int i = 0; i < 60; ++i)
        table += std::to_string(i % 2) + "," + std::to_string(i % 5) + "," + std::to_string(i % 7) + "," + std::to_string(10 + i % 11) + "," + std::to_string(2 * (10 + i % 11)) + "," +
                 std::to_string(i % 3) + "\n";
    write_text(here / "t.csv", table);
    const Ran ran = program("estimate " + (here / "t.csv") + " --outcome after --treated hub --before before --covariates fsm,pupils,rural");
    INFO(ran.said);
    CHECK(ran.said.find("\"pupils\" follows from the other") != std::string::npos);
    CHECK(ran.said.find("\"benchmarks before\" follows") == std::string::npos);
    CHECK(ran.said.find("\"fsm\" follows") == std::string::npos);
}

TEST_CASE("a pack for quality assurance shows names as they are, and runs nothing of them") {
    const Folder here;
    write_text(here / "s.json", scenario("", R"~([{"name": "a"}, {"name": "<img src=x onerror=alert(1)> [b](http://c) | `d`", "description": "<script>alert(1)</script>"}])~"));
    REQUIRE(program("run " + (here / "s.json") + " --months 1 --replicates 1 -o " + (here / "out")).code == 0);
    REQUIRE(program("qa-pack " + (here / "out") + " -o " + (here / "pack")).code == 0);
    for (const auto& [name, text] : everything_in(here / "pack")) {
        INFO(name);
        CHECK(text.find("<img") == std::string::npos);
        CHECK(text.find("<script") == std::string::npos);
    }
    CHECK(text_of(here / "pack/01-specification.md").find("&lt;img src=x onerror=alert(1)&gt; \\[b\\](http://c) \\| \\`d\\`") != std::string::npos);
}
