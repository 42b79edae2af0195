// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QWidget;

namespace genscope {

/// A paragraph: wrapped, to be selected by mouse and keyboard, and never markup, whoever wrote it.
QLabel *wrappedLabel(QWidget *parent = nullptr);

} // namespace genscope
