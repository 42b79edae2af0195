// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace genscope {

/// Calls @p work(0) .. @p work(count - 1) on all cores, the calling thread included, in any order; returns
/// when all are done. @p work does not throw.
void forEachInParallel(std::size_t count, const std::function<void(std::size_t)> &work);

} // namespace genscope
