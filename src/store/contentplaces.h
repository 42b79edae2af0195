// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/record.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace genscope {

/// Where the heavy values of a light block's events are: what searches need of the block, in a hundredth of
/// its size. Per event with heavy values: varint gap of the row | gap of the content block | gap of the
/// offset behind the event before | number of values | per value: length, tag.
class ContentPlaces
{
public:
    void add(const LightRecord &record);
    /// What was added since the last take().
    std::string take();

private:
    std::string m_bytes;
    std::int64_t m_row = 0;
    BlockPlace m_end; ///< behind the values of the event before
};

/// Reads what ContentPlaces wrote.
class ContentPlacesReader
{
public:
    explicit ContentPlacesReader(std::string_view places) : m_rest(places) {}

    /// The next event, without context and skeleton, its cuts without positions. False at the end, and where
    /// the bytes are damaged: then ok() is false.
    bool next(LightRecord &record);
    bool ok() const { return m_ok; }

private:
    std::string_view m_rest;
    std::int64_t m_row = 0;
    BlockPlace m_end;
    bool m_ok = true;
};

} // namespace genscope
