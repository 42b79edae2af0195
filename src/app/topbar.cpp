// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/topbar.h"

#include "app/comparisonrangedialog.h"

#include "app/choicebutton.h"
#include "app/filtercompletion.h"
#include "app/icons.h"
#include "app/timerangebutton.h"
#include "workspace/dashboard.h"
#include "workspace/workspace.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <array>
#include <utility>

namespace genscope {

namespace {

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QToolButton *makeArrow(const QString &iconName, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(strokeIcon(iconName));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

/// What the cost button offers, in order.
enum class CostView { Auto, Reported, Recomputed, Today, WhatIf };

CostView costViewOf(const Scope &scope)
{
    if (!scope.pricing.whatIf.empty())
        return CostView::WhatIf;
    if (scope.pricing.time != PriceTime::EventDate)
        return CostView::Today;
    return scope.cost == CostMode::Auto       ? CostView::Auto
           : scope.cost == CostMode::Reported ? CostView::Reported
                                              : CostView::Recomputed;
}

std::array<std::pair<Interval, QString>, 5> intervalTexts()
{
    return {{{Interval::Minute, TopBar::tr("By minute")},
             {Interval::Hour, TopBar::tr("By hour")},
             {Interval::Day, TopBar::tr("By day")},
             {Interval::Week, TopBar::tr("By week")},
             {Interval::Month, TopBar::tr("By month")}}};
}

QString intervalKey(Interval interval)
{
    return toQt(intervalName(interval));
}

const QString kSystemZone = QStringLiteral("system");

} // namespace

TopBar::TopBar(Workspace *workspace, std::function<Timestamp()> now, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_now(std::move(now)),
      m_previous(makeArrow(QStringLiteral("chevron-left"), tr("Previous period ([)"), this)),
      m_next(makeArrow(QStringLiteral("chevron-right"), tr("Next period (])"), this)),
      m_range(new TimeRangeButton(this)),
      m_comparison(new ChoiceButton(tr("Compare with"), QStringLiteral("history"), this)),
      m_interval(new ChoiceButton(tr("Interval of charts"), QStringLiteral("clock"), this)),
      m_zone(new ChoiceButton(tr("Time zone"), QStringLiteral("zone"), this)),
      m_cost(new ChoiceButton(tr("Cost view"), QStringLiteral("cost"), this)),
      m_customer(new ChoiceButton(tr("Customer"), QStringLiteral("customers"), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 4);
    layout->setSpacing(4);
    layout->addWidget(m_range);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_comparison);
    layout->addWidget(m_interval);
    layout->addStretch(1);
    layout->addWidget(m_zone);
    layout->addWidget(m_cost);
    layout->addWidget(m_customer);

    connect(m_previous, &QToolButton::clicked, this, [this] { shiftPeriod(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { shiftPeriod(1); });
    connect(m_range, &TimeRangeButton::rangeChosen, workspace, &Workspace::setTimeRange);
    makeComparison();
    makeInterval();
    makeZone();
    makeCost();
    makeCustomer();
    connect(workspace, &Workspace::scopeChanged, this, &TopBar::showScope);
    connect(workspace, &Workspace::selectionChanged, this, &TopBar::showScope);
    showScope();
}

void TopBar::makeComparison()
{
    using With = PeriodComparison::With;
    connect(m_comparison, &ChoiceButton::aboutToOpen, this, [this] {
        const ViewState &view = m_workspace->view();
        const auto hint = [&](With with) {
            const auto range = comparedRange({with, {}}, view.scope.range, view.scope.zone);
            return range ? rangeText(*range, view.scope.zone, locale()) : tr("needs a range of time");
        };
        QVector<Choice> choices = {
            {tr("Nothing"), {}, static_cast<int>(With::Nothing)},
            {tr("Previous period"), hint(With::PreviousPeriod), static_cast<int>(With::PreviousPeriod)},
            {tr("A week earlier"), hint(With::WeekBefore), static_cast<int>(With::WeekBefore)}};
        const TimeRange &custom = view.comparison.range;
        choices.push_back({tr("Another range…"),
                           custom == TimeRange() ? tr("or Ctrl+drag over a chart")
                                                 : rangeText(custom, view.scope.zone, locale()),
                           static_cast<int>(With::Custom)});
        m_comparison->setChoices(choices);
    });
    connect(m_comparison, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        PeriodComparison comparison = m_workspace->view().comparison;
        comparison.with = static_cast<With>(value.toInt());
        if (comparison.with == With::Custom)
            askForComparison();
        else
            m_workspace->setComparison(comparison);
    });
}

void TopBar::askForComparison()
{
    const Scope &scope = m_workspace->scope();
    TimeRange range = m_workspace->view().comparison.range;
    if (range == TimeRange()) // without one dragged yet, the other range begins as the one before
        range = shiftedRange(scope.range, -1, scope.zone).value_or(TimeRange());
    auto *dialog = new ComparisonRangeDialog(range, m_workspace->selection()->covered(), scope.zone, this);
    connect(dialog, &ComparisonRangeDialog::chosen, this, [this](const TimeRange &chosen) {
        m_workspace->setComparison({PeriodComparison::With::Custom, chosen});
    });
    dialog->open();
}

void TopBar::showComparison()
{
    const ViewState &view = m_workspace->view();
    QString text;
    switch (view.comparison.with) {
    case PeriodComparison::With::Nothing:
        text = tr("Compare");
        break;
    case PeriodComparison::With::PreviousPeriod:
        text = tr("vs previous");
        break;
    case PeriodComparison::With::WeekBefore:
        text = tr("vs week before");
        break;
    case PeriodComparison::With::Custom:
        text = tr("vs other range");
        break;
    }
    const auto range = view.comparedRange();
    const TimeRange covered = m_workspace->selection()->covered();
    QString hint =
        tr("Another range of time to hold the numbers against; Ctrl+drag over a chart chooses one");
    if (range) {
        hint = tr("Compared with %1: dashed in charts").arg(rangeText(*range, view.scope.zone, locale()));
        if (covered.from && range->from && *range->from < *covered.from) {
            text = tr("%1, partly without data").arg(text);
            hint += QLatin1Char('\n') + tr("There is data from %1 only: what is before counts as nothing.")
                                            .arg(rangeText(covered, view.scope.zone, locale()));
        }
    } else if (view.comparison.with != PeriodComparison::With::Nothing) {
        text = tr("Compare");
        hint = tr("Nothing is compared: all time has no period before it.");
    }
    m_comparison->setCurrent(static_cast<int>(view.comparison.with), text);
    m_comparison->setToolTip(hint);
}

void TopBar::makeInterval()
{
    QVector<Choice> choices = {{tr("Automatic"), tr("what suits the range"), QString()}};
    for (const auto &[interval, text] : intervalTexts())
        choices.push_back({text, {}, intervalKey(interval)});
    m_interval->setChoices(choices);
    connect(m_interval, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        m_workspace->setInterval(intervalFromName(value.toString().toStdString()));
    });
}

void TopBar::showInterval()
{
    const auto &chosen = m_workspace->view().interval;
    const TimeRange covered = m_workspace->selection()->covered();
    const TimeRange &range = m_workspace->shownScope().range;
    const Interval shown =
        intervalFor({range.from ? range.from : covered.from, range.to ? range.to : covered.to}, chosen);
    QString text;
    for (const auto &[interval, words] : intervalTexts()) {
        if (interval == shown)
            text = words;
    }
    m_interval->setCurrent(chosen ? intervalKey(*chosen) : QString(), text);
    m_interval->setToolTip(chosen ? tr("Charts over time are cut as chosen, unless that is too fine to draw")
                                  : tr("Charts over time are cut as suits the range"));
}

void TopBar::makeZone()
{
    connect(m_zone, &ChoiceButton::aboutToOpen, this, [this] {
        // Hundreds of names: only when someone looks.
        QVector<Choice> zones = {{tr("System"), toQt(Zone::system().name().toStdString()), kSystemZone},
                                 {QStringLiteral("UTC"), {}, QStringLiteral("UTC")}};
        for (const QByteArray &name : Zone::available()) {
            if (name != "UTC")
                zones.push_back({QString::fromUtf8(name), {}, QString::fromUtf8(name)});
        }
        m_zone->setChoices(zones);
    });
    connect(m_zone, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        if (value.toString() == kSystemZone)
            m_workspace->setZone(Zone::system());
        else if (const auto zone = Zone::named(value.toString().toUtf8()))
            m_workspace->setZone(*zone);
    });
}

void TopBar::makeCost()
{
    m_cost->setChoices(
        {{tr("Reported, else recomputed"), tr("what events carry, else the price book's"),
          static_cast<int>(CostView::Auto)},
         {tr("As reported"), tr("what events carry"), static_cast<int>(CostView::Reported)},
         {tr("Recomputed"), tr("by the price book, at each call's date"),
          static_cast<int>(CostView::Recomputed)},
         {tr("Recomputed at today's prices"), tr("by the price book as of today"),
          static_cast<int>(CostView::Today)},
         {tr("What if…"), tr("other models, other rates"), static_cast<int>(CostView::WhatIf)}});
    connect(m_cost, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        const auto view = static_cast<CostView>(value.toInt());
        if (view == CostView::WhatIf) {
            Q_EMIT whatIfRequested();
            return;
        }
        Scope scope = m_workspace->scope();
        scope.cost = view == CostView::Auto       ? CostMode::Auto
                     : view == CostView::Reported ? CostMode::Reported
                                                  : CostMode::Recomputed;
        scope.pricing = {};
        if (view == CostView::Today)
            scope.pricing.time = PriceTime::Today;
        m_workspace->setScope(scope);
    });
}

