// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/uuid.h"
#include "store/compression.h"
#include "store/connection.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// Content that came before the event it belongs to (table `pending_content`): an answer of ai_events may be
/// imported before the light events are. It waits for them, in later imports too.
/// @thread the writer's
class PendingContent
{
public:
    static Result<PendingContent> open(const Connection &connection);

    bool any() const { return m_any; }
    /// Adds what is not there yet. @error Database
    Status add(const Uuid &uuid, std::uint64_t rawHash, std::string_view raw);
    /// Takes out all that waits for an event. @error Database
    Result<std::vector<std::string>> take(const Uuid &uuid);

private:
    bool m_any = false;
    Statement m_insert;
    Statement m_select;
    Statement m_remove;
    Compressor m_compressor;
    Decompressor m_decompressor;
};

} // namespace genscope
