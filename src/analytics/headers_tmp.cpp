// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/columns.h"
#include "analytics/dictionary.h"
#include "analytics/eventsource.h"
#include "analytics/field.h"
#include "analytics/filter.h"
#include "analytics/lists.h"
#include "analytics/query.h"
#include "analytics/resulttable.h"
#include "analytics/rollup.h"
#include "analytics/snapshot.h"
