#!/bin/sh
# Opens the window on the Southampton sample, made first where it is not there; with no display, takes the tour.
# Usage: tools/run_sample.sh FILE
set -eu
cd "$(dirname "$0")/.."
sample=${1:?Name the file of the sample.}
python=.venv/bin/python
if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "There is no display here, so this takes the tour: a manager's Monday, drawn to files."
    QT_QPA_PLATFORM=offscreen exec "$python" -m planner tour --out build/tour
fi
PLANNER_PASSPHRASE="only invented children"
export PLANNER_PASSPHRASE
if [ ! -e "$sample" ]; then
    mkdir -p "$(dirname "$sample")"
    echo "Making the Southampton sample (invented children) ..."
    "$python" -m planner demo southampton "$sample"
fi
echo "Opening the window on $sample. Its passphrase is: $PLANNER_PASSPHRASE"
exec "$python" -m planner "$sample"
