// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventdetail.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;

namespace genscope {

/// An event as JSON: indented, or byte for byte as captured. Of large events the beginning is shown and more
/// on request; copying always takes the whole.
class RawView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RawView)
public:
    explicit RawView(QWidget *parent = nullptr);

    void setEvent(std::shared_ptr<const EventDetail> event); ///< null: nothing
    QString shownText() const;

Q_SIGNALS:
    void message(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void refreshIfShown();
    void showMore();
    void copyAll();

    std::shared_ptr<const EventDetail> m_event;
    QPlainTextEdit *m_text;
    QRadioButton *m_indented;
    QRadioButton *m_captured;
    QLabel *m_extent;
    QPushButton *m_more;
    std::size_t m_shownBytes = 0;
    bool m_stale = true;
};

} // namespace genscope
