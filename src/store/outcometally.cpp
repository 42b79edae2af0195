// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/outcometally.h"

namespace genscope {

void OutcomeTally::count(StoreWriter::Outcome outcome, const Event &event)
{
    switch (outcome) {
    case StoreWriter::Outcome::New:
        ++newEvents;
        ++byEvent[event.name];
        return;
    case StoreWriter::Outcome::Duplicate:
        ++duplicates;
        return;
    case StoreWriter::Outcome::Updated:
        ++updated;
        return;
    case StoreWriter::Outcome::Ignored:
    case StoreWriter::Outcome::Person:
    case StoreWriter::Outcome::Waiting:
        ++ignored;
        return;
    }
}

void OutcomeTally::addTo(ImportReport &report) const
{
    report.bytes += bytes;
    report.events += events();
    report.lines += events() + rejected;
    report.newEvents += newEvents;
    report.duplicates += duplicates;
    report.updated += updated;
    report.ignored += ignored;
    for (const auto &[name, number] : byEvent)
        report.byEvent[name] += number;
}

} // namespace genscope
