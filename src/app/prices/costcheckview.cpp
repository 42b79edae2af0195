// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prices/costcheckview.h"

#include "app/choicebutton.h"
#include "app/tables/tablestyle.h"
#include "charts/linkbutton.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"
#include "workspace/pricing.h"
#include "workspace/workspace.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSaveFile>
#include <QShowEvent>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace genscope {

namespace {

const QString kDay = QStringLiteral("day");

} // namespace

CostCheckView::CostCheckView(Workspace *workspace, const Services &services, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_services(services),
      m_model(new CostCheckModel(this)),
      m_proxy(new QSortFilterProxyModel(this)),
      m_table(new QTableView),
      m_by(new ChoiceButton(tr("Compare by"), QStringLiteral("filter"))),
      m_summary(new QLabel),
      m_unpriced(new LinkButton)
{
    m_by->setChoices({{tr("By model"), {}, QStringLiteral("model")},
                      {tr("By day"), {}, kDay},
                      {tr("By provider"), {}, QStringLiteral("provider")},
                      {tr("By customer"), {}, QStringLiteral("customer")}});
    m_by->setCurrent(QStringLiteral("model"), tr("By model"));
    auto *write = new QToolButton;
    write->setText(tr("Export CSV…"));
    write->setAutoRaise(true);
    write->setFocusPolicy(Qt::StrongFocus);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setContentsMargins(4, 0, 0, 0);
    QPalette amber = palette();
    amber.setColor(QPalette::WindowText, Theme::of(amber).warning);
    m_unpriced->setPalette(amber);

    auto *facts = new QHBoxLayout;
    facts->setSpacing(8);
    facts->addWidget(m_summary);
    facts->addWidget(m_unpriced);
    facts->addStretch(1);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_by);
    bar->addStretch(1);
    bar->addWidget(write);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(8, 8, 8, 8);
    head->setSpacing(8);
    head->addLayout(facts);
    head->addLayout(bar);

    dressTable(m_table, tr("Reported against recomputed cost"));
    m_proxy->setSourceModel(m_model);
    m_proxy->setSortRole(SortRole);
    m_table->setModel(m_proxy);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(CostCheckModel::DifferenceColumn, Qt::DescendingOrder);
    const int widths[] = {250, 110, 84, 100, 100, 100, 220};
    for (int column = 0; column < CostCheckModel::EvidenceColumn; ++column)
        setLeastWidth(m_table, column, widths[column]);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_table, 1);

    connect(m_by, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        const auto choices = m_by->choices();
        for (const Choice &choice : choices) {
            if (choice.value == value)
                m_by->setCurrent(value, choice.text);
        }
        m_stale = true;
        load();
    });
    connect(write, &QToolButton::clicked, this, &CostCheckView::exportCsv);
    connect(m_unpriced, &LinkButton::clicked, this, &CostCheckView::unpricedActivated);
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) { openCalls(m_proxy->mapToSource(index).row()); });
    connect(workspace, &Workspace::selectionChanged, this, [this] {
        m_stale = true;
        load();
    });
}

void CostCheckView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    load();
}

void CostCheckView::load()
{
    if (!m_stale || !isVisible() || !m_workspace->isOpen())
        return;
    m_stale = false;
    m_loading = true;
    using Compared = Result<CostComparison>;
    m_workspace->compute<Compared>(
        this, QStringLiteral("check"),
        [name = m_by->current().toString().toStdString(),
         now = m_services.now()](const Selection &selection) -> Compared {
            const auto by = costBreakdownOf(name);
            if (!by)
                return by.error();
            const auto booked = withoutWhatIf(selection, now);
            if (!booked)
                return booked.error();
            const Selection &base = **booked;
            return compareCosts(*by, base.rows, base.scope, base.context, base.prices, now);
        },
        [this, scope = m_workspace->scope()](const Compared &comparison) {
            m_loading = false;
            if (comparison)
                show(*comparison, scope);
            else if (comparison.error().kind != Error::Kind::Cancelled)
                Q_EMIT message({Message::Severity::Error,
                                tr("The costs could not be compared."),
                                comparison.error().message,
                                {},
                                {}});
        });
}

void CostCheckView::show(const CostComparison &comparison, const Scope &scope)
{
    const QLocale language = locale();
    const QString by = m_by->current().toString();
    const QString titles[] = {tr("Model"), tr("Day"), tr("Provider"), tr("Customer")};
    const int index = by == kDay                        ? 1
                      : by == QLatin1String("provider") ? 2
                      : by == QLatin1String("customer") ? 3
                                                        : 0;
    m_model->setComparison(comparison, scope.zone, titles[index], index == 0);
    const CostDifference &all = comparison.total;
    QStringList parts = {tr("%1 generations compared").arg(formatCount(all.pricedBoth, language)),
                         tr("reported %1").arg(formatMoney(all.reported, language)),
                         tr("recomputed %1").arg(formatMoney(all.recomputed, language)),
                         tr("difference %1").arg(signedMoney(all.difference(), language))};
    if (all.notReported > 0)
        parts += tr("%1 report no cost").arg(formatCount(all.notReported, language));
    if (!scope.pricing.whatIf.empty())
        parts += tr("without the “what if”");
    m_summary->setText(parts.join(QStringLiteral("  ·  ")));
    m_unpriced->setVisible(all.unpriced > 0);
    m_unpriced->setLink(tr("%1 unpriced by the book").arg(formatCount(all.unpriced, language)),
                        tr("They cannot be compared. Click for the prices."));
}

QString CostCheckView::summary() const
{
    return m_summary->text();
}

void CostCheckView::openCalls(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const Cell &value = m_model->line(row).value;
    if (const auto *day = std::get_if<Timestamp>(&value)) {
        const Zone zone = m_workspace->scope().zone;
        Q_EMIT callsRequested(Filter(), {*day, zone.nextBucket(*day, Interval::Day)});
        return;
    }
    const Field field = *Field::parse(m_by->current().toString().toStdString());
    const auto *text = std::get_if<std::string>(&value);
    Q_EMIT callsRequested(text ? Filter::equals(field, *text) : Filter::isMissing(field),
                          m_workspace->scope().range);
}

void CostCheckView::exportCsv()
{
    m_services.dialogs->saveFile(
        this, tr("Export the comparison"), m_services.documentsFolder + QStringLiteral("/cost-check.csv"),
        {tr("CSV (*.csv)")}, [this](const QString &path) {
            QSaveFile file(path);
            const std::string csv = m_model->toCsv();
            if (file.open(QIODevice::WriteOnly) &&
                file.write(csv.data(), static_cast<qint64>(csv.size())) >= 0 && file.commit())
                Q_EMIT message(
                    {Message::Severity::Notice, tr("The comparison is in %1.").arg(path), {}, {}, {}});
            else
                Q_EMIT message({Message::Severity::Error,
                                tr("The comparison was not exported."),
                                file.errorString(),
                                {},
                                {}});
        });
}

} // namespace genscope
