// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pricesactions.h"

#include "core/nearestname.h"

#include <QCoreApplication>

#include <array>
#include <cstdio>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

struct Action
{
    const char *name;
    ExitStatus (*run)(const QString &store, const QStringList &arguments);
};

constexpr auto kActions = std::to_array<Action>({
    {"list", listPricesAction},
    {"set", setPriceAction},
    {"import", importPricesAction},
    {"update", updatePricesAction},
    {"check", checkPricesAction},
    {"export", exportPricesAction},
});

} // namespace

ExitStatus pricesCommand(const QStringList &arguments)
{
    if (arguments.contains(QStringLiteral("--help")) && arguments.size() < 3) {
        std::fputs(
            qUtf8Printable(Text::tr("Usage: genscope prices STORE list [TEXT]\n"
                                    "       genscope prices STORE set MODEL --input N --output N\n"
                                    "       genscope prices STORE import FILE\n"
                                    "       genscope prices STORE update\n"
                                    "       genscope prices STORE check\n"
                                    "       genscope prices STORE export\n"
                                    "The price book: the bundled prices, and the store's own before them.\n"
                                    "See genscope prices STORE ACTION --help.\n")),
            stdout);
        return ExitStatus::Done;
    }
    const QString name = arguments.value(1);
    for (const Action &action : kActions) {
        if (name == QLatin1String(action.name))
            return action.run(arguments.first(), arguments.mid(2));
    }
    QStringList names;
    for (const Action &action : kActions)
        names += QLatin1String(action.name);
    if (const QString hint = didYouMean(name, names); !hint.isEmpty()) {
        complain(Text::tr("prices: no action “%1”").arg(name) + hint);
        return ExitStatus::Usage;
    }
    complain(
        Text::tr("prices: name a store and list, set, import, update, check or export; see genscope prices "
                 "--help"));
    return ExitStatus::Usage;
}

} // namespace genscope
