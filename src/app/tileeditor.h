// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "workspace/dashboardlayout.h"

#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace genscope {

class ChartTile;
class Workspace;

/// Makes a tile: what is measured, by which field, how it is drawn, over which events. What it would look
/// like is shown beside it.
class TileEditor final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TileEditor)
public:
    TileEditor(Workspace *workspace, const OwnTile &tile, QWidget *parent = nullptr);

    /// The tile as it is chosen now; nothing while something cannot be read.
    std::optional<OwnTile> tile() const;
    void accept() override;

Q_SIGNALS:
    void chosen(const genscope::OwnTile &tile);

private:
    void makeFields(const OwnTile &tile);
    void listFields();
    void setFieldNames();
    void onDisplay();
    void onChanged();
    void showPreview(const OwnTile &tile);
    QString problem() const;
    TileSpec::Display display() const;

    Workspace *m_workspace;
    QLineEdit *m_title;
    QComboBox *m_display;
    QListWidget *m_measures;
    QComboBox *m_by;
    QComboBox *m_second;
    QSpinBox *m_top;
    QLineEdit *m_filter;
    QLabel *m_problem;
    QPushButton *m_ok = nullptr;
    QWidget *m_room;
    QFormLayout *m_form;
    ChartTile *m_preview = nullptr;
};

} // namespace genscope
