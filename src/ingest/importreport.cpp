// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/importreport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace genscope {

namespace {

/// QJsonObject sorts its keys; the contract of the command line lists them in reading order.
class ObjectWriter
{
public:
    void add(const char *key, std::int64_t value)
    {
        add(key, QByteArray::number(static_cast<qlonglong>(value)));
    }
    void add(const char *key, const QByteArray &json)
    {
        m_json += m_json.isEmpty() ? '{' : ',';
        m_json += '"';
        m_json += key;
        m_json += "\":";
        m_json += json;
    }
    QByteArray take() { return std::move(m_json) + '}'; }

private:
    QByteArray m_json;
};

} // namespace

void ImportReport::addReject(Reject reject)
{
    ++rejected;
    if (reject.line == 0) {
        const auto firstLine =
            std::find_if(rejects.begin(), rejects.end(), [](const Reject &known) { return known.line != 0; });
        rejects.insert(firstLine, std::move(reject));
        if (rejects.size() > kMaxRejects)
            rejects.pop_back();
    } else if (rejects.size() < kMaxRejects) {
        rejects.push_back(std::move(reject));
    }
}

QByteArray ImportReport::toJson() const
{
    QJsonObject names;
    for (const auto &[name, count] : byEvent)
        names.insert(QString::fromStdString(name), static_cast<qint64>(count));

    constexpr std::size_t kShownRejects = 20;
    QJsonArray shown;
    for (std::size_t i = 0; i < std::min(rejects.size(), kShownRejects); ++i) {
        shown.append(QJsonObject{{QStringLiteral("file"), rejects[i].file},
                                 {QStringLiteral("line"), static_cast<qint64>(rejects[i].line)},
                                 {QStringLiteral("reason"), rejects[i].reason}});
    }

    ObjectWriter writer;
    writer.add("files", files);
    writer.add("bytes", bytes);
    writer.add("lines", lines);
    writer.add("events", events);
    writer.add("new", newEvents);
    writer.add("duplicates", duplicates);
    writer.add("updated", updated);
    writer.add("ignored", ignored);
    writer.add("rejected", rejected);
    writer.add("persons", persons);
    writer.add("by_event", QJsonDocument(names).toJson(QJsonDocument::Compact));
    writer.add("rejects", QJsonDocument(shown).toJson(QJsonDocument::Compact));
    writer.add("seconds", QByteArray::number(seconds, 'f', 3));
    return writer.take();
}

} // namespace genscope
