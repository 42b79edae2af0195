// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace genscope {

/// The text that LZ-String's `compressToBase64` made, which very old SDKs send as `compression=lz64`; Debian
/// has no library for it. Nothing if @p base64 is none, or holds more than @p most bytes.
std::optional<std::string> textOfLz64(std::string_view base64, std::size_t most);

} // namespace genscope
