// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QGridLayout;

namespace genscope {

/// Small facts as name and value, in as many columns as fit. Values are plain text, elided where they do not
/// fit; their menu copies the whole.
class FactGrid final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FactGrid)
public:
    explicit FactGrid(QWidget *parent = nullptr);

    /// How wide a fact is before they stand side by side.
    void setFactWidth(int width) { m_factWidth = width; }
    void clear();
    /// @param full  shown as tool tip, and copied, where @p value is a short form; may be empty
    void add(const QString &name, const QString &value, const QString &full = {});
    /// A value that leads somewhere.
    void addLink(const QString &name, const QString &value, const QString &full,
                 std::function<void()> follow);
    QString valueOf(const QString &name) const; ///< for tests and copying

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Fact
    {
        QWidget *name;
        QWidget *value;
    };
    void addFact(const QString &name, QWidget *value, const QString &full);
    void arrange();

    QGridLayout *m_grid;
    std::vector<Fact> m_facts;
    int m_columns = 0;
    int m_factWidth = 215;
};

} // namespace genscope
