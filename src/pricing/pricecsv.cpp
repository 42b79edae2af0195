// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The CSV form of price rows.
#include "core/csvtext.h"
#include "pricing/pricefile.h"

#include <QCoreApplication>

#include <array>
#include <charconv>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceBook)
};

enum Column { Match, Model, Provider, Tier, From, To, Unit, Rate, Above, Mode, Source, ColumnCount };
constexpr std::array<std::string_view, ColumnCount> kColumns{
    "match", "model", "provider",     "service_tier", "from",  "to",
    "unit",  "rate",  "above_tokens", "tier_mode",    "source"};

using Fields = std::array<std::string, ColumnCount>;

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Splits CSV into records (RFC 4180; also with `\r\n` or `;`-free spreadsheets' BOM).
class CsvRecords
{
public:
    explicit CsvRecords(std::string_view csv) : m_rest(csv)
    {
        if (m_rest.starts_with("\xef\xbb\xbf"))
            m_rest.remove_prefix(3);
    }

    /// False at the end. Blank lines are no records.
    bool next(std::vector<std::string> &fields)
    {
        while (!m_rest.empty()) {
            m_line = m_nextLine;
            fields.clear();
            readRecord(fields);
            if (fields.size() > 1 || !fields.front().empty())
                return true;
        }
        return false;
    }
    int line() const { return m_line; } ///< where the record begins, from 1
    bool isBroken() const { return m_broken; }

private:
    void readRecord(std::vector<std::string> &fields)
    {
        fields.emplace_back();
        bool quoted = false;
        std::size_t at = 0;
        for (; at < m_rest.size(); ++at) {
            const char c = m_rest[at];
            m_nextLine += c == '\n';
            if (quoted) {
                if (c != '"')
                    fields.back() += c;
                else if (at + 1 < m_rest.size() && m_rest[at + 1] == '"')
                    fields.back() += m_rest[++at];
                else
                    quoted = false;
            } else if (c == '"' && fields.back().empty()) {
                quoted = true;
            } else if (c == ',') {
                fields.emplace_back();
            } else if (c == '\n') {
                break;
            } else if (c != '\r') {
                fields.back() += c;
            }
        }
        m_broken |= quoted;
        m_rest.remove_prefix(std::min(at + 1, m_rest.size()));
    }

    std::string_view m_rest;
    int m_line = 1;
    int m_nextLine = 1;
    bool m_broken = false; ///< a quote is never closed
};

/// Reads what is written in a row's fields; the answer says what is wrong, or is empty.
QString parseFields(const Fields &fields, PriceRow &row)
{
    const auto unknown = [&](Column column) {
        return Text::tr("“%1” is not a known %2").arg(fromUtf8(fields[column]), fromUtf8(kColumns[column]));
    };
    const auto time = [&](Column column, std::optional<Timestamp> &to) {
        if (fields[column].empty())
            return true;
        const auto parsed = parseIsoTime(fields[column]);
        if (parsed)
            to = parsed->instant();
        return parsed.has_value();
    };
    if (!fields[Match].empty()) {
        const auto match = matchFromName(fields[Match]);
        if (!match)
            return unknown(Match);
        row.match = *match;
    }
    row.model = fields[Model];
    row.provider = fields[Provider] == "default" ? std::string() : fields[Provider];
    row.serviceTier = fields[Tier];
    row.source = fields[Source];
    if (!time(From, row.valid.from))
        return Text::tr("“%1” is not a date").arg(fromUtf8(fields[From]));
    if (!time(To, row.valid.to))
        return Text::tr("“%1” is not a date").arg(fromUtf8(fields[To]));
    const auto unit = priceUnitFromName(fields[Unit]);
    if (!unit)
        return unknown(Unit);
    row.unit = *unit;
    const auto rate = Decimal::parse(fields[Rate]);
    if (!rate)
        return Text::tr("“%1” is not a rate").arg(fromUtf8(fields[Rate]));
    row.rate = *rate;
    if (!fields[Above].empty()) {
        const std::string &text = fields[Above];
        std::int64_t tokens = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), tokens);
        if (error != std::errc() || end != text.data() + text.size())
            return Text::tr("“%1” is not a number of tokens").arg(fromUtf8(text));
        row.aboveTokens = tokens;
    }
    if (!fields[Mode].empty()) {
        const auto mode = tierModeFromName(fields[Mode]);
        if (!mode)
            return unknown(Mode);
        row.tierMode = *mode;
    }
    return {};
}

} // namespace

