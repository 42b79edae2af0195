// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timestamp.h"
#include "store/synctable.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace genscope {

// What a sync does, one step at a time. SyncPlan chooses the steps, SyncDriver takes them.

/// What time is it on the server?
struct AskClock
{
};
/// Is there a table with prompts and answers under that name, and how long does it keep them?
struct ProbeContent
{
    std::string table;
};
/// Which events with names like `$ai_...` are there?
struct AskNames
{
    Timestamp from;
    Timestamp to;
};
/// Events behind a place, in order, before `end`.
struct PullPage
{
    enum class Order {
        Arrival, ///< by `created_at`: what is new, however old it claims to be
        Time,    ///< by `timestamp`: what was there before
    };
    Order order = Order::Arrival;
    PageKey after;
    Timestamp end;
    // Bounds of `timestamp` that spare the server from looking through everything:
    Timestamp earliest;
    Timestamp latest;
    int rows = 0; ///< at most
    std::vector<std::string> names;
};
/// The next of what is wanted, out of the store.
struct PickWanted
{
    Wanted::Kind kind = Wanted::Kind::Content;
    int most = 0;
};
/// These cannot be had any more.
struct ForgetWanted
{
    std::vector<Wanted> wanted;
};
/// Prompts and answers of the events of some traces, behind a place in (trace, time, uuid).
struct PullContent
{
    std::string table;
    std::vector<Wanted> traces;
    std::string afterTrace;
    PageKey after;
    int rows = 0;
    std::string column;     ///< only that one; empty: all
    bool placeOnly = false; ///< where the next row is, and nothing of it
};
struct PullPersons
{
    std::vector<Wanted> persons;
};
struct AskGroupTypes
{
};
struct GroupKind
{
    int index = 0;
    std::string type;
    bool operator==(const GroupKind &) const = default;
};
/// Groups of a kind behind a key.
struct PullGroups
{
    GroupKind kind;
    std::string afterKey;
    int rows = 0;
};
/// How many events of each name were there on each day? Both are whole days of UTC.
struct CountDays
{
    Timestamp from;
    Timestamp to;
};
/// Has the server write files with the events of a week at most.
struct StartExport
{
    Timestamp from;
    Timestamp to;
    std::vector<std::string> names;
};
/// Are they written?
struct AskExport
{
    std::string run;
};
/// Reads them.
struct TakeExport
{
    std::string run;
    int parts = 0;
};

using SyncStep =
    std::variant<AskClock, ProbeContent, AskNames, PullPage, PickWanted, ForgetWanted, PullContent,
                 PullPersons, AskGroupTypes, PullGroups, CountDays, StartExport, AskExport, TakeExport>;

} // namespace genscope
