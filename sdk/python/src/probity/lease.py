"""How long a run is still held, and when to ask for more time. No I/O; the clock is handed in.

Times are counted from the server's own clock, so that a clock that is wrong here changes nothing.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Optional

#: What is asked for at a time where the first hold's length is not known, in seconds.
_USUAL = 600.0
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 2592000,
    "year": 31536000,
}


class Lease:
    """The time a run has."""

    def __init__(
        self,
        expires_at: Optional[datetime],
        told_at: Optional[datetime],
        now: float,
        hold_for: Optional[str] = None,
    ) -> None:
        self._expires_at = expires_at
        length = _read(hold_for)
        if length is None and expires_at is not None and told_at is not None:
            length = (expires_at - told_at).total_seconds()
        self._length = length if length is not None and length > 0 else _USUAL
        self._until = now + self._length

    @property
    def asks_for(self) -> str:
        """What is asked for at a time."""
        return f"{math.ceil(self._length)} seconds"

    def next_in(self, now: float) -> float:
        """Seconds until more is asked for: half of what is left."""
        return max(0.0, (self._until - now) / 2)

    def is_over(self, now: float) -> bool:
        """Has its time run out?"""
        return now >= self._until

    def renewed(self, expires_at: datetime, told_at: Optional[datetime], now: float) -> bool:
        """More time was given; False: no more is to be had."""
        if self._expires_at is not None and expires_at <= self._expires_at:
            return False
        self._expires_at = expires_at
        left = self._length
        if told_at is not None:
            left = min(left, (expires_at - told_at).total_seconds())
        self._until = now + left
        return True


def _read(length: Optional[str]) -> Optional[float]:
    found = re.fullmatch(r"([0-9]+) ([a-z]+?)s?", length or "")
    unit = _SECONDS.get(found[2]) if found else None
    return float(found[1]) * unit if found and unit else None