std::string priceTimeText(const std::optional<Timestamp> &time)
{
    if (!time)
        return {};
    const std::string text = isoTime(*time);
    constexpr std::string_view kMidnight = "T00:00:00+00:00";
    return text.ends_with(kMidnight) ? text.substr(0, text.size() - kMidnight.size()) : text;
}

std::string priceCsvHeader()
{
    std::string header;
    CsvText csv(header);
    for (const std::string_view column : kColumns)
        csv.text(column);
    csv.endRow();
    return header;
}

std::string pricesAsCsv(const std::vector<PriceRow> &rows)
{
    std::string out = priceCsvHeader();
    CsvText csv(out);
    const auto text = [&csv](std::string_view value) {
        if (value.empty())
            csv.missing();
        else
            csv.text(value);
    };
    for (const PriceRow &row : rows) {
        text(matchName(row.match));
        text(row.model);
        text(row.provider);
        text(row.serviceTier);
        csv.number(priceTimeText(row.valid.from));
        csv.number(priceTimeText(row.valid.to));
        text(infoOf(row.unit).name);
        csv.number(row.rate.toString());
        csv.number(row.aboveTokens ? std::to_string(*row.aboveTokens) : std::string());
        text(row.aboveTokens ? tierModeName(row.tierMode) : std::string_view());
        text(row.source);
        csv.endRow();
    }
    return out;
}

Result<PriceFile> readPriceCsv(std::string_view csv, const QString &fileName)
{
    const auto refuse = [&fileName](int line, const QString &reason) {
        return makeError(Error::Kind::Parse,
                         Text::tr("%1, row %2: %3").arg(fileName, QString::number(line), reason));
    };
    CsvRecords records(csv);
    std::vector<std::string> cells;
    std::vector<std::size_t> columns; ///< of the file, as ours
    if (!records.next(cells))
        return refuse(1, Text::tr("it is empty"));
    for (const std::string &name : cells) {
        const auto known = std::find(kColumns.begin(), kColumns.end(), name);
        if (known == kColumns.end())
            return refuse(records.line(), Text::tr("the column “%1” is not known").arg(fromUtf8(name)));
        columns.push_back(static_cast<std::size_t>(known - kColumns.begin()));
    }
    for (const Column needed : {Model, Unit, Rate}) {
        if (std::count(columns.begin(), columns.end(), needed) != 1)
            return refuse(records.line(),
                          Text::tr("the column “%1” must be there once").arg(fromUtf8(kColumns[needed])));
    }
    PriceFile file;
    file.format = Text::tr("price rows as CSV");
    while (records.next(cells)) {
        if (cells.size() != columns.size()) {
            return refuse(records.line(),
                          Text::tr("it has %1 cells, the header %2")
                              .arg(QString::number(cells.size()), QString::number(columns.size())));
        }
        Fields fields;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            // What was guarded against spreadsheets is what it was again.
            const bool guarded =
                cells[i].starts_with('\'') && isFormulaText(std::string_view(cells[i]).substr(1));
            fields[columns[i]] = guarded ? cells[i].substr(1) : cells[i];
        }
        PriceRow row;
        if (const QString wrong = parseFields(fields, row); !wrong.isEmpty())
            return refuse(records.line(), wrong);
        file.rows.push_back(std::move(row));
        file.numbers.push_back(records.line());
    }
    if (records.isBroken())
        return refuse(records.line(), Text::tr("a quote is never closed"));
    return file;
}

} // namespace genscope
