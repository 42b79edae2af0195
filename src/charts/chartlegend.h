// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <vector>

namespace genscope {

/// The legend of a chart: one button for each series, ordered like the data. A click hides or shows a series,
/// a double click shows only it; by keyboard Space and Ctrl+Space. Enter is a click on the series itself.
class ChartLegend final : public QWidget
{
    Q_OBJECT
public:
    enum class Layout {
        Row,    ///< beside one another, in up to two lines
        Column, ///< below one another, with values
    };
    enum class Swatch { Box, BoldLine, Line, DashedLine };
    struct Entry
    {
        QString label; ///< plain text
        QString value; ///< shown in a column
        QColor color;
        Swatch swatch = Swatch::Box;
    };

    explicit ChartLegend(QWidget *parent = nullptr);

    void setLayoutKind(Layout layout);
    void setEntries(const std::vector<Entry> &entries);
    void setShown(const std::vector<bool> &shown); ///< hidden series are drawn faint and struck through
    /// The height that entries need at @p width, and the width a column would like.
    int heightFor(int width) const;
    int columnWidth() const;

Q_SIGNALS:
    void toggleRequested(int entry);
    /// @param toggledBefore  the first click of the two has asked to toggle it
    void isolateRequested(int entry, bool toggledBefore);
    void activated(int entry, Qt::KeyboardModifiers modifiers);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Button;
    void arrange();
    int flow(int width, bool apply) const;

    std::vector<Button *> m_buttons;
    Layout m_layout = Layout::Row;
};

} // namespace genscope
