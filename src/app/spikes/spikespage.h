// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "analytics/query.h"
#include "workspace/spikewatch.h"

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace genscope {

class SpikeChart;
class SpikeModel;
class Workspace;

/// The page that lists unusual intervals of what is selected and explains the chosen one.
class SpikesPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SpikesPage)
public:
    SpikesPage(Workspace *workspace, SpikeWatch *watch, QWidget *parent = nullptr);

    QTableView *table() const { return m_table; }
    SpikeModel *model() const { return m_model; }
    QString explanation() const;
    QPushButton *callsButton() const { return m_calls; }
    QComboBox *measureBox() const { return m_measure; }
    QString state() const;
    /// Asks for the spikes among which it is, and shows it once they are known.
    void reveal(const Spike &spike, const SpikeQuery &query);

Q_SIGNALS:
    /// The calls inside a spike are to be shown.
    void callsRequested(const genscope::Filter &filter, const genscope::TimeRange &range);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeDetail();
    void takeQuery();
    void refresh();
    QString stateText() const;
    void setQuery(const SpikeQuery &query);
    void showSpike();
    void requestCalls();

    Workspace *m_workspace;
    SpikeWatch *m_watch;
    SpikeModel *m_model;
    QComboBox *m_measure;
    QComboBox *m_by;
    QComboBox *m_sensitivity;
    QLabel *m_state;
    QTableView *m_table;
    QLabel *m_headline;
    QLabel *m_words;
    QPushButton *m_calls;
    SpikeChart *m_chart;
    std::optional<Spike> m_wanted; ///< to be shown once it is found
    std::optional<Spike> m_shown;
};

} // namespace genscope
