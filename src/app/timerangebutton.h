// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/dropbutton.h" // before <compare>, which moc of Qt 6.4 cannot read first

#include "workspace/timepresets.h"

class QLabel;

namespace genscope {

class ChoiceDelegate;
class Popup;
class ZonedTimeEdit;

/// Shows the time range and opens its chooser: presets, and from/to in the workspace's zone.
class TimeRangeButton final : public DropButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimeRangeButton)
public:
    /// What presets and the custom editors start from.
    struct Context
    {
        TimeRange range;
        TimeRange covered; ///< by the data; open if there is none
        Zone zone;
        PresetAnchor anchor;
    };

    explicit TimeRangeButton(QWidget *parent = nullptr);

    void setContext(const Context &context);
    /// What the range was chosen as, here or in a saved view: of several presets that are the same range
    /// today it is the one that is meant.
    std::optional<TimePreset> chosen() const { return m_chosen; }
    void setChosen(std::optional<TimePreset> preset);
    const Context &context() const { return m_context; }

Q_SIGNALS:
    void rangeChosen(const genscope::TimeRange &range);

private:
    QWidget *makePresetList();
    QWidget *makeCustomRange();
    void open();
    void checkCustomRange();
    TimeRange customRange() const;
    std::optional<TimePreset> presetOf(const Context &context) const;

    Context m_context;
    std::optional<TimePreset> m_chosen;
    Popup *m_popup;
    class PresetList;
    PresetList *m_presets = nullptr;
    ZonedTimeEdit *m_from = nullptr;
    ZonedTimeEdit *m_to = nullptr;
    QLabel *m_zoneHint = nullptr;
    QWidget *m_apply = nullptr;
};

} // namespace genscope
