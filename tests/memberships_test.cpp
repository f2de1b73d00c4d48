// Lists of hub members as people keep them: spells, schools that closed, days in place of months.
#include "analysis/study/import/importer.h"
#include "analysis/results/results_study.h"
#include "sim/run/messages.h"
#include "tests/program.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

const std::string heading =
    "URN,LA (name),EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code),PhaseOfEducation (name),"
    "OfficialSixthForm (name),NumberOfPupils,PercentageFSM,Trusts (name),GOR (name),UrbanRural (name),Easting,Northing\n";
std::string school(int urn, const std::string& name, int status) {
    return std::to_string(urn) + ",Kent," + name + ",1," + std::to_string(status) +
           ",Secondary,Has a sixth form,900,20,,South East,Urban,590000,160000\n";
}
/// Two that merged into Oak, one renamed from Ash to Elm under a new number, and one that closed without a successor.
const std::string schools = heading + school(1, "Oak", 1) + school(2, "Old Oak Boys", 2) +
                            school(3, "Old Oak Girls", 2) + school(4, "Elm", 1) + school(5, "Ash", 2) +
                            school(6, "Gone", 2) + school(7, "Yew Fiert\xC3\xA9", 1);
const std::string links =
    "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n2,1,Oak,Successor - amalgamated,01/09/2019\n"
    "3,1,Oak,Successor - amalgamated,01/09/2019\n4,5,Ash,Predecessor,01/09/2020\n";

struct Spell {
    std::uint32_t urn;
    std::string hub, joined, left;
    bool operator==(const Spell&) const = default;
};
std::vector<Spell> spells_of(const Imported& i) {
    std::vector<Spell> out;
    const auto month = [](int y, int m) {
        return y == 0 ? "" : std::to_string(y) + (m < 10 ? "-0" : "-") + std::to_string(m);
    };
    for (const Membership& m : i.population.memberships)
        out.push_back({m.address, m.hub, month(m.joined_year, m.joined_month), month(m.left_year, m.left_month)});
    return out;
}

Imported with(const std::string& list, bool with_links = true) {
    Imported out = import_register(recognise_csv(schools), "register.csv");
    REQUIRE(out.problems.empty());
    const Successors successors =
        with_links ? read_links(recognise_csv(links), "links.csv", out.problems) : Successors{};
    add_memberships(recognise_csv(list), "hubs.csv", out, successors);
    return out;
}

}  // namespace

TEST_CASE("a school may leave and join again, days are taken for their months, headings in any letters") {
    const Imported i =
        with("Urn,HUB,Joined,left\n7,Kent Hub,2018-09-01,31/08/2019\n7,Coast Hub,2020-09,\n4,Kent Hub,01-09-2018,\n");
    INFO(report_of(i.problems, "", ""));
    REQUIRE(i.problems.empty());
    CHECK(spells_of(i) == std::vector<Spell>{{4, "Kent Hub", "2018-09", ""},
                                             {7, "Kent Hub", "2018-09", "2019-08"},
                                             {7, "Coast Hub", "2020-09", ""}});
}

