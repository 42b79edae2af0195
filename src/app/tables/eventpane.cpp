// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/eventpane.h"

#include "app/tables/celldelegate.h"
#include "app/tables/conversationview.h"
#include "app/tables/costview.h"
#include "app/tables/factgrid.h"
#include "app/tables/knownview.h"
#include "app/tables/propertyview.h"
#include "app/tables/rawview.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/tracetreemodel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace genscope {

namespace {

constexpr int kSwatch = 12;

QString textOf(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QLabel *plainLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    return label;
}

QString countOr(const std::optional<std::int64_t> &count, const QLocale &locale)
{
    return count ? formatCount(*count, locale) : QStringLiteral("–");
}

QString tokensText(const EventDetail &event, const QLocale &locale)
{
    if (!event.inputTokens && !event.outputTokens)
        return {};
    std::int64_t sum = 0; // captured counts may be as large as they like
    if (__builtin_add_overflow(event.inputTokens.value_or(0), event.outputTokens.value_or(0), &sum))
        return countOr(event.inputTokens, locale) + QStringLiteral(" → ") +
               countOr(event.outputTokens, locale);
    return countOr(event.inputTokens, locale) + QStringLiteral(" → ") + countOr(event.outputTokens, locale) +
           QStringLiteral(" (∑ %1)").arg(formatCount(sum, locale));
}

} // namespace

EventPane::EventPane(QWidget *parent)
    : QWidget(parent),
      m_swatch(new QLabel),
      m_title(plainLabel()),
      m_subtitle(plainLabel()),
      m_facts(new FactGrid),
      m_tabs(new QTabWidget),
      m_conversation(new ConversationView),
      m_properties(new PropertyView),
      m_known(new KnownView),
      m_cost(new CostView),
      m_raw(new RawView)
{
    m_title->setFont(titleFont(font()));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setMinimumWidth(40);
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_conversation, tr("Conversation"));
    m_tabs->addTab(m_properties, tr("Properties"));
    m_tabs->setTabToolTip(m_tabs->addTab(m_known, tr("Who")),
                          tr("What is known of the person and of the groups"));
    m_tabs->addTab(m_cost, tr("Cost"));
    m_tabs->addTab(m_raw, tr("Raw"));

    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_swatch);
    top->addWidget(m_title);
    top->addWidget(m_subtitle, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_facts);
    layout->addWidget(m_tabs, 1);

    connect(m_properties, &PropertyView::filterRequested, this, &EventPane::filterRequested);
    connect(m_known, &KnownView::filterRequested, this, &EventPane::filterRequested);
    connect(m_cost, &CostView::priceRequested, this, &EventPane::priceRequested);
    connect(m_raw, &RawView::message, this, &EventPane::message);
    setEvent(nullptr);
}

void EventPane::setEvent(std::shared_ptr<const EventDetail> event)
{
    m_event = std::move(event);
    setUpdatesEnabled(false);
    showHeader();
    showFacts();
    m_conversation->setEvent(m_event);
    if (m_event)
        m_properties->setProperties(m_event->tree, m_event->properties, {});
    else
        m_properties->clear();
    m_known->setKnown(m_event ? m_event->known : std::vector<KnownProperties>());
    m_tabs->setTabVisible(m_tabs->indexOf(m_known), m_event && !m_event->known.empty());
    m_cost->setBill(m_event ? m_event->bill : nullptr);
    m_tabs->setTabVisible(m_tabs->indexOf(m_cost), m_event && m_event->bill);
    m_raw->setEvent(m_event);
    setUpdatesEnabled(true);
}

void EventPane::showHeader()
{
    m_swatch->setVisible(m_event && !m_event->model.empty());
    if (!m_event) {
        m_title->clear();
        m_subtitle->clear();
        return;
    }
    const EventDetail &event = *m_event;
    if (!event.model.empty()) {
        QPixmap pixmap(QSize(kSwatch, kSwatch) * devicePixelRatioF());
        pixmap.setDevicePixelRatio(devicePixelRatioF());
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        const Theme &theme = Theme::of(palette());
        drawSwatch(&painter, QRect(0, 0, kSwatch, kSwatch),
                   CategoryColors::session().color("model", Cell(event.model), theme));
        painter.end();
        m_swatch->setPixmap(pixmap);
    }
    const QString kind = eventKindTitle(event.kind);
    m_title->setText(!event.model.empty()  ? textOf(event.model)
                     : !event.name.empty() ? textOf(event.name).left(200)
                                           : kind);
    QStringList more{kind};
    if (!event.provider.empty())
        more += textOf(event.provider);
    if (!event.model.empty() && !event.name.empty())
        more += textOf(event.name).left(100);
    m_subtitle->setText(more.join(QStringLiteral(" · ")));
}

void EventPane::showFacts()
{
    m_facts->clear();
    if (!m_event)
        return;
    const EventDetail &event = *m_event;
    const QLocale locale;
    m_facts->add(tr("Time"),
                 formatInstant(event.timestamp, event.zone, locale) + QLatin1Char(' ') +
                     QString::fromLatin1(event.zone.name()),
                 QString::fromStdString(event.zone.iso(event.timestamp)));
    m_facts->add(tr("User"), event.user.empty() ? tr("anonymous") : shortenId(textOf(event.user), 28),
                 textOf(event.user));
    m_facts->add(tr("Customer"), textOf(event.customer).left(60), textOf(event.customer));
    m_facts->add(tr("Latency"), event.latency ? formatSeconds(*event.latency, locale) : QString());
    m_facts->add(tr("First token"), event.ttft ? formatSeconds(*event.ttft, locale) : QString());
    m_facts->add(tr("Tokens"), tokensText(event, locale));
    if (event.cacheReadTokens.value_or(0) > 0 || event.cacheWriteTokens.value_or(0) > 0)
        m_facts->add(tr("Cache"), tr("%1 read, %2 written")
                                      .arg(countOr(event.cacheReadTokens, locale),
                                           countOr(event.cacheWriteTokens, locale)));
    if (event.reasoningTokens.value_or(0) > 0)
        m_facts->add(tr("Reasoning"), tr("%1 tokens").arg(formatCount(*event.reasoningTokens, locale)));
    if (event.kind == EventKind::Generation || event.kind == EventKind::Embedding || event.cost) {
        const QString shown = event.cost ? formatMoney(*event.cost, locale) : tr("unpriced");
        const QString exact =
            event.cost ? QLatin1Char('$') + QString::fromStdString(event.cost->toString()) : QString();
        if (event.bill)
            m_facts->addLink(tr("Cost"), shown, exact, [this] { explainCost(); });
        else
            m_facts->add(tr("Cost"), shown, exact);
        m_facts->add(tr("Cost from"), event.costSource);
    }
    if (event.failed)
        m_facts->add(tr("Status"),
                     event.httpStatus ? tr("failed, HTTP %1").arg(*event.httpStatus) : tr("failed"));
    if (m_traceLink && !event.trace.empty())
        m_facts->addLink(tr("Trace"), shortenId(textOf(event.trace), 24), textOf(event.trace),
                         [this] { Q_EMIT traceRequested(textOf(m_event->trace)); });
    m_facts->add(tr("Session"), shortenId(textOf(event.session), 24), textOf(event.session));
    m_facts->add(tr("ID"), shortenId(textOf(event.uuid), 24), textOf(event.uuid));
}

void EventPane::explainCost()
{
    m_tabs->setCurrentWidget(m_cost);
    m_cost->setFocus(Qt::OtherFocusReason);
}

void EventPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_event)
        showHeader();
}

} // namespace genscope
