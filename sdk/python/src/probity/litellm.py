"""Usage from LiteLLM: a callback that books calls made within a run as its attempts.

    litellm.callbacks = [ProbityLogger(probity)]

A call belongs to the run whose block it is made in, or to the one that its metadata names:
`metadata={"probity_run": run.id}`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Optional

from litellm.integrations.custom_logger import CustomLogger

from . import usage
from .ending import log
from .errors import ProbityError
from .run import BaseRun, current_run

if TYPE_CHECKING:
    from .sync import Probity

    _Base = object
else:
    _Base = CustomLogger

#: Calls that are under way; one whose end is never told is forgotten after so many.
_MOST = 10_000


class ProbityLogger(_Base):
    """Books each call once. `probity` is asked only for runs that are named by their id."""

    def __init__(self, probity: Optional[Probity] = None) -> None:
        super().__init__()
        self._probity = probity
        self._lock = threading.Lock()
        self._runs: OrderedDict[str, BaseRun] = OrderedDict()
        self._done: OrderedDict[str, None] = OrderedDict()

    # LiteLLM tells ends in threads and tasks of its own: whose call it is, its beginning tells.

    def log_pre_api_call(self, model: Any, messages: Any, kwargs: Any) -> None:
        """A call begins."""
        run, call = current_run(), _id(kwargs)
        if run is None or call is None:
            return
        with self._lock:
            self._runs[call] = run
            while len(self._runs) > _MOST:
                self._runs.popitem(last=False)

    def log_success_event(
        self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any
    ) -> None:
        """A call went well."""
        self._book(kwargs, response_obj)

    async def async_log_success_event(
        self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any
    ) -> None:
        """The same, awaited."""
        self._book(kwargs, response_obj)

    def log_failure_event(
        self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any
    ) -> None:
        """A call failed: nothing is billed for what is refused; of all else it is not known."""
        self._book(kwargs, None)

    async def async_log_failure_event(
        self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any
    ) -> None:
        """The same, awaited."""
        self._book(kwargs, None)

    def _book(self, kwargs: Mapping[str, Any], answer: Any) -> None:
        call = _id(kwargs)
        with self._lock:
            run = self._runs.pop(call, None) if call else None
            if call in self._done:
                return
            named = _named(kwargs)
            if call and (run is not None or named):
                self._done[call] = None
                while len(self._done) > _MOST:
                    self._done.popitem(last=False)
        if run is None and not named:
            return
        made = _attempt(kwargs, answer)
        try:
            if run is not None and named in (None, run.id):
                run._book(made)
            elif self._probity is not None:
                self._probity.attempts(str(named), [made])
            else:
                log.error("a call names %s, and ProbityLogger was given no Probity", named)
        except ProbityError as error:
            log.error("a call could not be booked: %s", error.detail)


def _attempt(kwargs: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    asked, provider = kwargs.get("model"), kwargs.get("custom_llm_provider")
    known: dict[str, Any] = {
        "asked": asked if isinstance(asked, str) else None,
        "provider": provider if isinstance(provider, str) else None,
    }
    if answer is not None and (getattr(answer, "usage", None) or isinstance(answer, Mapping)):
        try:
            return usage.attempt(answer, **known)
        except usage.NotRecognized:
            pass
    error = kwargs.get("exception")
    if answer is None and isinstance(getattr(error, "status_code", None), int):
        known["usage"] = {"input": 0, "output": 0}
    return usage.attempt(source="none", **known)


def _id(kwargs: Mapping[str, Any]) -> Optional[str]:
    call = kwargs.get("litellm_call_id")
    return call if isinstance(call, str) else None


def _named(kwargs: Mapping[str, Any]) -> Optional[str]:
    params = kwargs.get("litellm_params")
    places = [kwargs, params if isinstance(params, Mapping) else {}]
    for place in places:
        metadata = place.get("metadata")
        run = metadata.get("probity_run") if isinstance(metadata, Mapping) else None
        if isinstance(run, BaseRun):
            return run.id
        if isinstance(run, str):
            return run
    return None
