#!/bin/sh
# Makes .venv with the pinned dependencies, and installs the system packages that are missing where it may.
# Usage: tools/setup.sh run|test|accessible
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
case $purpose in
run | accessible) lock=requirements.lock ;;
test) lock=requirements-dev.lock ;;
*) echo "Say run, test or accessible." >&2; exit 2 ;;
esac

say() { printf '%s\n' "$*" >&2; }

may_install() { command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null 2>&1; }; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# The first of some package names that this release has.
first_known() {
    for name in "$@"; do
        if apt-cache show "$name" >/dev/null 2>&1; then echo "$name"; return; fi
    done
    echo "$1"
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || ls /usr/lib/*/"$1" >/dev/null 2>&1; }

usable_python() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && usable_python "$name"; then echo "$name"; return; fi
    done
}

# One line for each missing thing: the package, then its other names in other releases.
missing_packages() {
    python=$(find_python)
    [ -n "$python" ] || echo "python3"
    if [ -z "$python" ] || ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then echo "python3-venv"; fi
    [ "$(uname)" = Linux ] || return 0
    has_library libGL.so.1 || echo "libgl1"
    has_library libEGL.so.1 || echo "libegl1"
    has_library libxkbcommon.so.0 || echo "libxkbcommon0"
    has_library libfontconfig.so.1 || echo "libfontconfig1"
    has_library libdbus-1.so.3 || echo "libdbus-1-3"
    has_library libglib-2.0.so.0 || echo "libglib2.0-0t64 libglib2.0-0"
    has_library libxkbcommon-x11.so.0 || echo "libxkbcommon-x11-0"
    for part in cursor.so.0:cursor0 icccm.so.4:icccm4 keysyms.so.1:keysyms1 shape.so.0:shape0; do
        has_library "libxcb-${part%%:*}" || echo "libxcb-${part##*:}"
    done
    [ "$purpose" != accessible ] || missing_for_accessible
}

# A screen of its own, a window manager, the accessibility bus, and what speaks to it from the system's own Python.
missing_for_accessible() {
    for pair in Xvfb:xvfb xauth:xauth openbox:openbox dbus-run-session:dbus; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || echo "${pair##*:}"
    done
    ls /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher 2>/dev/null | grep -q . || echo "at-spi2-core"
    /usr/bin/python3 -c 'import pyatspi' >/dev/null 2>&1 || echo "python3-pyatspi"
    for part in xinerama.so.0:xinerama0 image.so.0:image0 render-util.so.0:render-util0; do
        has_library "libxcb-${part%%:*}" || echo "libxcb-${part##*:}"
    done
}

install_missing() {
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if ! may_install; then
        say "These system packages are missing, and only an administrator can install them:"
        say "$missing"
        say "Install them (on Debian or Ubuntu: apt-get install NAME...), then run this again. Nothing was changed."
        exit 1
    fi
    say "Reading the list of system packages ..."
    as_root apt-get update -q >/dev/null
    names=$(echo "$missing" | while read -r line; do first_known $line; done | sort -u | tr '\n' ' ')
    say "Installing system packages: $names"
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $names >/dev/null
}

make_venv() {
    stamp=.venv/$purpose-$(cksum <"$lock" | tr ' ' '-')
    [ -e "$stamp" ] && return 0
    python=$(find_python)
    if [ -z "$python" ]; then
        say "Python 3.11, 3.12 or 3.13 is needed, and none was found. Install one, then run this again."
        exit 1
    fi
    if [ ! -x .venv/bin/python ]; then
        say "Making .venv with $("$python" --version) ..."
        "$python" -m venv .venv
    fi
    say "Installing the pinned dependencies of $lock (a minute or two) ..."
    .venv/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes -r "$lock"
    touch "$stamp"
}

install_missing
make_venv
say "Ready."