void TopBar::showCost()
{
    const Scope &scope = m_workspace->scope();
    const CostView view = costViewOf(scope);
    QString text;
    switch (view) {
    case CostView::Auto:
        text = tr("Cost: auto");
        break;
    case CostView::Reported:
        text = tr("Cost: reported");
        break;
    case CostView::Recomputed:
        text = tr("Cost: recomputed");
        break;
    case CostView::Today:
        text = tr("Cost: today's prices");
        break;
    case CostView::WhatIf:
        text = tr("Cost: what if");
        break;
    }
    m_cost->setCurrent(static_cast<int>(view), text);
    m_cost->setToolTip(tr("Which cost is shown: %1").arg(m_cost->choices().at(static_cast<int>(view)).text));
}

void TopBar::makeCustomer()
{
    connect(m_customer, &ChoiceButton::aboutToOpen, this, &TopBar::listCustomers);
    connect(m_customer, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        const std::string text = value.toString().toStdString();
        if (text.empty())
            m_workspace->setCustomer(std::nullopt);
        else if (const auto field = Field::parse(text))
            m_workspace->setCustomer(*field);
    });
}

void TopBar::listCustomers()
{
    const auto &groupTypes = m_workspace->selection()->snapshot->groupTypes();
    const QString standard = groupTypes.empty() ? tr("none in this data") : toQt(groupTypes.front());
    QVector<Choice> choices = {{tr("First group type"), standard, QString()}};
    for (const std::string &type : groupTypes)
        choices.push_back(
            {QStringLiteral("group.") + toQt(type), tr("group"), QStringLiteral("group.") + toQt(type)});
    choices.push_back({QStringLiteral("user"), tr("each user is a customer"), QStringLiteral("user")});
    m_customer->setChoices(choices);
    // Properties are found on a worker; the open list grows when they are known.
    m_workspace->compute<std::vector<PropertyPath>>(
        this, QStringLiteral("properties"),
        [](const Selection &selection) {
            auto names = selection.reader ? selection.reader->propertyNames()
                                          : Result<std::vector<PropertyPath>>(std::vector<PropertyPath>());
            return names ? std::move(*names) : std::vector<PropertyPath>();
        },
        [this, choices](std::vector<PropertyPath> names) {
            QVector<Choice> all = choices;
            for (const PropertyPath &path : names) {
                const QString text = toQt(fieldText(path));
                all.push_back({text, {}, text});
            }
            m_customer->setChoices(all);
        });
}

