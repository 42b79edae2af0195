// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "pricing/pricerow.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <string>
#include <vector>

namespace genscope {

/// What a price file says, before anything is done with it.
struct PriceFile
{
    QString format; ///< for people
    std::vector<PriceRow> rows;
    std::vector<int> numbers; ///< of each row: where it is in the file; lines of CSV, entries of JSON
    QStringList notes;        ///< what was left out, and why
};

/// Reads a price file: our CSV; our JSON (PostHog's format with times); LiteLLM's `model_prices.json`;
/// OpenRouter's answers. It is told from the content. Any fault refuses the whole file.
/// @param source  becomes the source of rows that name none @error Parse, one line a faulty row (of the
/// first 20), each with its number and what is wrong with it
Result<PriceFile> readPriceFile(const QByteArray &bytes, const QString &fileName, const std::string &source);

/// A price file as a book of its own: what is in PostHog's tables stays there. @error as readPriceFile()
Result<std::shared_ptr<const PriceBook>> readPriceBook(const QByteArray &bytes, const QString &fileName);

/// The columns of the CSV form, in order.
std::string priceCsvHeader();
/// CSV with a header line; readPriceFile() gives the same rows back.
std::string pricesAsCsv(const std::vector<PriceRow> &rows);
/// JSON in the form of PriceBook::fromJson(): rows with match `exact` are the table `user`, those with
/// `pattern` the table `user_patterns`, `listed` the table `openrouter`. Rows that are not sound together
/// make no price and are left out.
std::string pricesAsJson(const std::vector<PriceRow> &rows);

/// Each format's reader; a part of readPriceFile(). @error Parse
Result<PriceFile> readPriceCsv(std::string_view csv, const QString &fileName);
Result<PriceFile> readLiteLlmPrices(const QByteArray &json, const QString &fileName);

/// `2025-06-02T10:00:00Z`, or the date alone where it is midnight; empty for an open end.
std::string priceTimeText(const std::optional<Timestamp> &time);

} // namespace genscope
