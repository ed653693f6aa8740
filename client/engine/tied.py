"""Turns into another program that is ended by the system when its parent ends.

Run as a file: `python tied.py PARENT PROGRAM ARGUMENT...`. A process of its own, because the alternative,
code between fork and exec in a process with threads, may hang.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Become the program; end at once if the parent is gone already."""
    parent, program, *rest = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit(1)
    os.execv(program, [program, *rest])  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    main()
