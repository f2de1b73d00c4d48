#include "analysis/commands/commands.h"
namespace hubs {
int import_gias(const std::string&, const std::string&, const std::string&, bool) { return usage; }
int import_table(const std::string&, const std::string&, const std::string&, bool) { return usage; }
}
