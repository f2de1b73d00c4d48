#include "analysis/study/import/importer.h"
#include "tests/catch.h"
#include "tests/support.h"

using namespace hubs;

namespace {

/// A register as it is published: Windows-1252, more columns than are read, rows in and out of scope.
const std::string heading =
    "URN,LA (name),EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code),PhaseOfEducation (name),OfficialSixthForm (name),NumberOfPupils,PercentageFSM,HeadFirstName,HeadLastName,"
    "TelephoneNum,Trusts (name),GOR (name),UrbanRural (name),Easting,Northing\n";
const std::string rows =
    "100001,Camden,\"St Th\xE9r\xE8se, School\",1,1,Secondary,Has a sixth form,900,21.5,Ada,Lovelace,0201234,,London,(England/Wales) Urban major conurbation,528000,184000\n"
    "100002,Camden,Closed School,1,2,Secondary,Does not have a sixth form,,,Alan,Turing,,,London,Urban,528100,184100\n"
    "100003,Camden,Primary School,1,1,Primary,Not applicable,210,10,Grace,Hopper,,,London,Urban,528200,184200\n"
    "100004,Camden,Independent School,11,1,Not applicable,Has a sixth form,500,,Kurt,Godel,,,London,Urban,528300,184300\n"
    "100005,Devon,Special Academy,44,3,Not applicable,Does not have a sixth form,,,Emmy,Noether,,Moor Trust,South West,(England/Wales) Rural village,250000,90000\n"
    "100006,Devon,College of Devon,18,1,16 plus,Not applicable,3000,,Mary,Somerville,,,South West,Urban,,\n"
    "100007,Powys,Welsh School,1,1,Secondary,Has a sixth form,700,12,Dic,Jones,,,Wales (pseudo),Rural,300000,250000\n";

}  // namespace

TEST_CASE("the register: rows in scope are kept, the others counted by reason, people never read") {
    const CsvText in = recognise_csv(heading + rows);
    const Imported imported = import_register(in, "edubasealldata20231116.csv");
    REQUIRE(imported.problems.empty());
    CHECK(imported.rows == 7);
    const auto& kept = imported.population.input.rows;
    REQUIRE(kept.size() == 3);
    CHECK(imported.dropped == std::map<std::string, std::size_t>{{"mainstream, not secondary", 1},
                                                                 {"not in a region of England", 1},
                                                                 {"not open", 1},
                                                                 {"type out of scope", 1}});
    CHECK(kept[0].name == "St Thérèse, School");
    CHECK(kept[0].sixth_form);
    CHECK(kept[0].fsm_percent == 21.5);
    CHECK(kept[1].type == Type::special);
    CHECK(kept[1].rural);
    CHECK(imported.population.input.trusts[kept[1].trust] == "Moor Trust");
    CHECK(kept[2].type == Type::college);
    CHECK_FALSE(kept[2].easting);
    const std::string text = population_text(imported, "edubasealldata20231116.csv", "");
    for (const char* person : {"Ada", "Lovelace", "Noether", "Somerville", "0201234"})
        CHECK(text.find(person) == std::string::npos);
}

TEST_CASE("an imported population with memberships reads back and forms the hubs that are listed") {
    const CsvText in = recognise_csv(heading + rows);
    Imported imported = import_register(in, "register.csv");
    const CsvText members = recognise_csv(
        "urn,hub,joined,left\n100001,North,2018-09,\n100005,North,2018-09,2019-01\n999999,North,2018-09,\n");
    add_memberships(members, "hubs.csv", imported);
    REQUIRE(imported.problems.empty());
    CHECK(imported.memberships.dropped.at("not in the register") == 1);
    const Document document = parse_document("population.json", population_text(imported, "register.csv", ""));
    REQUIRE(document.problems.empty());
    Problems problems;
    const PopulationFile file = read_population(document, problems);
    REQUIRE(problems.empty());
    REQUIRE(file.memberships.size() == 2);
    const Framework framework = test::framework();
    const Population population = make_population(file.input, framework);
    Scenario scenario;
    scenario.months = 8;
    Plan plan;
    Wave joined, left;
    joined.rule = left.rule = Allocation::as_listed;
    joined.addresses = {100001, 100005};
    left.addresses = {100005};
    left.month = 4;
    left.action = WaveAction::leave;
    plan.waves = {joined, left};
    const World world =
        simulate(start_world(start_of(scenario, population, framework), {1, 0}), scenario, plan, {1, 0}, nullptr);
    REQUIRE(world.hubs.rows.size() == 1);
    each_establishment(world, [&](EstablishmentId e) {
        const bool member = world.establishments.status[e] == Status::hub;
        CHECK(member == (population.establishments.address[e] == 100001));
    });
}

TEST_CASE("a faulty membership list is told whole") {
    const CsvText in = recognise_csv(heading + rows);
    Imported imported = import_register(in, "register.csv");
    const CsvText members = recognise_csv("urn,hub,joined,left\n100001,,2018-13,\n100001,North,2018-09,soon\n");
    add_memberships(members, "hubs.csv", imported);
    REQUIRE(imported.problems.size() == 3);
    CHECK(imported.problems[0].headline == "no hub");
    CHECK(imported.problems[1].headline == "\"2018-13\" is not a month");
    CHECK(imported.problems[2].headline == "\"soon\" is not a month");
}
