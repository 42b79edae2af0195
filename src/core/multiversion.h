// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before the definition of a function with a simple loop over numbers: it is compiled for processors with
/// wide registers as well, and the program takes at start what its processor can do. Not where the compiler
/// or a sanitizer cannot do that.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&     \
    !defined(__SANITIZE_THREAD__)
#define GENSCOPE_MULTIVERSION [[gnu::target_clones("avx2", "default")]]
#else
#define GENSCOPE_MULTIVERSION
#endif