TEST_CASE(
    "members that closed go to who came after them, merged ones are one, and every row is accounted for by name") {
    const std::string list =
        "urn,hub,joined,left\n2,Kent Hub,2018-09,2019-09\n3,Kent Hub,2019-01,\n5,Kent Hub,2018-09,\n6,Kent Hub,2018-09,\n8,Kent Hub,2018-09,\n7,Kent Hub,2018-09,\n";
    const Imported i = with(list);
    REQUIRE(i.problems.empty());
    CHECK(spells_of(i) == std::vector<Spell>{{1, "Kent Hub", "2018-09", ""},
                                             {4, "Kent Hub", "2018-09", ""},
                                             {7, "Kent Hub", "2018-09", ""}});
    CHECK(i.memberships.rows == 6);
    CHECK(i.memberships.kept == 3);
    CHECK(i.memberships.dropped == std::map<std::string, std::size_t>{{"not in the register", 1}, {"not open", 1}});
    CHECK(i.memberships.changed ==
          std::map<std::string, std::size_t>{{"joined into one spell of an establishment made of several", 1},
                                             {"moved to the establishment that came after", 3}});
    CHECK(
        account_text(i) ==
        "file,line,urn,name,outcome\n"
        "register.csv,2,1,Oak,kept\nregister.csv,3,2,Old Oak Boys,not open\nregister.csv,4,3,Old Oak Girls,not open\n"
        "register.csv,5,4,Elm,kept\nregister.csv,6,5,Ash,not open\nregister.csv,7,6,Gone,not open\nregister.csv,8,7,Yew Fierté,kept\n"
        "hubs.csv,2,2,Oak,\"moved to 1, which came after it\"\nhubs.csv,3,3,Oak,\"moved to 1, which came after it\"\n"
        "hubs.csv,4,5,Elm,\"moved to 4, which came after it\"\nhubs.csv,5,6,Gone,not open\nhubs.csv,6,8,,not in the register\n"
        "hubs.csv,7,7,Yew Fierté,kept\n");
    // The same register in Windows-1252 gives the same account.
    Imported old = import_register(recognise_csv(replaced(schools, "Fiert\xC3\xA9", "Fiert\xE9")), "register.csv");
    CHECK(old.notes == std::vector<std::string>{"not UTF-8, so read as Windows-1252"});
    add_memberships(recognise_csv(list), "hubs.csv", old, read_links(recognise_csv(links), "links.csv", old.problems));
    CHECK(account_text(old) == account_text(i));
    const Imported alone = with(list, false);
    CHECK(alone.memberships.dropped == std::map<std::string, std::size_t>{{"not in the register", 1}, {"not open", 4}});
    CHECK(spells_of(alone) == std::vector<Spell>{{7, "Kent Hub", "2018-09", ""}});
}

TEST_CASE("spells that overlap, end before they begin or have no month are refused with their lines") {
    const Imported i = with(
        "urn,hub,joined,left\n7,Kent Hub,2018-09,2019-08\n7,Coast Hub,2019-07,\n4,Kent Hub,2018-09,2018-09\n1,Kent Hub,Sep-18,2019-13\n");
    CHECK(
        report_of(i.problems, "", "Nothing was written.") ==
        "hubs.csv:3:1: URN 7 is a member of \"Coast Hub\" while still of \"Kent Hub\" (line 2)\n  joined: expected spells that do not overlap\n"
        "hubs.csv:4:1: left in 2018-09, not after joining in 2018-09\n  left: expected a later month, or nothing\n"
        "hubs.csv:5:1: \"Sep-18\" is not a month\n  joined: expected a month as 2018-09, or a day as 2018-09-01 or 01/09/2018\n"
        "hubs.csv:5:1: \"2019-13\" is not a month\n  left: expected a month as 2018-09, or a day as 2018-09-01 or 01/09/2018, or nothing\n"
        "4 problems. Nothing was written.\n");
}

TEST_CASE("a school split in two has no successor, whatever the order of links, a row given twice is said to be") {
    for (const std::string order :
         {"6,1,,Successor\n6,4,,Successor\n", "6,4,,Successor\n6,1,,Successor\n4,6,,Predecessor\n"}) {
        Imported i = import_register(recognise_csv(schools), "register.csv");
        add_memberships(recognise_csv("urn,hub,joined,left\n6,Kent Hub,2018-09,\n"), "hubs.csv", i,
                        read_links(recognise_csv("URN,LinkURN,LinkName,LinkType\n" + order), "links.csv", i.problems));
        REQUIRE(i.problems.empty());
        CHECK(i.memberships.dropped == std::map<std::string, std::size_t>{{"split into 1 and 4", 1}});
        CHECK(i.account.back().outcome == "split into 1 and 4");
    }
    const Imported twice = with(
        "urn,hub,joined,left\n7,Kent Hub,2018-09,\n7,Kent Hub,2018-09,\n5,Kent Hub,2018-09,\n4,Coast Hub,2019-09,\n");
    REQUIRE(twice.problems.size() == 2);
    CHECK(twice.problems[0].headline ==
          "URN 4 is a member of \"Coast Hub\" while still of \"Kent Hub\" (line 4, 5 there)");
    CHECK(twice.problems[1].headline == "URN 7 is given twice (line 2)");
}

