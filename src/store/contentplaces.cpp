// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/contentplaces.h"

#include "store/varint.h"

#include <utility>

namespace genscope {

void ContentPlaces::add(const LightRecord &record)
{
    if (record.cuts.empty())
        return;
    putSignedVarint(m_bytes, record.row - std::exchange(m_row, record.row));
    putSignedVarint(m_bytes, record.content.block - m_end.block);
    const std::int64_t expected = record.content.block == m_end.block ? m_end.offset : 0;
    putSignedVarint(m_bytes, record.content.offset - expected);
    putVarint(m_bytes, record.cuts.size());
    for (const Cut &cut : record.cuts) {
        putVarint(m_bytes, cut.length);
        putVarint(m_bytes, static_cast<std::uint64_t>(cut.tag));
    }
    m_end = {record.content.block, static_cast<std::int64_t>(record.contentEnd())};
}

std::string ContentPlaces::take()
{
    m_row = 0;
    m_end = {};
    return std::exchange(m_bytes, {});
}

bool ContentPlacesReader::next(LightRecord &record)
{
    if (m_rest.empty() || !m_ok)
        return false;
    VarintReader reader(m_rest);
    m_row += reader.signedVarint();
    record.row = m_row;
    record.content.block = m_end.block + reader.signedVarint();
    const std::int64_t expected = record.content.block == m_end.block ? m_end.offset : 0;
    record.content.offset = expected + reader.signedVarint();
    record.context = {};
    record.skeleton = {};
    record.cuts.clear();
    const std::uint64_t cuts = reader.varint();
    for (std::uint64_t i = 0; i < cuts && reader.ok(); ++i) {
        const std::size_t length = reader.varint();
        record.cuts.push_back({0, length, static_cast<Cut::Tag>(reader.varint())});
    }
    m_ok = reader.ok() && record.row >= 0 && record.content.offset >= 0;
    m_rest = reader.rest();
    m_end = {record.content.block, static_cast<std::int64_t>(record.contentEnd())};
    return m_ok;
}

} // namespace genscope
