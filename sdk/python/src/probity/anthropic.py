"""Usage from Anthropic's own client: messages, streamed too.

    from probity.anthropic import track
    client = track(run, Anthropic())

Nothing of `anthropic` is imported here.
"""

from __future__ import annotations

from typing import Any, Optional, TypeVar

from .run import BaseRun
from .tracking import Seen
from .tracking import track as _track

C = TypeVar("C")
_COUNTERS = (
    "input_tokens",
    "output_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
    "output_tokens_details",
)


def track(run: Optional[BaseRun], client: C, *, provider: str = "anthropic") -> C:
    """A copy of an `Anthropic` or `AsyncAnthropic` client whose calls are attempts of this run.

    None: of the run whose block the call is made in. `provider` says whose models it really asks.
    """
    return _track(run, client, _Anthropic(provider))


class _Anthropic:
    def __init__(self, provider: str) -> None:
        self.provider = provider

    def asks(self, options: dict[str, Any]) -> bool:
        """Its streams tell their usage by themselves."""
        return False

    def sees(self, events: Seen, event: Any) -> bool:
        kind = getattr(event, "type", None)
        if kind == "message_start":
            events.model = event.message.model
            _set(events, event.message.usage)
        elif kind == "message_delta":
            _set(events, event.usage)
        elif kind == "message_stop":
            events.has_ended = True
        return False


def _set(events: Seen, usage: Any) -> None:
    """Counters are of the whole message each time they are told: they are set, never added up."""
    told = events.usage if isinstance(events.usage, dict) else {"cache_read_input_tokens": None}
    for name in _COUNTERS:
        value = getattr(usage, name, None)
        if value is not None:
            told[name] = value
    events.usage = told