void TopBar::showScope()
{
    const Scope &scope = m_workspace->scope();
    const TimeRange covered = m_workspace->selection()->covered();
    const std::optional<Timestamp> last =
        covered.to ? std::optional(Timestamp{covered.to->us - 1}) : std::nullopt;
    m_range->setContext({m_workspace->shownScope().range, covered, scope.zone, presetAnchor(last, m_now())});
    m_previous->setEnabled(canShift());
    m_next->setEnabled(canShift());

    const QString zoneName = QString::fromUtf8(scope.zone.name());
    m_zone->setCurrent(zoneName, zoneName);
    m_zone->setToolTip(tr("Time zone of days, hours and times: %1").arg(zoneName));
    showComparison();
    showInterval();
    showCost();

    const auto &groupTypes = m_workspace->selection()->snapshot->groupTypes();
    const QString customer = scope.customer ? toQt(scope.customer->text) : QString();
    const QString shown = !customer.isEmpty()  ? customer
                          : groupTypes.empty() ? tr("no groups")
                                               : toQt(groupTypes.front());
    m_customer->setCurrent(customer, tr("Customer: %1").arg(shown));
    m_customer->setToolTip(tr("Who pays: what “customer” means in charts, tables and filters"));
}

bool TopBar::canShift() const
{
    const Scope &scope = m_workspace->scope();
    return shiftedRange(scope.range, 1, scope.zone).has_value();
}

void TopBar::shiftPeriod(int periods)
{
    const Scope &scope = m_workspace->scope();
    if (const auto shifted = shiftedRange(scope.range, periods, scope.zone))
        m_workspace->setTimeRange(*shifted);
}

} // namespace genscope
