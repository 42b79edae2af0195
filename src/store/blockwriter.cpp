// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/blockwriter.h"

#include <QCoreApplication>

namespace genscope {

namespace {

int levelFor(BlockKind kind)
{
    return kind == BlockKind::Light ? Compressor::kFast : Compressor::kDense;
}

} // namespace

BlockWriter::BlockWriter(const Connection &connection)
    : m_connection(connection), m_worker([this] { compressJobs(); })
{
}

BlockWriter::~BlockWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        m_waiting.clear();
    }
    m_changed.notify_all();
    m_worker.join();
}

Result<std::unique_ptr<BlockWriter>> BlockWriter::open(const Connection &connection)
{
    std::unique_ptr<BlockWriter> writer(new BlockWriter(connection));
    if (const Status prepared = writer->prepare(); !prepared)
        return prepared.error();
    return writer;
}

Status BlockWriter::prepare()
{
    Result<Statement> insert =
        m_connection.prepare("INSERT INTO block (id, kind, raw_size, data) VALUES (?1, ?2, ?3, ?4)"
                             " ON CONFLICT (id) DO UPDATE SET raw_size = ?3, data = ?4");
    if (!insert)
        return insert.error();
    m_insert = std::move(*insert);
    const Result<std::int64_t> last = m_connection.integer("SELECT max(id) FROM block");
    if (!last)
        return last.error();
    m_nextId = *last + 1;
    for (OpenBlock *block : {&m_light, &m_content}) {
        if (const Status resumed = resume(*block); !resumed)
            return resumed;
    }
    return Done{};
}

Status BlockWriter::resume(OpenBlock &block)
{
    Result<Statement> last =
        m_connection.prepare("SELECT id, raw_size, data FROM block WHERE kind = ?1 ORDER BY id DESC LIMIT 1");
    if (!last)
        return last.error();
    last->bind(1, static_cast<std::int64_t>(block.kind));
    const Result<bool> row = last->step();
    if (!row)
        return row.error();
    if (!*row || last->integer(1) >= static_cast<std::int64_t>(kBlockBytes))
        return Done{};
    block.id = last->integer(0);
    if (!Decompressor().decompress(last->bytes(2), static_cast<std::size_t>(last->integer(1)), block.raw))
        return damagedBlock(m_connection.path(), block.id);
    block.flushed = block.raw.size();
    return Done{};
}

void BlockWriter::begin(OpenBlock &block)
{
    if (block.id == 0) {
        block.id = m_nextId++;
        block.raw.reserve(kBlockBytes + kBlockBytes / 8);
    }
}

BlockPlace BlockWriter::append(const Event &event, std::int64_t row)
{
    BlockPlace content;
    if (!event.heavy.empty()) {
        begin(m_content);
        content = {m_content.id, static_cast<std::int64_t>(m_content.raw.size())};
        appendContent(m_content.raw, event);
        sealIfFull(m_content);
    }
    begin(m_light);
    const BlockPlace place{m_light.id, static_cast<std::int64_t>(m_light.raw.size())};
    appendRecord(m_light.raw, row, content, event, cutsOf(event.raw, event.heavy));
    sealIfFull(m_light);
    return place;
}

void BlockWriter::sealIfFull(OpenBlock &block)
{
    if (block.raw.size() < kBlockBytes)
        return;
    Job job;
    job.id = block.id;
    job.kind = block.kind;
    job.raw = std::move(block.raw);
    block = OpenBlock{block.kind, 0, {}, 0};

    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting.size() < kMaxWaiting; });
    m_waiting.push_back(std::move(job));
    lock.unlock();
    m_changed.notify_all();
}

void BlockWriter::compressJobs()
{
    Compressor compressor;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
        if (m_closing)
            return;
        Job job = std::move(m_waiting.front());
        m_waiting.pop_front();
        ++m_running;
        lock.unlock();
        m_changed.notify_all();

        job.compressed = compressor.compress(job.raw, levelFor(job.kind));
        job.rawSize = job.raw.size();
        job.raw = std::string();

        lock.lock();
        --m_running;
        m_finished.push_back(std::move(job));
        m_changed.notify_all();
    }
}

Status BlockWriter::writeFinished()
{
    std::vector<Job> finished;
    {
        const std::lock_guard lock(m_mutex);
        finished.swap(m_finished);
    }
    for (const Job &job : finished) {
        if (const Status written = write(job.id, job.kind, job.rawSize, job.compressed); !written)
            return written;
    }
    return Done{};
}

Status BlockWriter::flush()
{
    for (OpenBlock *block : {&m_light, &m_content}) {
        if (const Status written = writeOpen(*block); !written)
            return written;
    }
    return waitAndWrite();
}

Status BlockWriter::waitAndWrite()
{
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting.empty() && m_running == 0; });
    }
    return writeFinished();
}

Result<KeptEvent> BlockWriter::read(const BlockPlace &place)
{
    return readKeptEvent(
        place, [this](std::int64_t id, std::size_t minSize) { return fetch(id, minSize); },
        m_connection.path());
}

Result<SharedBlock> BlockWriter::fetch(std::int64_t id, std::size_t minSize)
{
    for (const OpenBlock *block : {&m_light, &m_content}) {
        if (block->id == id)
            return std::make_shared<const std::string>(block->raw);
    }
    Result<SharedBlock> stored = m_cache.fetch(m_connection, id, minSize);
    if (stored)
        return stored;
    // It may still be on its way to the store.
    if (const Status written = waitAndWrite(); !written)
        return written.error();
    return m_cache.fetch(m_connection, id, minSize);
}

Status BlockWriter::writeOpen(OpenBlock &block)
{
    if (block.raw.size() == block.flushed)
        return Done{};
    block.flushed = block.raw.size();
    return write(block.id, block.kind, block.raw.size(), m_compressor.compress(block.raw, Compressor::kFast));
}

Status BlockWriter::write(std::int64_t id, BlockKind kind, std::size_t rawSize, std::string_view compressed)
{
    m_insert.bind(1, id);
    m_insert.bind(2, static_cast<std::int64_t>(kind));
    m_insert.bind(3, static_cast<std::int64_t>(rawSize));
    m_insert.bindBlob(4, compressed);
    return m_insert.run();
}

} // namespace genscope
