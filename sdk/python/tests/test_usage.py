"""Usage from the real client libraries, against an AI provider that is made up."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import anthropic
import openai
import pytest

from probity import AsyncProbity, NotRecognized, Probity
from probity import anthropic as ours
from probity import openai as theirs
from probity.usage import attempt, tokens

from served import ROOT, Process

CASES = json.loads((ROOT / "sdk" / "fixtures" / "usage.json").read_text())["cases"]
HELLO: Any = [{"role": "user", "content": "Hello"}]
CLAUDE: Any = {"model": "claude-sonnet-4-5", "max_tokens": 50, "messages": HELLO}
TAILOR = {"action": "tailor_document", "artifact": "draft_9"}


@pytest.fixture
def client(upstream: Process) -> openai.OpenAI:
    return openai.OpenAI(base_url=upstream.url + "/v1", api_key="theirs", max_retries=0)


@pytest.fixture
def claude(upstream: Process) -> anthropic.Anthropic:
    return anthropic.Anthropic(base_url=upstream.url, api_key="theirs", max_retries=0)


def chat(client: Any, fault: str = "ok", **more: Any) -> Any:
    headers = {"Fake-Fault": fault}
    return client.chat.completions.create(
        model="gpt-4.1", messages=HELLO, extra_headers=headers, **more
    )


def brief(made: Any) -> Any:
    """What counts of an attempt."""
    told = made["usage"] or {}
    return made["provider"], made.get("model"), told.get("input"), told.get("output")


def test_answers_are_recognized(
    probity: Probity, customer: str, client: openai.OpenAI, claude: anthropic.Anthropic
) -> None:
    with probity.run(**TAILOR, customer=customer) as run:
        answer = chat(client)
        run.attempt(answer)
        run.attempt(answer.model_dump())
        run.attempt(answer.usage, model="gpt-4.1")
        run.attempt(chat(client, "cached"))
        run.attempt(client.responses.create(model="gpt-4.1", input="Hello"))
        run.attempt(claude.messages.create(**CLAUDE))
        run.attempt(claude.messages.create(**CLAUDE, extra_headers={"Fake-Fault": "cached"}))
        run.attempt(provider="mapbox", services={"geocode": 2})
    made = run.receipt.attempts
    assert len(made) == 8
    whole, cached = made[0], made[3]
    assert whole["provider"] == "openai" and whole["model"] == "gpt-4.1"
    assert [one["usage"] for one in made[1:3]] == [whole["usage"]] * 2
    assert whole["usage"]["input"] > 0 < whole["usage"]["output"]
    assert cached["usage"]["cache_read"] > 0
    assert cached["usage"]["input"] >= cached["usage"]["cache_read"]
    assert (made[4]["provider"], made[5]["provider"]) == ("openai", "anthropic")
    stored = made[6]["usage"]
    assert stored["input"] > stored["cache_read"] > 0, "the cache is part of the input"
    assert made[7]["services"] == {"geocode": 2}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_recorded_answers_are_counted_as_the_gateway_counts_them(case: Any) -> None:
    answer, told = case["answer"], case["usage"]
    made = attempt(answer)
    known = {name: n for name, n in (made.get("usage") or {}).items() if n is not None}
    is_whole = "input" in told and "output" in told
    assert known == told
    assert made["source"] == ("provider" if is_whole else "partial" if told else "none")
    assert made["model"] == answer.get("model", answer.get("modelVersion"))
    alone = answer.get("usage", answer.get("usageMetadata"))
    assert {name: n for name, n in tokens(alone).items() if n is not None} == told
    # Client libraries answer with objects.
    assert attempt(thing(answer)).get("usage") == made.get("usage")


def thing(of: Any) -> Any:
    if isinstance(of, dict):
        return SimpleNamespace(**{snake(name): thing(value) for name, value in of.items()})
    return [thing(one) for one in of] if isinstance(of, list) else of


def snake(name: str) -> str:
    """As Google's client names what its API has in one word."""
    return re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name)


def test_what_nobody_knows_is_not_taken_for_an_attempt() -> None:
    with pytest.raises(NotRecognized):
        attempt(object())
    with pytest.raises(NotRecognized):
        attempt("an answer")
    assert tokens({"prompt_tokens": True, "completion_tokens": -1}) == dict.fromkeys(
        ["input", "cache_read", "cache_write", "output", "reasoning"]
    )
    # They do not add up: what is missing was written.
    told = {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 10}
    assert tokens(told)["output"] == 5
    assert attempt({"prompt_tokens": 5, "total_tokens": 5})["usage"]["output"] == 0


