// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace genscope {

/// Whether @p bytes begin as gzip does.
bool isGzip(std::string_view bytes);
/// What gzip or zlib @p bytes hold; nothing if they are damaged or hold more than @p most bytes.
std::optional<std::string> inflated(std::string_view bytes, std::size_t most);

} // namespace genscope
