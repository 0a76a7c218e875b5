"""What a call to a model used, from whatever a client library answered: for the books of cost.

Tokens only, counted as Probity counts: input with all of the cache, output with all of the
reasoning. What is not told is not known, and is never taken for zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

#: As long as names in a report may be.
_LONGEST_NAME = 200
_MOST = 2**53 - 1
#: Ways to say the same, by library and protocol.
_COUNTS = ("prompt_tokens", "completion_tokens", "input_tokens", "output_tokens", "total_tokens")
#: Gemini's, by its API and by Google's client.
_GEMINI = (
    ("promptTokenCount", "prompt_token_count"),
    ("toolUsePromptTokenCount", "tool_use_prompt_token_count"),
    ("cachedContentTokenCount", "cached_content_token_count"),
    ("candidatesTokenCount", "candidates_token_count"),
    ("thoughtsTokenCount", "thoughts_token_count"),
)
_MODEL = ("model", "modelVersion", "model_version")
_PROBITY = ("input", "cache_read", "cache_write", "output", "reasoning")


class NotRecognized(TypeError):
    """What was given as an attempt is no answer of a library that is known, and no usage."""


def attempt(
    answer: Any = None,
    *,
    provider: Optional[str] = None,
    model: Optional[str] = None,
    asked: Optional[str] = None,
    usage: Optional[Mapping[str, Optional[int]]] = None,
    services: Optional[Mapping[str, int]] = None,
    source: Optional[str] = None,
    own_key: bool = False,
) -> dict[str, Any]:
    """One attempt as a report has it. What is given by name stands above what is found."""
    found: Optional[dict[str, Optional[int]]] = dict(usage) if usage is not None else None
    if answer is not None:
        told = answer if _is_usage(answer) else _first(_get(answer, "usage"), _metadata(answer))
        if told is None and not _is_answer(answer):
            raise NotRecognized(
                f"{type(answer).__name__} has no usage that is known: give it by name, as "
                'attempt(provider="openai", model="…", usage={"input": 1, "output": 2})'
            )
        found = found if found is not None else tokens(told)
        provider = provider or provider_of(answer)
        model = model or next(filter(None, (_text(_get(answer, name)) for name in _MODEL)), None)
    # A call without a model would be taken for one to a supplier, which has no tokens to pay for.
    model = model or asked
    made: dict[str, Any] = {}
    for name, value in (("provider", provider), ("model", model), ("asked", asked)):
        if value:
            made[name] = value[:_LONGEST_NAME]
    if found is not None:
        made["usage"] = {name: found.get(name) for name in _PROBITY}
    if services:
        made["services"] = dict(services)
    if own_key:
        made["own_key"] = True
    source = source or (_source(found) if answer is not None else None)
    if source:
        made["source"] = source
    return made


def tokens(told: Any) -> dict[str, Optional[int]]:
    """The counters of OpenAI, Anthropic, Gemini or LiteLLM, as Probity counts them."""
    if told is None:
        return {}
    if any(_get(told, name) is not None for name in ("prompt_tokens", "completion_tokens")):
        return _chat(told)
    if _is_gemini(told):
        return _gemini(told)
    if _is_anthropic(told):
        return _anthropic(told)
    if _get(told, "input_tokens") is not None or _get(told, "output_tokens") is not None:
        return _responses(told)
    return {name: _count(_get(told, name)) for name in _PROBITY}


def _chat(told: Any) -> dict[str, Optional[int]]:
    read, written = _get(told, "prompt_tokens_details"), _get(told, "completion_tokens_details")
    # LiteLLM tells Anthropic's counters beside OpenAI's.
    cached = _first(_get(read, "cached_tokens"), _get(told, "cache_read_input_tokens"))
    cached = _first(cached, _get(told, "prompt_cache_hit_tokens"))
    stored = _first(_get(read, "cache_write_tokens"), _get(told, "cache_creation_input_tokens"))
    output = _count(_get(told, "completion_tokens"))
    if output is None and _get(told, "total_tokens") == _get(told, "prompt_tokens"):
        output = 0  # Embeddings write nothing.
    return _openai(
        _count(_get(told, "prompt_tokens")),
        output,
        _count(_get(told, "total_tokens")),
        _count(cached),
        _count(stored),
        _count(_get(written, "reasoning_tokens")),
    )


def _responses(told: Any) -> dict[str, Optional[int]]:
    read, written = _get(told, "input_tokens_details"), _get(told, "output_tokens_details")
    return _openai(
        _count(_get(told, "input_tokens")),
        _count(_get(told, "output_tokens")),
        _count(_get(told, "total_tokens")),
        _count(_get(read, "cached_tokens")),
        _count(_get(read, "cache_write_tokens")),
        _count(_first(_get(written, "reasoning_tokens"), _get(written, "thinking_tokens"))),
    )


def _openai(
    read: Optional[int],
    written: Optional[int],
    total: Optional[int],
    cached: Optional[int],
    stored: Optional[int],
    thought: Optional[int],
) -> dict[str, Optional[int]]:
    if read is not None and written is not None and total is not None:
        # Where they do not add up, what is missing was written.
        written = max(written, total - read)
    counted = (read, cached, stored, written, thought)
    return dict(zip(_PROBITY, counted))


def _anthropic(told: Any) -> dict[str, Optional[int]]:
    read = _count(_get(told, "input_tokens"))
    cached = _count(_get(told, "cache_read_input_tokens"))
    stored = _count(_get(told, "cache_creation_input_tokens"))
    if read is not None:
        # Its input is beside the cache.
        read += (cached or 0) + (stored or 0)
    thought = _count(_get(_get(told, "output_tokens_details"), "thinking_tokens"))
    counted = (read, cached, stored, _count(_get(told, "output_tokens")), thought)
    return dict(zip(_PROBITY, counted))


def _gemini(told: Any) -> dict[str, Optional[int]]:
    counts = [_count(_first(_get(told, name), _get(told, other))) for name, other in _GEMINI]
    read, tools, cached, written, thought = counts
    if read is not None:
        # What its tools read is beside its input, and its thoughts beside its output.
        read += tools or 0
    if written is not None or thought is not None:
        written = (written or 0) + (thought or 0)
    return dict(zip(_PROBITY, (read, cached, None, written, thought)))


def _is_gemini(told: Any) -> bool:
    return any(_get(told, name) is not None for names in _GEMINI for name in names)


def _metadata(answer: Any) -> Any:
    return _first(_get(answer, "usageMetadata"), _get(answer, "usage_metadata"))


def _is_anthropic(told: Any) -> bool:
    if type(told).__module__.startswith("anthropic"):
        return True
    names = ("cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation")
    return any(_has(told, name) for name in names)


def _is_usage(answer: Any) -> bool:
    if any(_get(answer, name) is not None for name in _COUNTS) or _is_gemini(answer):
        return True
    return isinstance(answer, Mapping) and bool(answer) and set(answer) <= set(_PROBITY)


def _is_answer(answer: Any) -> bool:
    """Is it an answer whose usage was not told?"""
    return _has(answer, "usage") or provider_of(answer) is not None


def provider_of(answer: Any) -> Optional[str]:
    """Whose model it was, as far as the library says so."""
    hidden = getattr(answer, "_hidden_params", None)
    told = _text(_get(hidden, "custom_llm_provider")) if hidden else None
    library = type(answer).__module__.split(".")[0]
    if told or library == "litellm":
        return told
    if library in ("openai", "anthropic"):
        return library
    if _metadata(answer) is not None:
        return "gemini"
    kind = _get(answer, "object") or _get(answer, "type")
    known = {"chat.completion": "openai", "response": "openai", "message": "anthropic"}
    return known.get(kind) if isinstance(kind, str) else None


def _source(found: Optional[Mapping[str, Optional[int]]]) -> str:
    known = [(found or {}).get(name) is not None for name in ("input", "output")]
    return "provider" if all(known) else "partial" if any(known) else "none"


def _first(one: Any, other: Any) -> Any:
    return other if one is None else one


def _has(of: Any, name: str) -> bool:
    return name in of if isinstance(of, Mapping) else hasattr(of, name)


def _get(of: Any, name: str) -> Any:
    if isinstance(of, Mapping):
        return of.get(name)
    return getattr(of, name, None)


def _text(value: Any) -> Optional[str]:
    return value if isinstance(value, str) and value else None


def _count(value: Any) -> Optional[int]:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
    return value if is_count else None
