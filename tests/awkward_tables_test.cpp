// Tables of schools as people send them.
#include "analysis/study/import/importer.h"
#include "sim/run/messages.h"
#include "tests/program.h"
#include "tests/support.h"

using namespace hubs;
using namespace hubs::test;

namespace {

const std::string table_heading =
    "urn,name,type,region,area,easting,northing,pupils,fsm_percent,ofsted,has_sixth_form,urban_rural,trust\n";
Imported import_rows(const std::string& rows) {
    return import_plain_table(recognise_csv(table_heading + rows), "schools.csv");
}

std::string wide(char16_t c, bool big) {
    const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xff);
    return big ? std::string{high, low} : std::string{low, high};
}

}  // namespace

TEST_CASE("encodings, separators and line ends are recognised, told, and read alike") {
    const std::string heading = "urn,name,type,region,area,easting,northing,pupils\n";
    const std::string rows =
        "1,\"St Th\xC3\xA9r\xC3\xA8se, School\",mainstream,North,Vale,400000,300000,900\n2,Oak,special,North,Vale,400100,300000,80\n";
    const std::string utf8 = heading + rows;
    std::string latin, semicolons = utf8, tabs = utf8, old_mac = utf8, windows, utf16_little = "\xFF\xFE",
                       utf16_big = "\xFE\xFF", unmarked;
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
    const std::vector<std::pair<std::string, std::vector<std::string>>> kinds{
        {utf8, {"encoded in UTF-8"}},
        {"\xEF\xBB\xBF" + utf8, {"encoded in UTF-8"}},
        {windows, {"encoded in UTF-8"}},
        {latin, {"not UTF-8, so read as Windows-1252"}},
        {semicolons, {"encoded in UTF-8", "semicolons between cells"}},
        {tabs, {"encoded in UTF-8", "tabs between cells"}},
        {old_mac, {"encoded in UTF-8", "line ends of old Macs (CR alone)"}},
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
    const Imported quoted_heading = import_plain_table(
        recognise_csv("\xEF\xBB\xBF\"urn\",type,region,area,easting,northing,pupils\n1,special,North,Vale,1,1,1\n"),
        "s.csv");
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

TEST_CASE(
    "names that a spreadsheet or a page would take for something else are cleaned at import, and told, a population file with one is refused") {
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

TEST_CASE("numbers of a table are whole cells: no tail, no sixteens, no NUL, shares are no percentages") {
    for (const std::string pupils : {"3junk", "0x10", "nan", "1e400", "--5", "9,000"}) {
        INFO(pupils);
        CHECK(import_rows("1,A,mainstream,N,V,400000,300000,\"" + pupils + "\",20,Good,1,Urban,\n").problems.size() ==
              1);
    }
    CHECK(import_rows("1,A,mainstream,N,V,400000,300000, 900 ,20,Good,1,Urban,\n").problems.empty());
    const Imported nul = import_rows(std::string("1,A,mainstream,N,V,400000,300000,3\0junk,20,Good,1,Urban,\n", 60));
    REQUIRE(nul.problems.size() == 1);
    CHECK(nul.problems[0].headline == "a NUL character in column \"pupils\"");
    const Imported shares = import_rows(
        "1,A,mainstream,N,V,400000,300000,900,0.2,Good,1,Urban,\n2,B,mainstream,N,V,400000,300000,900,0.35,Good,1,Urban,\n");
    REQUIRE(shares.problems.size() == 1);
    CHECK(shares.problems[0].headline == "column \"fsm_percent\" holds shares, as 0.2, and nothing above 1");
    CHECK(
        import_rows(
            "1,A,mainstream,N,V,400000,300000,900,0.2,Good,1,Urban,\n2,B,mainstream,N,V,400000,300000,900,35,Good,1,Urban,\n")
            .problems.empty());
}

TEST_CASE(
    "more regions than a population can hold are refused before they are written, many trusts take no time to speak of") {
    std::string rows, trusts;
    for (int i = 1; i <= 300; ++i)
        rows +=
            std::to_string(i) + ",A,mainstream,Region " + std::to_string(i) + ",V,400000,300000,900,20,Good,1,Urban,\n";
    const Imported regions = import_rows(rows);
    REQUIRE(regions.problems.size() == 1);
    CHECK(regions.problems[0].headline == "300 regions");
    for (int i = 1; i <= 60000; ++i)
        trusts += std::to_string(i) + ",A,mainstream,North,V,400000,300000,900,20,Good,1,Urban,Trust " +
                  std::to_string(i) + "\n";
    const Imported many = import_rows(trusts);
    CHECK(many.problems.empty());
    CHECK(many.population.input.trusts.size() == 60001);
}
