#!/bin/sh
# Drives three journeys through the accessibility bus, in the real window on a screen of its own.
# Usage: tests/accessible/run.sh   (the system packages come with: tools/setup.sh accessible)
set -eu
cd "$(dirname "$0")/../.."

if [ "${1:-}" != inside ]; then
    exec xvfb-run -a -s "-screen 0 1440x900x24" dbus-run-session -- "$0" inside
fi

folder=$(mktemp -d)
started=
# shellcheck disable=SC2317
leave() {
    for one in $started; do kill "$one" 2>/dev/null || true; done
    rm -rf "$folder"
}
trap leave EXIT INT TERM
mkdir -m 700 "$folder/run"
export HOME="$folder" XDG_DATA_HOME="$folder" XDG_CONFIG_HOME="$folder" XDG_CACHE_HOME="$folder" XDG_STATE_HOME="$folder"
export XDG_RUNTIME_DIR="$folder/run" PLANNER_PASSPHRASE="only invented children"

for launcher in /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher; do
    if [ -x "$launcher" ]; then break; fi
done
# Left to be started when it is wanted, the bus fails in a session that has no desktop.
"$launcher" --launch-immediately >"$folder/bus.log" 2>&1 &
started="$started $!"
openbox >"$folder/windows.log" 2>&1 &
started="$started $!"
# The bus and the window manager are ready by the time the sample is made.
echo "Making the Southampton sample (invented children) ..."
QT_QPA_PLATFORM=offscreen .venv/bin/python -m planner demo southampton "$folder/southampton.planner" >/dev/null
QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb .venv/bin/python -m planner "$folder/southampton.planner" &
started="$started $!"
/usr/bin/python3 tests/accessible/journeys.py
