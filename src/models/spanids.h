// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace genscope {

/// The ids that hang an event into its trace's tree, which no column holds.
struct SpanIds
{
    std::string id;     ///< generation id, else span id, else uuid
    std::string parent; ///< empty if none
};

/// Reads them from captured events; keeps parser buffers between calls: one per thread.
class SpanIdReader
{
public:
    SpanIdReader();
    ~SpanIdReader();
    SpanIdReader(const SpanIdReader &) = delete;
    SpanIdReader &operator=(const SpanIdReader &) = delete;

    SpanIds read(std::string_view json); ///< empty ids if it is no event

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace genscope
