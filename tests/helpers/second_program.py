"""Another program that has a workspace open until its input ends."""

import sys
from pathlib import Path

from tests.helpers.people import PASSPHRASE
from tests.helpers.stores import HandClock, opened

if __name__ == "__main__":
    workspace = opened(Path(sys.argv[1]), HandClock(), PASSPHRASE)
    sys.stdout.write("open\n")
    sys.stdout.flush()
    sys.stdin.read()
    workspace.close()
