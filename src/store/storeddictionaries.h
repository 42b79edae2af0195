// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dictionary.h"
#include "core/result.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace genscope {

class Connection;

/// The dictionaries of a store's columns, with what of them is already in its `dictionary` table.
class StoredDictionaries
{
public:
    /// @error Database
    static Result<StoredDictionaries> load(const Connection &connection);

    std::uint32_t intern(DictField field, std::string_view text) { return at(field).intern(text); }
    const Dictionary &at(DictField field) const { return m_dictionaries[static_cast<std::size_t>(field)]; }
    Dictionary &at(DictField field) { return m_dictionaries[static_cast<std::size_t>(field)]; }
    std::array<DictionaryView, kDictFieldCount> views() const;
    /// Writes the codes that are new since the last call. @error Database
    Status saveNew(const Connection &connection);

private:
    std::array<Dictionary, kDictFieldCount> m_dictionaries;
    std::array<std::uint32_t, kDictFieldCount> m_saved{}; ///< codes below are in the store
};

} // namespace genscope
