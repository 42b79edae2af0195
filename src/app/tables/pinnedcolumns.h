// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <vector>

namespace genscope {

class ListView;

/// The pinned columns of a list: a second view of the same model and selection over the left of the first
/// one, scrolled with it from top to bottom and not from left to right. The keyboard stays with the first.
class PinnedColumns final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PinnedColumns)
public:
    explicit PinnedColumns(ListView *list);

    /// From left to right; the first view shows them leftmost, too.
    void showColumns(const std::vector<int> &sections);
    bool shows(int section) const { return !isColumnHidden(section); }
    /// Takes its place over the first view.
    void place();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void connectList();

    ListView *m_list;
    std::vector<int> m_sections;
};

} // namespace genscope
