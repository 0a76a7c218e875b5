"""The command `probity` of the Python package: makes sure that the released binary is there, and
becomes it.

It knows no option of its own: every argument is Probity's.
"""

import os
import signal
import sys

from ._install import installed
from ._trouble import ANOTHER_WAY, NOT_STARTED, Trouble, told

__all__ = ["main"]


def main() -> int:
    """Runs Probity in this process's place; returns an exit code where that was not possible."""
    try:
        return _become(installed(), sys.argv[1:])
    except Trouble as trouble:
        return told(trouble)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        fix = f"report it, please; until then, {ANOTHER_WAY}"
        return told(Trouble("unforeseen", f"something unforeseen: {error}", fix))


def _become(binary, arguments):
    # Python ignores these, and what is ignored stays so in the program that follows.
    for name in ("SIGPIPE", "SIGXFSZ"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        os.execv(binary, [binary, *arguments])
    except OSError as error:
        raise Trouble(
            "not_started",
            f"{binary} could not be started: {error.strerror}",
            "remove its folder and try again; where programs may not run there, name another cache "
            "folder with XDG_CACHE_HOME",
            NOT_STARTED,
        ) from error
