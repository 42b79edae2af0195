// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/recordspool.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cstring>

namespace genscope {

namespace {

Error fault(const QTemporaryFile &file)
{
    return makeError(Error::Kind::Io,
                     QCoreApplication::translate("DumpReader", "no temporary file in %1 for its rows: %2")
                         .arg(QFileInfo(file.fileTemplate()).path(), file.errorString()));
}

} // namespace

Status RecordSpool::add(std::string_view record)
{
    const std::uint64_t size = record.size();
    m_memory.append(reinterpret_cast<const char *>(&size), sizeof size);
    m_memory += record;
    ++m_count;
    return m_memory.size() > kMostInMemory ? flush() : Status(Done{});
}

Status RecordSpool::flush()
{
    if (!m_file) {
        m_file = std::make_unique<QTemporaryFile>();
        if (!m_file->open())
            return fault(*m_file);
    }
    const auto size = static_cast<qint64>(m_memory.size());
    if (m_file->write(m_memory.data(), size) != size)
        return fault(*m_file);
    m_memory.clear();
    return Done{};
}

Status RecordSpool::rewind()
{
    m_at = 0;
    if (!m_file)
        return Done{};
    if (const Status flushed = flush(); !flushed)
        return flushed;
    return m_file->seek(0) ? Status(Done{}) : Status(fault(*m_file));
}

Result<bool> RecordSpool::next(std::string &record)
{
    if (m_count == 0)
        return false;
    --m_count;
    std::uint64_t size = 0;
    if (const auto got = read(reinterpret_cast<char *>(&size), sizeof size); !got)
        return got.error();
    record.resize(size);
    return read(record.data(), size);
}

Result<bool> RecordSpool::read(char *to, std::size_t size)
{
    if (m_file) {
        if (m_file->read(to, static_cast<qint64>(size)) != static_cast<qint64>(size))
            return fault(*m_file);
        return true;
    }
    std::memcpy(to, m_memory.data() + m_at, size);
    m_at += size;
    return true;
}

} // namespace genscope
