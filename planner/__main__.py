"""Opens the window, or runs a command when one is named."""

import sys
from pathlib import Path

READ_APART = "--read-apart"
"""How a packaged planner starts itself as the process that reads somebody's file apart."""


def main() -> int:
    """The window, on FILE where one is given; with any other words, the command line. Returns the exit status."""
    words = sys.argv[1:]
    if words == [READ_APART]:
        from planner.formats.apart import serve

        serve()
        return 0
    if not words or words[0].endswith(".planner"):
        from planner.app import run

        return run(Path(words[0]) if words else None)
    from planner.cli import main as command_line

    return command_line(words)


if __name__ == "__main__":
    raise SystemExit(main())
