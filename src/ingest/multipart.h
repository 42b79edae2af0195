// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// A part as it was sent, for the answer to its sender.
struct MultipartPart
{
    std::string name;
    std::size_t length = 0;      ///< bytes as sent
    std::string contentType;     ///< empty if it says none
    std::string contentEncoding; ///< empty if it says none
};
struct MultipartEvent
{
    std::string json;
    std::vector<MultipartPart> parts;
};

/// The event that a multipart AI body holds: part `event` (JSON), part `event.properties` (JSON), and parts
/// `event.properties.NAME` with one large property each. The boundary is that of the first line.
/// @param most  bytes that a compressed part may hold
/// @error Parse: no such body
Result<MultipartEvent> eventOfMultipart(std::string_view body, std::size_t most);

} // namespace genscope
