#include "analysis/base/version.h"

namespace hubs {

const char* const version_text = HUBSIM_VERSION;

}  // namespace hubs
