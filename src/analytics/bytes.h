// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QCoreApplication>

#include <bit>
#include <cstring>
#include <string>
#include <string_view>

namespace genscope {

// The columns' bytes are little-endian in memory and in the store.
static_assert(std::endian::native == std::endian::little, "column bytes are little-endian");

template<typename Number>
void putNumber(std::string &out, Number number)
{
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    out.append(bytes, sizeof number);
}

/// Takes @p count bytes from the front of @p in; false if there are fewer.
inline bool takeBytes(std::string_view &in, std::size_t count, std::string_view &bytes)
{
    if (in.size() < count)
        return false;
    bytes = in.substr(0, count);
    in.remove_prefix(count);
    return true;
}

template<typename Number>
bool takeNumber(std::string_view &in, Number &number)
{
    std::string_view bytes;
    if (!takeBytes(in, sizeof number, bytes))
        return false;
    std::memcpy(&number, bytes.data(), sizeof number);
    return true;
}

inline Error damagedColumns()
{
    return makeError(Error::Kind::Parse,
                     QCoreApplication::translate(
                         "Columns", "the stored columns are damaged; rebuild them with “genscope rebuild”"));
}

} // namespace genscope
