// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/bytesource.h"

#include "ingest/decompress.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cstring>

#ifdef Q_OS_UNIX
#include <poll.h>
#include <unistd.h>
#endif

namespace genscope {

namespace {

/// A file, pipe or standard input.
class FileSource final : public ByteSource
{
public:
    explicit FileSource(const std::atomic<bool> &stopped) : m_stopped(stopped) {}

    Status open(const QString &path)
    {
        const bool standardInput = path == u"-";
        m_file.setFileName(path);
        // Reading a folder fails only later and with a text that helps nobody.
        if (!standardInput && QFileInfo(path).isDir())
            return makeError(Error::Kind::Io, QCoreApplication::translate("DumpReader", "it is a folder"));
        const auto mode = QIODevice::ReadOnly | QIODevice::Unbuffered;
        if (standardInput ? m_file.open(0, mode) : m_file.open(mode))
            return Done{};
        return makeError(Error::Kind::Io, m_file.errorString());
    }

    Result<std::size_t> read(char *to, std::size_t size) override
    {
        if (!waitForInput())
            return makeError(Error::Kind::Cancelled, QCoreApplication::translate("DumpReader", "stopped"));
        const qint64 count = readSome(to, size);
        if (count < 0)
            return makeError(Error::Kind::Io, m_file.errorString());
        m_bytesRead += count;
        return static_cast<std::size_t>(count);
    }

    std::int64_t bytesRead() const override
    {
        // An archive is read here and there, some of it twice.
        return m_sought ? std::min<std::int64_t>(m_bytesRead, m_file.size()) : m_bytesRead;
    }
    bool seek(std::int64_t position) override
    {
        m_sought = !m_file.isSequential() && m_file.seek(position);
        return m_sought;
    }
    std::int64_t size() const override { return m_file.isSequential() ? -1 : m_file.size(); }

    bool isSilent() override
    {
#ifdef Q_OS_UNIX
        constexpr int kSteps = 10; // half a second
        for (int step = 0; step < kSteps && !m_stopped.load(std::memory_order_relaxed); ++step) {
            if (hasInput())
                return false;
        }
        return true;
#else
        return false;
#endif
    }

private:
    /// QFile would read a pipe until all of @p size is there.
    qint64 readSome(char *to, std::size_t size)
    {
#ifdef Q_OS_UNIX
        if (m_file.isSequential())
            return ::read(m_file.handle(), to, size);
#endif
        return m_file.read(to, static_cast<qint64>(size));
    }

#ifdef Q_OS_UNIX
    /// Waits for it for one step.
    bool hasInput() const
    {
        constexpr int kStepMs = 50;
        pollfd waited{m_file.handle(), POLLIN, 0};
        return poll(&waited, 1, kStepMs) != 0;
    }
#endif

    /// A pipe may stay silent for ever: wait in steps. @return false if stopped
    bool waitForInput()
    {
#ifdef Q_OS_UNIX
        while (!m_stopped.load(std::memory_order_relaxed)) {
            if (hasInput())
                return true;
        }
        return false;
#else
        return !m_stopped.load(std::memory_order_relaxed);
#endif
    }

    const std::atomic<bool> &m_stopped;
    QFile m_file;
    std::int64_t m_bytesRead = 0;
    bool m_sought = false;
};

class PeekedSource final : public ByteSource
{
public:
    PeekedSource(std::unique_ptr<ByteSource> source, std::string head)
        : m_source(std::move(source)), m_head(std::move(head))
    {
    }

    Result<std::size_t> read(char *to, std::size_t size) override
    {
        if (m_at == m_head.size())
            return m_source->read(to, size);
        const std::size_t count = std::min(size, m_head.size() - m_at);
        std::memcpy(to, m_head.data() + m_at, count);
        m_at += count;
        return count;
    }

    std::int64_t bytesRead() const override { return m_source->bytesRead(); }
    bool isSilent() override { return m_at == m_head.size() && m_source->isSilent(); }
    QString damage() const override { return m_source->damage(); }
    bool seek(std::int64_t position) override
    {
        m_at = m_head.size();
        return m_source->seek(position);
    }
    std::int64_t size() const override { return m_source->size(); }

private:
    std::unique_ptr<ByteSource> m_source;
    std::string m_head;
    std::size_t m_at = 0;
};

class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::string_view bytes) : m_bytes(bytes) {}

    Result<std::size_t> read(char *to, std::size_t size) override
    {
        const std::size_t count = std::min(size, m_bytes.size() - m_at);
        std::memcpy(to, m_bytes.data() + m_at, count);
        m_at += count;
        return count;
    }
    std::int64_t bytesRead() const override { return static_cast<std::int64_t>(m_at); }
    std::int64_t size() const override { return static_cast<std::int64_t>(m_bytes.size()); }

private:
    const std::string_view m_bytes;
    std::size_t m_at = 0;
};

} // namespace

Result<std::unique_ptr<ByteSource>> openFile(const QString &path, const std::atomic<bool> &stopped)
{
    auto file = std::make_unique<FileSource>(stopped);
    if (const auto opened = file->open(path); !opened)
        return opened.error();
    return std::unique_ptr<ByteSource>(std::move(file));
}

std::unique_ptr<ByteSource> bytesInMemory(std::string_view bytes)
{
    return std::make_unique<MemorySource>(bytes);
}

std::unique_ptr<ByteSource> putBack(std::unique_ptr<ByteSource> source, std::string head)
{
    return std::make_unique<PeekedSource>(std::move(source), std::move(head));
}

Status readAhead(ByteSource &source, std::string &head, std::size_t size)
{
    std::size_t length = head.size();
    const std::size_t wanted = length + size;
    head.resize(wanted);
    while (length < wanted) {
        const auto count = source.read(head.data() + length, wanted - length);
        if (!count) {
            head.resize(length);
            return count.error();
        }
        if (*count == 0)
            break;
        length += *count;
        // Lines of JSON are known by less, and their writer may be pausing.
        const std::string_view text = std::string_view(head).substr(0, length);
        if (length < wanted && text.starts_with('{') && text.ends_with('\n') && source.isSilent())
            break;
    }
    head.resize(length);
    return Done{};
}

Result<std::unique_ptr<ByteSource>> openByteSource(const QString &path, const std::atomic<bool> &stopped)
{
    auto file = openFile(path, stopped);
    if (!file)
        return file.error();
    return decompressed(std::move(*file));
}

} // namespace genscope
