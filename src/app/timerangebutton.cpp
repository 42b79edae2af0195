// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timerangebutton.h"

#include "app/choices.h"
#include "app/popup.h"
#include "app/zonedtimeedit.h"
#include "charts/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>

namespace genscope {

class TimeRangeButton::PresetList final : public QListView
{
public:
    explicit PresetList(QWidget *parent) : QListView(parent), m_model(new ChoiceModel(this))
    {
        setModel(m_model);
        setFrameShape(QFrame::NoFrame);
        setUniformItemSizes(true);
        setMouseTracking(true);
        setItemDelegate(new ChoiceDelegate(ChoiceDelegate::Ticks::AtCurrent, this));
        setAccessibleName(TimeRangeButton::tr("Time range presets"));
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }

    void setContext(const Context &context, std::optional<TimePreset> current)
    {
        QVector<Choice> choices;
        for (const TimePreset preset : kTimePresets) {
            const QString range =
                preset == TimePreset::Everything
                    ? QString()
                    : rangeText(presetRange(preset, context.anchor, context.zone), context.zone, QLocale());
            choices.push_back({presetText(preset), range, static_cast<int>(preset)});
        }
        m_model->setChoices(choices, current ? QVariant(static_cast<int>(*current)) : QVariant());
        setCurrentIndex(m_model->index(current ? static_cast<int>(*current) : 0));
        setFixedHeight(sizeHintForRow(0) * static_cast<int>(choices.size()));
        setMinimumWidth(sizeHintForColumn(0) + 8);
    }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            Q_EMIT clicked(currentIndex());
        else
            QListView::keyPressEvent(event);
    }

private:
    ChoiceModel *m_model;
};

TimeRangeButton::TimeRangeButton(QWidget *parent)
    : DropButton(tr("Time range"), QStringLiteral("calendar"), parent), m_popup(new Popup(this))
{
    auto *layout = new QVBoxLayout(m_popup);
    layout->setContentsMargins(5, 5, 5, 5);
    layout->addWidget(makePresetList());
    layout->addWidget(makeCustomRange());
    m_popup->setAccessibleName(tr("Time range"));
    m_popup->setFocusProxy(m_presets);
    connect(this, &QToolButton::clicked, this, &TimeRangeButton::open);
}

QWidget *TimeRangeButton::makePresetList()
{
    m_presets = new PresetList(m_popup);
    connect(m_presets, &QListView::clicked, this, [this](const QModelIndex &index) {
        if (!index.isValid())
            return;
        const auto preset = static_cast<TimePreset>(index.data(ChoiceModel::ValueRole).toInt());
        m_popup->close();
        setChosen(preset);
        Q_EMIT rangeChosen(presetRange(preset, m_context.anchor, m_context.zone));
    });
    return m_presets;
}

QWidget *TimeRangeButton::makeCustomRange()
{
    auto *box = new QWidget(m_popup);
    m_from = new ZonedTimeEdit(tr("From"));
    m_to = new ZonedTimeEdit(tr("To"));
    m_zoneHint = new QLabel(box);
    m_zoneHint->setForegroundRole(QPalette::PlaceholderText);
    m_zoneHint->setFont(smallFont(font()));
    auto *apply = new QPushButton(tr("Apply"), box);
    m_apply = apply;

    auto *form = new QGridLayout;
    form->addWidget(new QLabel(tr("From"), box), 0, 0);
    form->addWidget(m_from, 0, 1);
    form->addWidget(new QLabel(tr("To"), box), 1, 0);
    form->addWidget(m_to, 1, 1);
    form->setColumnStretch(1, 1);
    auto *footer = new QHBoxLayout;
    footer->addWidget(m_zoneHint, 1);
    footer->addWidget(apply);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->addLayout(form);
    layout->addLayout(footer);

    connect(m_from, &QDateTimeEdit::dateTimeChanged, this, &TimeRangeButton::checkCustomRange);
    connect(m_to, &QDateTimeEdit::dateTimeChanged, this, &TimeRangeButton::checkCustomRange);
    connect(apply, &QPushButton::clicked, this, [this] {
        m_popup->close();
        Q_EMIT rangeChosen(customRange());
    });
    return box;
}

TimeRange TimeRangeButton::customRange() const
{
    return {m_from->instant(m_context.zone), m_to->instant(m_context.zone)};
}

void TimeRangeButton::checkCustomRange()
{
    const TimeRange range = customRange();
    const bool valid = *range.from < *range.to;
    m_apply->setEnabled(valid);
    m_zoneHint->setText(valid ? tr("Times in %1").arg(QString::fromUtf8(m_context.zone.name()))
                              : tr("“To” must be after “From”"));
}

void TimeRangeButton::setChosen(std::optional<TimePreset> preset)
{
    m_chosen = preset;
    setContext(m_context);
}

std::optional<TimePreset> TimeRangeButton::presetOf(const Context &context) const
{
    return genscope::presetOf(context.range, context.anchor, context.zone, m_chosen);
}

void TimeRangeButton::setContext(const Context &context)
{
    m_context = context;
    const auto preset = presetOf(context);
    const QLocale locale;
    setText(preset ? presetText(*preset) : rangeText(context.range, context.zone, locale));
    QString hint;
    if (preset)
        hint = presetHint(*preset, context.anchor, context.zone, locale);
    if (preset == TimePreset::Everything && context.covered.from && context.covered.to)
        hint += QStringLiteral(": ") + rangeText(context.covered, context.zone, locale);
    setToolTip(hint.isEmpty() ? tr("Time range, in %1").arg(QString::fromUtf8(context.zone.name())) : hint);
    setAccessibleDescription(text());
    updateGeometry();
}

void TimeRangeButton::open()
{
    m_presets->setContext(m_context, presetOf(m_context));
    const TimeRange &covered = m_context.covered;
    const Timestamp from = m_context.range.from.value_or(covered.from.value_or(m_context.anchor.instant));
    const Timestamp to = m_context.range.to.value_or(covered.to.value_or(m_context.anchor.instant));
    m_from->setInstant(from, m_context.zone);
    m_to->setInstant(to, m_context.zone);
    checkCustomRange();
    showBelow(m_popup, this);
}

} // namespace genscope
