// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace genscope {

class Puller;
class Zone;

// What the window says about the pulling.

/// Of a running sync: `Pulling: 12,340 events, 560/s – history, 40 % done`.
QString pullingWords(const Puller &puller);
/// In a few words, for the status line: `PostHog: 5 min behind`. Empty without a project.
QString pullSummary(const Puller &puller);
/// All there is to know, a fact a line.
QString pullFacts(const Puller &puller, const Zone &zone);

} // namespace genscope
