// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace genscope {

/// The event that a multipart AI body holds: part `event` (JSON), part `event.properties` (JSON), and parts
/// `event.properties.NAME` with one large property each. The boundary is that of the first line.
/// @error Parse: no such body
Result<std::string> eventOfMultipart(std::string_view body);

} // namespace genscope
