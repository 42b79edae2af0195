// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listrows.h"

namespace genscope {

/// A list of events: an index vector over the snapshot's columns, a reader per column. @thread any
class EventRows final : public ListRows
{
public:
    static Result<std::shared_ptr<const ListRows>> load(const ListRequest &request);

    std::size_t size() const override { return m_rows->size(); }
    std::uint32_t rowId(std::size_t position) const override { return (*m_rows)[position]; }
    Cell cell(std::size_t position, std::size_t column, std::size_t part) const override;
    Cell value(std::size_t position, const std::string &name) const override;
    bool failed(std::size_t position) const override;
    std::size_t memoryBytes() const override { return m_rows->size() * sizeof(std::uint32_t); }

private:
    using Order = std::shared_ptr<const std::vector<std::uint32_t>>;
    enum class Source { Field, Uuid, TokensPerSecond };
    struct PartReader
    {
        Source source = Source::Field;
        std::shared_ptr<const FieldReader> reader; ///< Field only
    };

    static Result<PartReader> openPart(ListKind kind, const Selection &selection, const std::string &name);
    Cell read(const PartReader &part, std::size_t row) const;

    EventRows(const ListRequest &request, std::vector<ListColumn> columns, Order rows,
              std::vector<std::vector<PartReader>> readers);

    Order m_rows;
    std::vector<std::vector<PartReader>> m_readers; ///< per column and part
    std::string m_sortColumn;
    bool m_descending = true;
};

} // namespace genscope
