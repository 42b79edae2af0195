// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/dumpreader.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <zlib.h>

#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// A folder of dumps that disappears with the test.
class DumpFolder
{
public:
    QString path(const QString &name = {}) const { return m_folder.filePath(name); }

    QString write(const QString &name, std::string_view bytes) const
    {
        QDir(m_folder.path()).mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(bytes.data(), static_cast<qsizetype>(bytes.size())) !=
                static_cast<qint64>(bytes.size()))
            ADD_FAILURE() << "cannot write " << name.toStdString();
        return path(name);
    }

private:
    QTemporaryDir m_folder;
};

/// Everything that readDumps() told, joined.
struct ReadResult
{
    std::vector<Event> events;
    std::vector<Reject> rejects;
    std::int64_t lines = 0;
    std::int64_t bytes = 0;
    int filesEnded = 0;
    std::size_t largestBatch = 0;
    DumpSummary summary;
    std::string error;

    /// The names of the events, in order.
    std::string names() const
    {
        std::string text;
        for (const Event &event : events)
            text += (text.empty() ? "" : " ") + event.name;
        return text;
    }
    /// `line: reason` of every reject, a line each.
    std::string rejectTexts() const
    {
        std::string text;
        for (const Reject &reject : rejects)
            text += std::to_string(reject.line) + ": " + reject.reason.toStdString() + '\n';
        return text;
    }
};

inline ReadResult readAll(const QStringList &files, const DumpOptions &options = {})
{
    ReadResult all;
    const auto summary = readDumps(
        files, options,
        [&all](EventBatch &&batch) -> Status {
            EXPECT_EQ(batch.lines, static_cast<std::int64_t>(batch.events.size() + batch.rejects.size()));
            all.lines += batch.lines;
            all.bytes += batch.bytesRead;
            all.filesEnded += batch.lastOfFile;
            all.largestBatch = std::max(all.largestBatch, batch.events.size());
            std::move(batch.events.begin(), batch.events.end(), std::back_inserter(all.events));
            std::move(batch.rejects.begin(), batch.rejects.end(), std::back_inserter(all.rejects));
            return Done{};
        },
        StopToken());
    if (summary)
        all.summary = *summary;
    else
        all.error = summary.error().message.toStdString();
    return all;
}

/// @p text as gzip (or zlib) writes it.
inline std::string compressed(std::string_view text, int windowBits = MAX_WBITS + 16)
{
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string input(text);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// `{"event":NAME,...}` with @p padding bytes of content.
inline std::string eventJson(const std::string &name, std::size_t padding = 0)
{
    std::string json = R"({"event":")" + name + R"(","timestamp":"2025-06-02T10:00:00Z","distinct_id":"u")";
    if (padding > 0)
        json += R"(,"properties":{"$ai_input":")" + std::string(padding, 'x') + "\"}";
    return json + "}";
}

} // namespace genscope
