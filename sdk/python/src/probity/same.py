"""Calls with the same key, in one client: which were lost on the way, and whose work is under way.

What other processes do is not known here; the service says that a run is there already.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Optional, TypeVar
from weakref import WeakValueDictionary

from .calls import Call
from .errors import ProbityError

if TYPE_CHECKING:
    from .run import Answered, BaseRun

T = TypeVar("T")
#: Keys of calls that were lost are remembered up to so many.
_MOST_LOST = 10_000


class Same:
    """What is under way in one client."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        #: Ordered, the oldest first. Keys are each customer's own.
        self._lost: dict[tuple[Optional[str], str], None] = {}
        self._working: WeakValueDictionary[str, BaseRun] = WeakValueDictionary()

    def asks(
        self, customer: Optional[str], key: str, call: Call[T]
    ) -> Generator[Call[Any], Answered[T], Answered[T]]:
        """Asks for a run; one that a lost call of ours has begun is ours."""
        name = (customer, key)
        try:
            answered = yield call
        except ProbityError as error:
            if error.applied == "unknown":
                self._remember(name)
            raise
        with self._lock:
            was_lost = name in self._lost
            self._lost.pop(name, None)
        return replace(answered, may_be_ours=True) if was_lost else answered

    def _remember(self, name: tuple[Optional[str], str]) -> None:
        with self._lock:
            self._lost[name] = None
            if len(self._lost) > _MOST_LOST:
                del self._lost[next(iter(self._lost))]

    def is_worked_on(self, run: str) -> bool:
        """Is its work under way here?"""
        return run in self._working

    def begins(self, run: str, by: BaseRun) -> None:
        """Its work is under way, until it ends or nobody has it in hand any more."""
        self._working[run] = by

    def ends(self, run: str, by: BaseRun) -> None:
        """Its end is being told."""
        if self._working.get(run) is by:
            self._working.pop(run, None)
