// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/importreport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

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

QByteArray quoted(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

QByteArray instant(const std::optional<Timestamp> &time)
{
    return time ? quoted(QString::fromStdString(isoTime(*time))) : QByteArrayLiteral("null");
}

QByteArray sourceJson(const SourceReport &source)
{
    ObjectWriter writer;
    writer.add("name", quoted(source.name));
    writer.add("bytes", source.bytes);
    writer.add("lines", source.lines);
    writer.add("events", source.events);
    writer.add("new", source.newEvents);
    writer.add("duplicates", source.duplicates);
    writer.add("updated", source.updated);
    writer.add("ignored", source.ignored);
    writer.add("rejected", source.rejected);
    writer.add("first", instant(source.first));
    writer.add("last", instant(source.last));
    return writer.take();
}

QByteArray sourcesJson(const std::vector<SourceReport> &sources)
{
    QByteArray json = QByteArrayLiteral("[");
    for (const SourceReport &source : sources) {
        if (json.size() > 1)
            json += ',';
        json += sourceJson(source);
    }
    return json + ']';
}

QByteArray kindsJson(const std::map<QString, std::int64_t> &kinds)
{
    QJsonArray list;
    for (const auto &[reason, count] : kinds) {
        list.append(QJsonObject{{QStringLiteral("reason"), reason},
                                {QStringLiteral("count"), static_cast<qint64>(count)}});
    }
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

QByteArray listJson(const std::vector<QString> &texts)
{
    QJsonArray list;
    for (const QString &text : texts)
        list.append(text);
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

} // namespace

QString rejectKind(const QString &reason)
{
    static const QRegularExpression quotes(QStringLiteral("“[^”]*”"));
    static const QRegularExpression numbers(QStringLiteral("(?<![A-Za-z-])[0-9]+"));
    QString kind = reason;
    kind.replace(quotes, QStringLiteral("“…”"));
    kind.replace(numbers, QStringLiteral("#"));
    return kind;
}

void SourceReport::addTime(Timestamp time)
{
    first = first ? std::min(*first, time) : time;
    last = last ? std::max(*last, time) : time;
}

void ImportReport::addReject(Reject reject)
{
    ++rejected;
    QString kind = rejectKind(reject.reason);
    if (rejectKinds.size() >= kMaxRejectKinds && !rejectKinds.contains(kind))
        kind = QCoreApplication::translate("ImportReport", "other reasons");
    ++rejectKinds[kind];
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

QByteArray ImportReport::toJson(const QByteArray &quality) const
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
    writer.add("reject_kinds", kindsJson(rejectKinds));
    writer.add("notes", listJson(notes));
    writer.add("sources", sourcesJson(sources));
    if (!quality.isEmpty())
        writer.add("quality", quality);
    return writer.take();
}

} // namespace genscope
