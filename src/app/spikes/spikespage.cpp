// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/spikes/spikespage.h"

#include "app/spikes/spikechart.h"
#include "app/tables/celldelegate.h"
#include "app/tables/tablestyle.h"
#include "app/tables/trenddelegate.h"
#include "app/tables/wrappedlabel.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/spikemodel.h"
#include "workspace/spikewords.h"
#include "workspace/workspace.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace genscope {

namespace {

/// The calls that began in a spike are stamped when they end.
constexpr std::int64_t kLongestCallUs = 24LL * 3600 * kMicrosPerSecond;

} // namespace

SpikesPage::SpikesPage(Workspace *workspace, SpikeWatch *watch, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_watch(watch),
      m_model(new SpikeModel(this)),
      m_measure(new QComboBox(this)),
      m_by(new QComboBox(this)),
      m_sensitivity(new QComboBox(this)),
      m_state(wrappedLabel(this)),
      m_table(new QTableView(this)),
      m_headline(wrappedLabel(this)),
      m_words(wrappedLabel(this)),
      m_calls(new QPushButton(tr("Show these &calls"), this)),
      m_chart(new SpikeChart(this))
{
    setAccessibleName(tr("Spikes"));
    m_table->setModel(m_model);
    dressTable(m_table, tr("Spikes, strongest first"));
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    int column = 0;
    for (const int width : {200, 140, 140, 130, 80, 80, 64, 64, 80})
        setLeastWidth(m_table, column++, width);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setItemDelegateForColumn(SpikeModel::TrendColumn, new TrendDelegate(m_table));

    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(makeDetail());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(m_state);
    layout->addWidget(splitter, 1);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SpikesPage::showSpike);
    connect(m_table, &QTableView::activated, this, &SpikesPage::requestCalls);
    connect(m_calls, &QPushButton::clicked, this, &SpikesPage::requestCalls);
    connect(watch, &SpikeWatch::changed, this, &SpikesPage::refresh);
    for (QComboBox *box : {m_measure, m_by, m_sensitivity})
        connect(box, &QComboBox::activated, this, &SpikesPage::takeQuery);
    refresh();
}

QWidget *SpikesPage::makeHead()
{
    for (const std::string_view name : spikeMeasureNames())
        m_measure->addItem(spikeMeasureTitle(*spikeMeasureFromName(name)));
    m_by->addItem(tr("by model"), QStringLiteral("model"));
    m_by->addItem(tr("by provider"), QStringLiteral("provider"));
    m_by->addItem(tr("by customer"), QStringLiteral("customer"));
    m_by->addItem(tr("all calls"), QString());
    m_sensitivity->addItem(tr("Only strong"));
    m_sensitivity->addItem(tr("Medium"));
    m_sensitivity->addItem(tr("Also weak"));
    m_sensitivity->setCurrentIndex(static_cast<int>(SpikeSensitivity::Medium));
    m_measure->setAccessibleName(tr("Measure"));
    m_by->setAccessibleName(tr("Of what"));
    m_sensitivity->setAccessibleName(tr("Sensitivity"));
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    for (QComboBox *box : {m_measure, m_by, m_sensitivity})
        row->addWidget(box);
    row->addStretch(1);
    return head;
}

QWidget *SpikesPage::makeDetail()
{
    auto *words = new QWidget(this);
    auto *column = new QVBoxLayout(words);
    column->setContentsMargins(0, 8, 0, 0);
    m_headline->setFont(titleFont(font()));
    column->addWidget(m_headline);
    column->addSpacing(4);
    column->addWidget(m_words);
    column->addSpacing(8);
    column->addWidget(m_calls, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto *detail = new QWidget(this);
    auto *row = new QHBoxLayout(detail);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(words, 1);
    row->addWidget(m_chart, 1);
    return detail;
}

void SpikesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh(); // which asks
}

void SpikesPage::takeQuery()
{
    SpikeQuery query;
    query.measure = static_cast<SpikeMeasure>(m_measure->currentIndex());
    query.sensitivity = static_cast<SpikeSensitivity>(m_sensitivity->currentIndex());
    const QString by = m_by->currentData().toString();
    if (!by.isEmpty())
        query.by = *Field::parse(by.toStdString());
    m_watch->setQuery(query);
}

