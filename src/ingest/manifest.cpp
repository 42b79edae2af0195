// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/manifest.h"

#include "ingest/jsondocument.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace genscope {

namespace {

QString decoded(const QString &key)
{
    return QUrl::fromPercentEncoding(key.toUtf8());
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// The number of digits from @p at on, behind leading zeros; @p at is moved to the first of them.
qsizetype digitsAt(const QString &text, qsizetype &at)
{
    while (at + 1 < text.size() && text[at] == u'0' && isDigit(text[at + 1]))
        ++at;
    qsizetype end = at;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    return end - at;
}

/// Negative, zero or positive: by characters, runs of digits by their value.
int compareNaturally(const QString &a, const QString &b)
{
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const qsizetype lengthA = digitsAt(a, i);
            const qsizetype lengthB = digitsAt(b, j);
            if (lengthA != lengthB)
                return lengthA < lengthB ? -1 : 1;
            const int order = QStringView(a).mid(i, lengthA).compare(QStringView(b).mid(j, lengthB));
            if (order != 0)
                return order;
            i += lengthA;
            j += lengthB;
        } else if (a[i] != b[j]) {
            return a[i] < b[j] ? -1 : 1;
        } else {
            ++i;
            ++j;
        }
    }
    const qsizetype restA = a.size() - i;
    const qsizetype restB = b.size() - j;
    return restA != restB ? (restA < restB ? -1 : 1) : a.compare(b);
}

} // namespace

bool looksLikeManifest(std::string_view head)
{
    static constexpr std::string_view kSpace = " \t\r\n";
    const auto skip = [&head](std::string_view token) {
        const std::size_t at = head.find_first_not_of(kSpace);
        if (at == std::string_view::npos || !head.substr(at).starts_with(token))
            return false;
        head.remove_prefix(at + token.size());
        return true;
    };
    return skip("{") && skip("\"files\"") && skip(":") && skip("[") && (skip("\"") || skip("]"));
}

Result<QStringList> readManifest(const QString &path)
{
    constexpr qint64 kLargest = 64 << 20;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return makeError(Error::Kind::Io, file.errorString());
    const QByteArray bytes = file.read(kLargest);
    json::Document document;
    if (!document.read({bytes.constData(), static_cast<std::size_t>(bytes.size())}))
        return makeError(
            Error::Kind::Parse,
            QCoreApplication::translate("DumpReader", "the manifest cannot be read: %1")
                .arg(document.fault().describe({bytes.constData(), static_cast<std::size_t>(bytes.size())})));
    QStringList keys;
    for (json::ElementReader reader(json::member(document.root(), "files")); reader.next();) {
        if (!reader.value().isString())
            return makeError(
                Error::Kind::Parse,
                QCoreApplication::translate("DumpReader", "the manifest lists something that is no name"));
        keys.push_back(QString::fromStdString(reader.value().text()));
    }
    return keys;
}

QString comparableKey(const QString &key)
{
    QString text = decoded(key);
    text.replace(u' ', u'+'); // what a form decoder makes of it
    text.replace(u':', u'_'); // not allowed on every file system
    QStringList parts = text.split(u'/', Qt::SkipEmptyParts);
    parts.removeAll(QStringLiteral("."));
    return parts.join(u'/');
}

bool leavesFolder(const QString &key)
{
    const QString text = decoded(key);
    const QStringList parts = text.split(QRegularExpression(QStringLiteral("[/\\\\]")));
    const bool hasDrive = text.size() > 2 && text[1] == u':' && text[0].isLetter() && text[2] == u'\\';
    return text.startsWith(u'/') || text.startsWith(u'\\') || hasDrive ||
           parts.contains(QStringLiteral(".."));
}

DumpOrder::DumpOrder(const QString &path) : m_path(path)
{
    static const QRegularExpression kInterval(QStringLiteral(
        R"(^(\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d[^-]*-\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d(\.\d+)?([+]\d\d_\d\d|Z)?))"));
    const QString name = comparableKey(path.mid(path.lastIndexOf(u'/') + 1));
    const auto match = kInterval.match(name);
    if (match.hasMatch())
        m_interval = match.captured(1);
}

bool DumpOrder::operator<(const DumpOrder &other) const
{
    if (m_interval.isEmpty() != other.m_interval.isEmpty())
        return other.m_interval.isEmpty();
    if (const int order = m_interval.compare(other.m_interval); order != 0)
        return order < 0;
    return compareNaturally(m_path, other.m_path) < 0;
}

} // namespace genscope