def test_a_tracked_client_books_every_call(
    probity: Probity, customer: str, client: openai.OpenAI, claude: anthropic.Anthropic
) -> None:
    with probity.run(**TAILOR, customer=customer) as run:
        tracked, tracked_claude = theirs.track(run, client), ours.track(run, claude)
        assert isinstance(tracked, openai.OpenAI)
        assert chat(tracked).choices[0].message.content
        stream = chat(tracked, stream=True)
        assert isinstance(stream, openai.Stream)
        text = "".join(event.choices[0].delta.content or "" for event in stream)
        with tracked.responses.stream(model="gpt-4.1", input="Hello") as events:
            assert events.until_done().get_final_response().output_text == text
        assert tracked_claude.messages.create(**CLAUDE).content
        with tracked_claude.messages.stream(**CLAUDE) as answer:
            assert answer.get_final_text() == text
        raw = tracked.chat.completions.with_raw_response.create(model="gpt-4.1", messages=HELLO)
        assert raw.parse().usage
        chat(client)  # The client itself is left alone.
    made = [brief(one) for one in run.receipt.attempts]
    assert len(made) == 6 and all(one[2] and one[3] for one in made)
    assert {one[0] for one in made} == {"openai", "anthropic"}
    assert made[0] == made[1] == made[5] and made[3][:2] == ("anthropic", "claude-sonnet-4-5")


def test_calls_that_come_to_nothing_are_booked_as_such(
    probity: Probity, customer: str, client: openai.OpenAI
) -> None:
    with probity.run(**TAILOR, customer=customer) as run:
        tracked = theirs.track(run, client)
        with pytest.raises(openai.RateLimitError):
            chat(tracked, "status-429")
        with pytest.raises(openai.APIConnectionError):
            chat(tracked, "cut")
        list(chat(tracked, "truncate", stream=True))
        left = chat(tracked, stream=True)
        next(left)
        left.close()
        unread = chat(tracked, stream=True)
        chat(tracked, "no-usage")
    unread.close()
    refused, cut, truncated, closed, silent, never = run.receipt.attempts
    assert (refused["usage"]["input"], refused["usage"]["output"]) == (0, 0)
    for one in (cut, truncated, closed, silent, never):
        assert one["source"] == "none" and one.get("cost") is None, one
    assert all(one["asked"] == "gpt-4.1" for one in run.receipt.attempts)


def test_usage_that_was_asked_for_is_shown(
    probity: Probity, customer: str, client: openai.OpenAI
) -> None:
    with probity.run(**TAILOR, customer=customer) as run:
        tracked = theirs.track(None, client)
        events = list(chat(tracked, stream=True, stream_options={"include_usage": True}))
        assert events[-1].usage and not events[-1].choices
    assert len(run.receipt.attempts) == 1
    list(chat(tracked, stream=True))  # Outside of any run nothing is booked, and nothing changed.


async def test_the_same_awaited(aprobity: AsyncProbity, customer: str, upstream: Process) -> None:
    client = openai.AsyncOpenAI(base_url=upstream.url + "/v1", api_key="theirs", max_retries=0)
    claude = anthropic.AsyncAnthropic(base_url=upstream.url, api_key="theirs", max_retries=0)
    async with aprobity.run(**TAILOR, customer=customer) as run:
        tracked, tracked_claude = theirs.track(run, client), ours.track(run, claude)
        assert (await chat(tracked)).choices[0].message.content
        text = ""
        async for event in await chat(tracked, stream=True):
            text += event.choices[0].delta.content or ""
        async with tracked.responses.stream(model="gpt-4.1", input="Hello") as events:
            final = await events.get_final_response()
            assert final.output_text == text
        assert (await tracked_claude.messages.create(**CLAUDE)).content
        async with tracked_claude.messages.stream(**CLAUDE) as answer:
            assert await answer.get_final_text() == text
        with pytest.raises(openai.InternalServerError):
            await chat(tracked, "status-500")
    made = [brief(one) for one in run.receipt.attempts]
    assert len(made) == 6 and all(one[2] and one[3] for one in made[:5])


async def test_a_call_that_is_known_late_is_still_booked(
    aprobity: AsyncProbity, probity: Probity, customer: str
) -> None:
    with probity.run(**TAILOR, customer=customer) as run:
        pass
    run.attempt(provider="openai", model="gpt-4.1", usage={"input": 5, "output": 7})
    assert len(probity.receipt(run.id).attempts) == 1
    async with aprobity.run("tailor_document", customer=customer, artifact="a2") as later:
        pass
    later.attempt(provider="openai", model="gpt-4.1", usage={"input": 5, "output": 7})
    await aprobity.aclose()
    assert len(probity.receipt(later.id).attempts) == 1
