// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/findinglist.h"

#include "app/icons.h"
#include "charts/theme.h"
#include "core/format.h"
#include "workspace/qualitycheck.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kIcon = 20;

bool isWarning(const DataFinding &finding)
{
    return issueRule(finding.issue).severity == IssueSeverity::Warning;
}

QString countText(const DataFinding &finding, const QLocale &locale)
{
    return FindingList::tr("%1 of %2 events (%3)")
        .arg(formatCount(finding.events, locale), formatCount(finding.checked, locale),
             formatRatio(finding.share(), locale));
}

QLabel *textLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText); // names out of the data
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// One finding: what, how many, what it does, what to do, and the way to its events.
class Card final : public QWidget
{
public:
    Card(const DataFinding &finding, FindingList *list) : QWidget(list), m_warning(isWarning(finding))
    {
        const QLocale locale;
        const IssueWords words = issueWords(finding.issue);
        m_icon = new QLabel(this);
        m_icon->setFixedSize(kIcon, kIcon);
        m_icon->setAccessibleName(m_warning ? FindingList::tr("Warning") : FindingList::tr("Note"));
        auto *title = textLabel(words.title, this);
        title->setFont(titleFont(title->font()));
        auto *count = textLabel(countText(finding, locale), this);
        auto *evidence = textLabel(finding.evidence, this);
        evidence->setForegroundRole(QPalette::PlaceholderText);

        auto *show = new QPushButton(FindingList::tr("Show events"), this);
        show->setAccessibleName(FindingList::tr("Show events: %1").arg(words.title));
        show->setToolTip(QString::fromStdString(finding.filter().toString()));
        QObject::connect(show, &QPushButton::clicked, list,
                         [list, finding] { Q_EMIT list->eventsRequested(finding); });

        auto *lines = new QVBoxLayout;
        lines->setSpacing(4);
        lines->addWidget(title);
        lines->addWidget(count);
        lines->addWidget(evidence);
        lines->addSpacing(4);
        lines->addWidget(textLabel(words.effect, this));
        lines->addWidget(textLabel(words.advice, this));
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(16, 12, 16, 12);
        layout->setSpacing(12);
        layout->addWidget(m_icon, 0, Qt::AlignTop);
        layout->addLayout(lines, 1);
        layout->addWidget(show, 0, Qt::AlignTop);
        setAccessibleName(words.title);
        setAccessibleDescription(
            QStringList{count->text(), finding.evidence, words.effect, words.advice}.join(QLatin1Char(' ')));
        dress();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.hairline);
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }

    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            dress();
        QWidget::changeEvent(event);
    }

private:
    void dress()
    {
        const Theme &theme = Theme::of(palette());
        m_icon->setPixmap(m_warning ? strokeIcon(QStringLiteral("warning"), theme.warning).pixmap(kIcon)
                                    : strokeIcon(QStringLiteral("info"), theme.accent).pixmap(kIcon));
    }

    bool m_warning;
    QLabel *m_icon;
};

} // namespace

FindingList::FindingList(QualityCheck *check, QWidget *parent)
    : QWidget(parent),
      m_check(check),
      m_summary(textLabel({}, this)),
      m_calm(textLabel(
          tr("Looked for: times in milliseconds, first tokens after the end, missing or negative tokens "
             "and costs, cache counts beyond the input, failed calls not marked as errors, one trace "
             "for each call, span ids used twice, calls without user, trace or model, and clocks that "
             "are wrong."),
          this)),
      m_cards(new QVBoxLayout)
{
    m_summary->setFont(titleFont(font()));
    m_calm->setForegroundRole(QPalette::PlaceholderText);
    m_cards->setSpacing(8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_summary);
    layout->addWidget(m_calm);
    layout->addLayout(m_cards);
    layout->addStretch(1);
    connect(check, &QualityCheck::changed, this, &FindingList::update);
    update();
}

void FindingList::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    update();
}

QString FindingList::summary() const
{
    return m_summary->text();
}

int FindingList::cardCount() const
{
    return m_cards->count();
}

void FindingList::update()
{
    if (isVisible())
        m_check->ask(QualityCheck::Depth::Everything);
    const std::vector<DataFinding> &findings = m_check->findings();
    QString summary = m_check->isKnown() ? qualitySummary(findings, m_check->events(), locale()) : QString();
    if (m_check->isPending()) {
        summary = m_check->isKnown() && !findings.empty()
                      ? tr("%1; looking for span ids used twice…").arg(summary)
                      : tr("Looking at the events…");
    }
    m_summary->setText(summary);
    m_calm->setVisible(m_check->isKnown() && !m_check->isPending() && findings.empty());

    // Cards that say the same stay, and with them the focus.
    const auto same = [](const DataFinding &a, const DataFinding &b) {
        return a.issue == b.issue && a.events == b.events && a.checked == b.checked &&
               a.evidence == b.evidence;
    };
    if (std::equal(findings.begin(), findings.end(), m_shown.begin(), m_shown.end(), same))
        return;
    m_shown = findings;
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const DataFinding &finding : findings)
        m_cards->addWidget(new Card(finding, this));
}

QString qualitySummary(const std::vector<DataFinding> &findings, std::int64_t events, const QLocale &locale)
{
    const QString count = formatCount(events, locale);
    const int warnings = static_cast<int>(std::count_if(findings.begin(), findings.end(), isWarning));
    const int notes = static_cast<int>(findings.size()) - warnings;
    if (findings.empty())
        return FindingList::tr("Nothing looks wrong in %1 events").arg(count);
    const QString warningText = FindingList::tr("%n warning(s)", nullptr, warnings);
    const QString noteText = FindingList::tr("%n note(s)", nullptr, notes);
    if (notes == 0)
        return FindingList::tr("%1 in %2 events").arg(warningText, count);
    if (warnings == 0)
        return FindingList::tr("%1 in %2 events").arg(noteText, count);
    return FindingList::tr("%1 and %2 in %3 events").arg(warningText, noteText, count);
}

} // namespace genscope