void SpikesPage::refresh()
{
    const std::vector<Spike> &spikes = m_watch->spikes();
    if (!isVisible() && !spikes.empty())
        return; // when it is shown
    if (isVisible())
        m_watch->ask();
    m_model->setSpikes(spikes, m_watch->query(), m_workspace->scope().zone);
    m_state->setText(stateText());
    int row = m_shown ? m_model->rowOf(*m_shown) : -1;
    if (m_wanted && m_model->rowOf(*m_wanted) >= 0)
        row = m_model->rowOf(*m_wanted);
    if (m_watch->isKnown())
        m_wanted.reset();
    if (!spikes.empty())
        m_table->selectRow(std::max(row, 0));
    else
        showSpike();
}

QString SpikesPage::stateText() const
{
    if (!m_workspace->isOpen())
        return tr("No store is open.");
    const auto count = static_cast<int>(m_watch->spikes().size());
    if (!m_watch->isKnown())
        return m_watch->hasSearched() && count > 0
                   ? tr("%n unusual interval(s) of before. What is selected has changed: looking again …", "",
                        count)
                   : tr("Looking for spikes …");
    if (m_watch->error())
        return tr("Spikes could not be looked for: %1").arg(m_watch->error()->message);
    if (count == 0)
        return tr("Nothing unusual: no interval stands out from the weeks before it by more than chance.");
    return tr("%n unusual interval(s), strongest first.", "", count);
}

void SpikesPage::setQuery(const SpikeQuery &query)
{
    m_measure->setCurrentIndex(static_cast<int>(query.measure));
    m_by->setCurrentIndex(m_by->findData(query.by ? QString::fromStdString(query.by->text) : QString()));
    m_sensitivity->setCurrentIndex(static_cast<int>(query.sensitivity));
    m_watch->setQuery(query);
}

void SpikesPage::reveal(const Spike &spike, const SpikeQuery &query)
{
    m_wanted = spike;
    if (m_watch->query() == query)
        refresh();
    else
        setQuery(query);
}

void SpikesPage::showSpike()
{
    const Spike *spike = m_model->spikeAt(m_table->currentIndex().row());
    m_calls->setEnabled(spike != nullptr);
    if (spike == nullptr) {
        m_chart->showNothing();
        m_headline->clear();
        m_words->clear();
        m_shown.reset();
        return;
    }
    if (!m_shown || m_shown->from != spike->from || m_shown->value != spike->value ||
        m_shown->measure != spike->measure)
        m_chart->showNothing();
    m_shown = *spike;
    const Zone zone = m_workspace->scope().zone;
    QStringList words = spikeSentences(*spike, m_watch->query(), zone, locale());
    for (std::size_t i = 1; i < spike->drivers.size(); ++i) { // the first has a sentence of its own
        const SpikeDriver &driver = spike->drivers[i];
        words.push_back(tr("•  %1: %2 of the excess, %3 of the calls inside, %4 before")
                            .arg(driverText(driver), formatRatio(driver.contribution, locale()),
                                 formatRatio(driver.shareInSpike, locale()),
                                 formatRatio(driver.shareBefore, locale())));
    }
    m_headline->setText(words.takeFirst());
    m_words->setText(words.join(QLatin1Char('\n')));
    m_workspace->compute<Result<SpikePicture>>(
        this, QStringLiteral("picture"),
        [spike = *spike, query = m_watch->query()](const Selection &selection) {
            return pictureOf(spike, query, selection);
        },
        [this, spike = *spike, zone](const Result<SpikePicture> &picture) {
            if (picture)
                m_chart->setPicture(spike, *picture, zone);
        });
}

void SpikesPage::requestCalls()
{
    const Spike *spike = m_model->spikeAt(m_table->currentIndex().row());
    if (spike != nullptr)
        Q_EMIT callsRequested(spikeCallsFilter(*spike, m_watch->query()),
                              {spike->from, Timestamp{spike->to.us + kLongestCallUs}});
}

QString SpikesPage::explanation() const
{
    return m_headline->text() + QLatin1Char('\n') + m_words->text();
}

QString SpikesPage::state() const
{
    return m_state->text();
}

} // namespace genscope
