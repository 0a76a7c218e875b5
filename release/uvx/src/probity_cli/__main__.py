"""`python -m probity_cli` does what the command `probity` does."""

import sys

from . import main

sys.exit(main())
