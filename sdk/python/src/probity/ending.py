"""How work ended, and what of that is reported: from what was told, an exception, or a response.

Success needs a positive end. What was told before something broke counts only where it never
charges: leaving never costs more than staying. No I/O.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Optional

log = logging.getLogger("probity")

OUTCOMES = (
    "delivered",
    "partial",
    "empty",
    "failed",
    "bad_input",
    "blocked",
    "cancelled",
    "abandoned",
    "reopened",
)
NEVER_CHARGE = ("failed", "bad_input", "blocked", "cancelled", "reopened")
_LONGEST_REASON = 500
#: Seconds that whoever waits for a response waits for its end to be told; it is told all the same.
WAITS_FOR_AN_END = 2.0
#: The customer stopped it, or went away.
LEAVING = (asyncio.CancelledError, GeneratorExit)
#: We stop: whoever is cut off by that has not left.
_STOPPING = (SystemExit, KeyboardInterrupt)


@dataclass(frozen=True)
class Ending:
    """One of the nine outcomes, with what goes with it."""

    outcome: str
    parts: Optional[int] = None
    quantity: Optional[int] = None
    reason: Optional[str] = None

    @property
    def never_charges(self) -> bool:
        """Is it free whatever the contract says?"""
        return self.outcome in NEVER_CHARGE

    def report(self) -> dict[str, Any]:
        """As it is told."""
        fields: dict[str, Any] = {"outcome": self.outcome}
        if self.parts is not None:
            fields["parts"] = self.parts
        if self.quantity is not None:
            fields["quantity"] = self.quantity
        if self.reason:
            fields["reason"] = self.reason.encode()[:_LONGEST_REASON].decode(errors="ignore")
        return fields


DELIVERED = Ending("delivered")
UNFIT = Ending("failed", reason="report_did_not_fit")
STOPPED = Ending("failed", reason="stopped")


def left(has_begun: bool, told: Optional[Ending] = None) -> Ending:
    """The customer went away, before or after the result had begun to arrive. Only what would have
    been delivered is abandoned."""
    if told is not None and told.never_charges:
        return told
    if not has_begun:
        return Ending("cancelled", reason="client_gone_before_output")
    # Parts of a delivery may cost a part of the price.
    if told is not None and (told.outcome != "delivered" or told.parts):
        return told
    return Ending("abandoned", quantity=told.quantity if told else None, reason="client_gone")


def of_block(told: Optional[Ending], error: Optional[BaseException], has_begun: bool) -> Ending:
    """The end of a block of code that was left in this way."""
    if error is None:
        return told or DELIVERED
    if told is not None and told.never_charges:
        return told
    if isinstance(error, LEAVING):
        return left(has_begun, told)
    if isinstance(error, _STOPPING):
        return STOPPED
    # The receipt is the customer's: what it was exactly stands in the product's own log.
    log.info("a run failed: %s", type(error).__name__)
    is_slow = isinstance(error, TimeoutError) or "Timeout" in type(error).__name__
    return Ending("failed", reason="timeout" if is_slow else "exception")


def of_status(status: int) -> Optional[Ending]:
    """The end that a whole response with this status tells; None: the work goes on elsewhere."""
    if status == 202:
        return None
    if 200 <= status < 300:
        return DELIVERED
    if 400 <= status < 500:
        return Ending("bad_input", reason="client_request")
    # A redirect is no result: whoever answers a success so says it, by the run or the header.
    return Ending("failed", reason=f"status_{status}")
