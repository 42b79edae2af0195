// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/viewhistory.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

ViewState from(std::int64_t us)
{
    ViewState view;
    view.scope.range.from = Timestamp{us};
    return view;
}

TEST(ViewHistory, UndoAndRedoWalkTheViewsThatWereShown)
{
    ViewHistory history;
    history.reset(from(0));
    history.push(from(1));
    history.push(from(2));
    history.undo();
    EXPECT_EQ(history.current().scope.range.from, Timestamp{1});
    history.redo();
    EXPECT_EQ(history.current().scope.range.from, Timestamp{2});
    EXPECT_FALSE(history.canRedo());
}

TEST(ViewHistory, ANewViewForgetsWhatWasUndone)
{
    ViewHistory history;
    history.reset(from(0));
    history.push(from(1));
    history.undo();
    history.push(from(2));
    EXPECT_FALSE(history.canRedo());
    history.undo();
    EXPECT_EQ(history.current().scope.range.from, Timestamp{0});
    EXPECT_FALSE(history.canUndo());
}

TEST(ViewHistory, KeepsAtMostItsLimit)
{
    ViewHistory history;
    for (int i = 0; i < 500; ++i)
        history.push(from(i));
    std::size_t undone = 0;
    for (; history.canUndo(); ++undone)
        history.undo();
    EXPECT_EQ(undone + 1, ViewHistory::kLimit);
}

} // namespace
