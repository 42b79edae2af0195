// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace genscope {

class FindingList;
class QualityCheck;

/// The page on which the store says what looks wrong in it, over all time and whatever the filter is.
class QualityPage final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QualityPage)
public:
    explicit QualityPage(QualityCheck *check, QWidget *parent = nullptr);

    FindingList *list() const { return m_list; }

private:
    FindingList *m_list;
};

} // namespace genscope
