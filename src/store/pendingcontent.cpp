// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pendingcontent.h"

#include <QCoreApplication>

namespace genscope {

namespace {

std::string_view bytesOf(const Uuid &uuid)
{
    return {reinterpret_cast<const char *>(uuid.bytes.data()), uuid.bytes.size()};
}

} // namespace

Result<PendingContent> PendingContent::open(const Connection &connection)
{
    PendingContent content;
    const Result<std::int64_t> any = connection.integer("SELECT EXISTS (SELECT 1 FROM pending_content)");
    if (!any)
        return any.error();
    content.m_any = *any != 0;
    const struct
    {
        Statement *statement;
        const char *sql;
    } statements[] = {
        {&content.m_insert,
         "INSERT INTO pending_content (uuid, raw_hash, raw_size, data) VALUES (?1, ?2, ?3, ?4)"
         " ON CONFLICT DO NOTHING"},
        {&content.m_select, "SELECT raw_size, data FROM pending_content WHERE uuid = ?1 ORDER BY raw_hash"},
        {&content.m_remove, "DELETE FROM pending_content WHERE uuid = ?1"},
    };
    for (const auto &entry : statements) {
        Result<Statement> prepared = connection.prepare(entry.sql);
        if (!prepared)
            return prepared.error();
        *entry.statement = std::move(*prepared);
    }
    return content;
}

Status PendingContent::add(const Uuid &uuid, std::uint64_t rawHash, std::string_view raw)
{
    m_any = true;
    const std::string data = m_compressor.compress(raw, Compressor::kDense);
    m_insert.bindBlob(1, bytesOf(uuid));
    m_insert.bind(2, static_cast<std::int64_t>(rawHash));
    m_insert.bind(3, static_cast<std::int64_t>(raw.size()));
    m_insert.bindBlob(4, data);
    return m_insert.run();
}

Result<std::vector<std::string>> PendingContent::take(const Uuid &uuid)
{
    std::vector<std::string> texts;
    if (!m_any)
        return texts;
    m_select.bindBlob(1, bytesOf(uuid));
    for (;;) {
        const Result<bool> row = m_select.step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        std::string text;
        const auto size = static_cast<std::size_t>(m_select.integer(0));
        if (!m_decompressor.decompress(m_select.bytes(1), size, text))
            return makeError(
                Error::Kind::Database,
                QCoreApplication::translate("Store", "content that waits for its event is damaged"));
        texts.push_back(std::move(text));
    }
    m_select.reset();
    if (texts.empty())
        return texts;
    m_remove.bindBlob(1, bytesOf(uuid));
    if (const Status removed = m_remove.run(); !removed)
        return removed.error();
    return texts;
}

} // namespace genscope
