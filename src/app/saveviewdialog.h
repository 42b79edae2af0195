// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "workspace/savedview.h"

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace genscope {

/// A box with the icons that views can have.
QComboBox *makeViewIconBox(const std::string &icon, QWidget *parent);

/// Asks for a view's name and icon. A name that is taken replaces that view, and says so.
class SaveViewDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SaveViewDialog)
public:
    SaveViewDialog(const SavedView &view, const std::vector<SavedView> &known, QWidget *parent);

    QLineEdit *nameEdit() const { return m_name; }
    void accept() override;

Q_SIGNALS:
    void saved(const genscope::SavedView &view);

private:
    void check();

    SavedView m_view;
    QStringList m_known;
    QLineEdit *m_name;
    QComboBox *m_icon;
    QLabel *m_note;
    QPushButton *m_save;
};

} // namespace genscope
