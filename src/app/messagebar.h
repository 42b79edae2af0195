// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace genscope {

/// Something to tell above the page; never a modal box.
struct Message
{
    enum class Severity { Notice, Warning, Error };
    Severity severity = Severity::Notice;
    QString text;    ///< one or two sentences
    QString details; ///< shown on demand, copied with the text; may be empty
    QString actionText;
    std::function<void()> action; ///< with actionText: a button
    QString subject{};            ///< what withdraw() knows it by; empty: its text
};

/// Messages above the page until they are dismissed: the worst first, of equals the newest. One takes room;
/// the others are a click away. Saying the same again shows it once.
class MessageBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageBar)
public:
    explicit MessageBar(QWidget *parent = nullptr);

    void show(const Message &message);
    /// Takes away the messages about that, as far as they are still there.
    void withdraw(const QString &subject);
    void clear();
    /// The texts, the first one shown, the others behind its "more".
    QStringList texts() const;

private:
    class Row;
    void remove(Row *row);
    void setExpanded(bool expanded);
    void arrange();

    QVBoxLayout *m_layout;
    QVector<Row *> m_rows; ///< the worst first, then the newest
    bool m_expanded = false;
};

} // namespace genscope
