# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Genscope developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Shared by packaging/run, packaging/test and packaging/check: installs what is missing, configures, builds.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/build/release"

say() { printf '%s\n' "$*" >&2; }

# Installs the packages named on standard input that are not there yet; asks for root only for that.
install_missing() {
    local wanted missing=() package
    wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d')
    for package in $wanted; do
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            missing+=("$package")
        fi
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "These packages are missing, and there is no sudo to install them with. As root, run:"
            say "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
            return 3
        fi
        as_root=(sudo)
        say "Installing ${#missing[@]} packages needs root:"
    fi
    say "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >&2
}

# Configures once, then builds the named targets (all by default). Quiet when there is nothing to do.
build_targets() {
    local targets=() target log
    for target in "$@"; do
        targets+=(--target "$target")
    done
    if [ ! -f "$build/build.ninja" ]; then
        say "Configuring …"
        local launcher=()
        if command -v ccache >/dev/null; then
            launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
        fi
        log=$(cd "$root" && cmake --preset release "${launcher[@]}" 2>&1) || { say "$log"; return 3; }
    fi
    if ! (cd "$root" && cmake --build --preset release "${targets[@]}" >&2); then
        say "The build failed; the messages above say where."
        return 3
    fi
}
