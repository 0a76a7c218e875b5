"""What can go wrong before Probity runs, told as Probity tells its own errors: a code, what
happened, what to do. In each case nothing was run.
"""

import sys

# As shells end where a command cannot be had or started; no exit code of Probity's own.
NOT_THERE = 127
NOT_STARTED = 126

ANOTHER_WAY = (
    "take the archive by hand, the container, or build it from the source (docs/install.md)"
)


class Trouble(Exception):
    """A reason why Probity was not run, with its code and what to do."""

    def __init__(self, code, what, fix, exit_code=NOT_THERE):
        super().__init__(what)
        self.code = code
        self.fix = fix
        self.exit_code = exit_code


def told(trouble):
    """Tells on standard error what stood in the way; the exit code that goes with it."""
    sys.stderr.write(f"error[{trouble.code}]: {trouble}\n")
    sys.stderr.write(f"  nothing was run\n  fix: {trouble.fix}\n")
    return trouble.exit_code
