"""Charge for AI work by outcome: the Python SDK of Probity.

probity = Probity()                                     # PROBITY_URL, PROBITY_KEY
with probity.run("tailor_document", customer="ana", artifact="draft_9") as run:
    run.attempt(openai.chat.completions.create(...))
print(run.receipt.words)
"""

from .aio import AsyncProbity, AsyncRun
from .errors import AlreadyRunning, Denied, NotTold, ProbityError, Unavailable
from .run import BaseRun, current_run
from .shapes import (
    Check,
    Checks,
    Confirmed,
    Customer,
    Denial,
    Grant,
    Price,
    Quote,
    Receipt,
    Started,
    Token,
    Wallet,
    WalletLine,
    WayForward,
)
from .sync import Probity, Run
from .transport import Retries
from .usage import NotRecognized

__version__ = "0.1.0"

__all__ = [
    "AlreadyRunning",
    "AsyncProbity",
    "AsyncRun",
    "BaseRun",
    "Check",
    "Checks",
    "Confirmed",
    "Customer",
    "Denial",
    "Denied",
    "Grant",
    "NotRecognized",
    "NotTold",
    "Price",
    "Probity",
    "ProbityError",
    "Quote",
    "Receipt",
    "Retries",
    "Run",
    "Started",
    "Token",
    "Unavailable",
    "Wallet",
    "WalletLine",
    "WayForward",
    "current_run",
]
