"""Usage from OpenAI's own client: chat completions, responses, embeddings; streamed too.

    from probity.openai import track
    client = track(run, OpenAI())

Nothing of `openai` is imported here.
"""

from __future__ import annotations

from typing import Any, Optional, TypeVar

from .run import BaseRun
from .tracking import Seen
from .tracking import track as _track

C = TypeVar("C")


def track(run: Optional[BaseRun], client: C, *, provider: str = "openai") -> C:
    """A copy of an `OpenAI` or `AsyncOpenAI` client whose calls are attempts of this run.

    None: of the run whose block the call is made in. `provider` says whose models it really asks.
    """
    return _track(run, client, _OpenAI(provider))


class _OpenAI:
    def __init__(self, provider: str) -> None:
        self.provider = provider

    def asks(self, options: dict[str, Any]) -> bool:
        """Streams of chat completions tell their usage only where it is asked for."""
        if options.get("stream") is not True or "messages" not in options:
            return False
        asked = options.get("stream_options")
        asked = dict(asked) if isinstance(asked, dict) else {}
        if asked.get("include_usage"):
            return False
        options["stream_options"] = {**asked, "include_usage": True}
        return True

    def sees(self, events: Seen, event: Any) -> bool:
        whole = getattr(event, "response", None)
        told = whole if whole is not None else event
        events.model = getattr(told, "model", None) or events.model
        usage = getattr(told, "usage", None)
        if usage is None:
            return False
        events.usage = usage
        kind = getattr(event, "type", None)
        is_last_of_response = kind in (
            "response.completed",
            "response.incomplete",
            "response.failed",
        )
        is_usage_piece = getattr(event, "choices", None) == []
        events.has_ended = is_last_of_response or is_usage_piece
        return is_usage_piece
