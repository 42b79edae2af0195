// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tablecolumns.h"

#include "core/format.h"
#include "core/uuid.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace genscope {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ListCell", text);
}

/// Line breaks and control characters would break a row's layout or hide text.
QString oneLine(const std::string &utf8, qsizetype limit)
{
    QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).left(limit);
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control)
            c = QLatin1Char(' ');
        else if (c.category() == QChar::Other_Format)
            c = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

/// What follows the last digit: `240 ms` -> 3.
int unitLengthOf(const QString &text)
{
    qsizetype last = text.size();
    while (last > 0 && !text.at(last - 1).isDigit())
        --last;
    return last == 0 ? 0 : static_cast<int>(text.size() - last);
}

CellText withUnit(QString text)
{
    CellText cell;
    cell.unitLength = unitLengthOf(text);
    cell.text = std::move(text);
    return cell;
}

CellText realText(double value, Unit unit, const QLocale &locale)
{
    switch (unit) {
    case Unit::Seconds:
        return withUnit(formatSeconds(value, locale));
    case Unit::Ratio:
        return withUnit(formatRatio(value, locale));
    case Unit::TokensPerSecond:
    case Unit::None:
    case Unit::Number:
    case Unit::Tokens:
    case Unit::Usd:
        break;
    }
    return withUnit(locale.toString(value, 'f', std::abs(value) < 100 ? 1 : 0));
}

std::int64_t countOf(const Cell &cell)
{
    const auto *count = std::get_if<std::int64_t>(&cell);
    return count == nullptr ? kMissing : *count;
}

/// `3,112 → 263 (∑ 3,375)`; sides that the event does not tell are dashes.
CellText tokensText(const std::vector<Cell> &parts, const QLocale &locale)
{
    const std::int64_t input = countOf(parts[1]);
    const std::int64_t output = countOf(parts[2]);
    if (input == kMissing && output == kMissing)
        return {};
    const QString dash = QStringLiteral("–");
    std::int64_t total = countOf(parts[0]);
    if (total == kMissing)
        total = (input == kMissing ? 0 : input) + (output == kMissing ? 0 : output);
    const QString unit = QStringLiteral(" (∑ %1)").arg(formatCount(total, locale));
    CellText cell;
    cell.text = (input == kMissing ? dash : formatCount(input, locale)) + QStringLiteral(" → ") +
                (output == kMissing ? dash : formatCount(output, locale)) + unit;
    cell.unitLength = static_cast<int>(unit.size());
    return cell;
}

/// `▲ +$1.20 (+12.5 %)`: the direction is told by sign and arrow, never by colour alone.
CellText changeText(const std::vector<Cell> &parts, const QLocale &locale)
{
    const auto *change = std::get_if<Money>(&parts[0]);
    const auto *before = std::get_if<Money>(&parts[1]);
    if (change == nullptr)
        return {};
    if (change->pico == 0)
        return {formatMoney(*change, locale), 0, {}};
    const bool rises = change->pico > 0;
    QString unit;
    if (before != nullptr && before->pico > 0)
        unit = QStringLiteral(" (%1)").arg(signedRatio(change->usd() / before->usd(), locale));
    else
        unit = QStringLiteral(" (%1)").arg(tr("new"));
    CellText cell;
    cell.text = (rises ? QStringLiteral("▲ ") : QStringLiteral("▼ ")) + signedMoney(*change, locale) + unit;
    cell.unitLength = static_cast<int>(unit.size());
    return cell;
}

CellText stringText(const std::string &value, const TableColumn &column)
{
    constexpr qsizetype kLongestLine = 300; // no column is wider
    CellText cell;
    cell.full = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
    const QString line = oneLine(value, kLongestLine);
    const bool isId = column.style == CellStyle::Id || Uuid::parse(value).has_value();
    cell.text = isId ? shortenId(line) : line;
    return cell;
}

} // namespace

QString plainToolTip(const QString &text)
{
    constexpr qsizetype kLongest = 2'000;
    if (text.isEmpty())
        return {};
    QString shown = text.left(kLongest);
    if (shown.size() < text.size())
        shown += QChar(0x2026);
    return QStringLiteral("<span style=\"white-space: pre-wrap\">%1</span>").arg(shown.toHtmlEscaped());
}

CellText cellText(const std::vector<Cell> &parts, const TableColumn &column, const Zone &zone,
                  const QLocale &locale)
{
    if (parts.size() == 3 && column.unit == Unit::Tokens)
        return tokensText(parts, locale);
    if (parts.size() == 2 && column.unit == Unit::Usd)
        return changeText(parts, locale);
    const Cell &cell = parts.front();
    if (const auto *text = std::get_if<std::string>(&cell))
        return stringText(*text, column);
    if (const auto *flag = std::get_if<bool>(&cell))
        return {*flag ? tr("yes") : tr("no"), 0, {}};
    if (const auto *money = std::get_if<Money>(&cell))
        return {formatMoney(*money, locale), 0, {}};
    if (const auto *instant = std::get_if<Timestamp>(&cell))
        return {formatInstant(*instant, zone, locale), 0, QString::fromStdString(zone.iso(*instant))};
    if (const auto *count = std::get_if<std::int64_t>(&cell))
        return column.unit == Unit::Seconds ? realText(static_cast<double>(*count), column.unit, locale)
               : column.unit == Unit::None  ? CellText{QString::number(*count), 0, {}}
                                            : CellText{formatCount(*count, locale), 0, {}};
    if (const auto *real = std::get_if<double>(&cell))
        return realText(*real, column.unit, locale);
    return {};
}

QString signedMoney(Money difference, const QLocale &locale)
{
    return (difference.pico > 0 ? QStringLiteral("+") : QString()) + formatMoney(difference, locale);
}

QString signedRatio(double ratio, const QLocale &locale)
{
    const QString sign = ratio > 0 ? QStringLiteral("+") : ratio < 0 ? QStringLiteral("-") : QString();
    return sign + formatRatio(std::abs(ratio), locale);
}

QVariant cellAlignment(bool isNumber)
{
    return QVariant(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
}

} // namespace genscope