TEST_CASE("a problem met two hundred times is told once with its count") {
    std::string list = "urn,hub,joined,left\n";
    for (int k = 0; k < 200; ++k) list += std::to_string(100 + k) + ",,2018-09,\n";
    const Imported i = with(list);
    REQUIRE(i.problems.size() == 5);
    CHECK(i.problems.back().headline == "no hub; and 195 more rows like this, the last in line 201");
}

TEST_CASE("spells over before the start are no members, and who rejoins is one again") {
    const Imported i = with(
        "urn,hub,joined,left\n1,Kent Hub,2017-09,2018-09\n4,Kent Hub,2017-09,\n7,Kent Hub,2018-09,2019-01\n7,Kent Hub,2019-03,\n");
    REQUIRE(i.problems.empty());
    const fs::path folder = fs::temp_directory_path() / ("hubsim-spells-" + std::to_string(getpid()));
    fs::create_directories(folder);
    write_text(folder / "p.json", population_text(i, "register.csv", ""));
    write_text(
        folder / "s.json",
        R"({"schema_version": 1, "name": "spells", "question": "Who is a member?", "population": {"file": "p.json"},
        "start": "2018-09", "months": 10, "replicates": 1, "seed": 1, "posterior": "none", "plans": [{"name": "list", "waves": [{"rule": "as_listed"}]}]})");
    const auto read = read_whole_study((folder / "s.json").string(), {});
    INFO(read.report);
    REQUIRE(read.study);
    const auto members_after = [&](std::uint16_t months) {
        Scenario scenario = read.study->scenario;
        scenario.months = months;
        const World w = simulate(start_world(start_of(scenario, read.study->population, read.study->framework), {1, 0}),
                                 scenario, scenario.plans[0], {1, 0}, nullptr);
        std::string out;
        each_establishment(w, [&](EstablishmentId e) {
            if (w.establishments.status[e] == Status::hub)
                out += std::to_string(read.study->population.establishments.address[e]) + " ";
        });
        return out;
    };
    CHECK(members_after(1) == "4 7 ");
    CHECK(members_after(5) == "4 ");
    CHECK(members_after(8) == "4 7 ");
    fs::remove_all(folder);
}

TEST_CASE("a population file with a member twice at once is refused") {
    std::string text = population_text(with("urn,hub,joined,left\n7,Kent Hub,2018-09,2019-01\n7,Kent Hub,2019-03,\n"),
                                       "register.csv", "");
    text = replaced(text, "2019-03", "2018-11");
    Problems problems;
    const Document document = parse_document("p.json", text);
    read_population(document, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].headline == "URN 7 is a member twice at once");
    CHECK(problems[0].path == "/memberships/1/joined");
    text = replaced(replaced(text, "2018-11", "2019-03"), "2019-01", "2018-09");
    problems.clear();
    read_population(parse_document("p.json", text), problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].headline == "a membership that ends before it begins");
}

TEST_CASE("a table that is no register is told in one line, with all the columns that it lacks") {
    const Imported i = import_register(recognise_csv("hub,before\n1,2\n"), "m.csv");
    REQUIRE(i.problems.size() == 1);
    CHECK(i.problems[0].headline.starts_with("14 columns are missing: \"URN\", \"EstablishmentName\", "));
    CHECK(import_plain_table(recognise_csv("urn,type,region,area,easting\n1,special,North,Vale,1\n"), "m.csv").problems.size() == 2);
}
