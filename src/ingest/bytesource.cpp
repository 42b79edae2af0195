// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/bytesource.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#ifdef Q_OS_UNIX
#include <poll.h>
#endif

namespace genscope {

namespace {

constexpr std::size_t kInputSize = 256 * 1024;

/// A file, pipe or standard input.
class FileSource final : public ByteSource
{
public:
    explicit FileSource(const std::atomic<bool> &stopped) : m_stopped(stopped) {}

    Status open(const QString &path)
    {
        m_path = path;
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
        const qint64 count = m_file.read(to, static_cast<qint64>(size));
        if (count < 0)
            return makeError(Error::Kind::Io, m_file.errorString());
        m_bytesRead += count;
        return static_cast<std::size_t>(count);
    }

    std::int64_t bytesRead() const override { return m_bytesRead; }

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
    QString m_path;
    QFile m_file;
    std::int64_t m_bytesRead = 0;
};

/// First the bytes that were read to find out what the file is, then the file.
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

private:
    std::unique_ptr<ByteSource> m_source;
    std::string m_head;
    std::size_t m_at = 0;
};

/// Inflates gzip and zlib; the members of a gzip file are one text.
class InflateSource final : public ByteSource
{
public:
    explicit InflateSource(std::unique_ptr<ByteSource> source)
        : m_source(std::move(source)), m_input(kInputSize)
    {
        constexpr int kDetectHeader = 32;
        m_ready = inflateInit2(&m_stream, MAX_WBITS + kDetectHeader) == Z_OK;
    }
    ~InflateSource() override { inflateEnd(&m_stream); }

    Result<std::size_t> read(char *to, std::size_t size) override
    {
        if (!m_ready)
            return makeError(Error::Kind::Io, QCoreApplication::translate("DumpReader", "not enough memory"));
        m_stream.next_out = reinterpret_cast<Bytef *>(to);
        m_stream.avail_out = static_cast<uInt>(size);
        while (m_stream.avail_out > 0 && !m_ended) {
            if (m_stream.avail_in == 0) {
                const auto filled = fill();
                if (!filled)
                    return filled.error();
                if (m_stream.avail_in == 0) {
                    endOfInput();
                    break;
                }
            }
            if (m_betweenMembers && !beginMember())
                break;
            step();
        }
        return size - m_stream.avail_out;
    }

    std::int64_t bytesRead() const override { return m_source->bytesRead(); }
    QString damage() const override { return m_damage; }

private:
    Status fill()
    {
        const auto count = m_source->read(m_input.data(), m_input.size());
        if (!count)
            return count.error();
        m_stream.next_in = reinterpret_cast<Bytef *>(m_input.data());
        m_stream.avail_in = static_cast<uInt>(*count);
        return Done{};
    }

    void endOfInput()
    {
        m_ended = true;
        if (!m_betweenMembers) {
            m_damage = QCoreApplication::translate(
                "DumpReader", "the compressed data ends early; what came before the cut was read");
        }
    }

    /// Behind a member: another one, or padding. @return false at the end
    bool beginMember()
    {
        while (m_stream.avail_in > 0 && *m_stream.next_in == 0) { // tapes and tar pad with zeros
            ++m_stream.next_in;
            --m_stream.avail_in;
        }
        if (m_stream.avail_in == 0)
            return true;
        constexpr Bytef kGzipMagic = 0x1f;
        if (*m_stream.next_in != kGzipMagic) {
            m_ended = true;
            m_damage = QCoreApplication::translate("DumpReader", "other data follows the compressed data");
            return false;
        }
        inflateReset(&m_stream);
        m_betweenMembers = false;
        return true;
    }

    void step()
    {
        if (m_stream.avail_in == 0)
            return;
        const int state = inflate(&m_stream, Z_NO_FLUSH);
        if (state == Z_STREAM_END) {
            m_betweenMembers = true;
        } else if (state != Z_OK && state != Z_BUF_ERROR) {
            m_ended = true;
            m_damage = QCoreApplication::translate(
                "DumpReader", "the compressed data is damaged; what came before the damage was read");
        }
    }

    std::unique_ptr<ByteSource> m_source;
    std::vector<char> m_input;
    z_stream m_stream{};
    QString m_damage;
    bool m_ready = false;
    bool m_betweenMembers = false;
    bool m_ended = false;
};

bool isGzip(std::string_view head)
{
    return head.size() >= 2 && head[0] == '\x1f' && head[1] == '\x8b';
}

bool isZlib(std::string_view head)
{
    if (head.size() < 2 || head[0] != 'x')
        return false;
    const unsigned header = static_cast<unsigned char>(head[0]) * 256u + static_cast<unsigned char>(head[1]);
    return header % 31 == 0; // RFC 1950
}

} // namespace

Result<std::unique_ptr<ByteSource>> openByteSource(const QString &path, const std::atomic<bool> &stopped)
{
    auto file = std::make_unique<FileSource>(stopped);
    if (const auto opened = file->open(path); !opened)
        return opened.error();
    std::string head(2, '\0');
    std::size_t length = 0;
    while (length < head.size()) {
        const auto count = file->read(head.data() + length, head.size() - length);
        if (!count)
            return count.error();
        if (*count == 0)
            break;
        length += *count;
    }
    head.resize(length);
    const bool compressed = isGzip(head) || isZlib(head);
    std::unique_ptr<ByteSource> source = std::make_unique<PeekedSource>(std::move(file), std::move(head));
    if (compressed)
        source = std::make_unique<InflateSource>(std::move(source));
    return source;
}

} // namespace genscope
