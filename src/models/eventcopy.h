// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventdetail.h"
#include "models/tracedetail.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace genscope {

// Events and traces as text to paste elsewhere. @thread any

/// An event as indented JSON, whole.
QString eventAsJson(const EventDetail &event);
/// What an event was, cost and said, as Markdown. What people and models wrote stands in fences, so that it
/// never becomes markup of the page it is pasted into.
QString eventAsMarkdown(const EventDetail &event, const QLocale &locale);
/// The call again, as a command for a Unix shell: Anthropic's request for that provider, OpenAI's for all
/// others. The key is a variable of the shell; what the event may hold of one (in its URL, in parameters) is
/// left out. @error Usage if the event is no call with an input
Result<QString> eventAsCurl(const EventDetail &event);

/// A trace's events as captured, in one JSON array, metrics and feedback too: importing it gives the same
/// events. @error Database, Cancelled @thread a worker
Result<std::string> traceAsJson(const Selection &selection, const TraceDetail &trace);
/// The steps as an indented list, then what each call said: of the first hundred, and that there are more.
/// @error Database, Cancelled, Parse @thread a worker
Result<QString> traceAsMarkdown(const Selection &selection, const TraceDetail &trace, const QLocale &locale);

} // namespace genscope
