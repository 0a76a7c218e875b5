"""A real LiteLLM against an AI provider that is made up. It has an environment of its own."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest

from probity import AsyncProbity, Probity

from served import Process, Server, until

# Prices of models are not asked for on the network.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
import litellm  # noqa: E402

from probity.litellm import ProbityLogger  # noqa: E402

HELLO: Any = [{"role": "user", "content": "Hello"}]


@pytest.fixture(scope="session", autouse=True)
def booked(server: Server) -> None:
    """One for all: LiteLLM keeps the first of a kind."""
    litellm.callbacks = [ProbityLogger(Probity(server.url, server.live))]


def asked(upstream: Process, model: str = "openai/gpt-4.1", **more: Any) -> Any:
    base = upstream.url + ("/v1" if model.startswith("openai") else "")
    known = {"api_base": base, "api_key": "theirs", "max_retries": 0}
    return {"model": model, "messages": HELLO, **known, **more}


def attempts(probity: Probity, run: Any, n: int) -> Any:
    """LiteLLM tells ends a moment later, from threads of its own."""
    return until(lambda: probity.receipt(run.id).attempts or [], lambda made: len(made) >= n)


def test_calls_within_a_run_are_its_attempts(
    probity: Probity, customer: str, upstream: Process
) -> None:
    with probity.run("tailor_document", customer=customer, artifact="d1") as run:
        answer = litellm.completion(**asked(upstream))
        assert answer.choices[0].message.content
        events = litellm.completion(**asked(upstream, stream=True))
        assert "".join(event.choices[0].delta.content or "" for event in events)
        claude = asked(upstream, "anthropic/claude-sonnet-4-5")
        assert litellm.completion(**claude).choices[0].message.content
        with pytest.raises(litellm.RateLimitError):
            litellm.completion(**asked(upstream, extra_headers={"Fake-Fault": "status-429"}))
    made = attempts(probity, run, 4)
    assert {one["provider"] for one in made} == {"openai", "anthropic"}
    good = [one for one in made if one["usage"]["input"]]
    assert len(good) == 3 and all(one["usage"]["output"] for one in good)
    assert len(made) == 4
    # What an answer told can be given by hand, too.
    with probity.run("tailor_document", customer=customer, artifact="d2") as by_hand:
        by_hand.attempt(answer)
    (one,) = by_hand.receipt.attempts
    assert (one["provider"], one["usage"]["output"] > 0) == ("openai", True)


def test_metadata_names_a_run(probity: Probity, customer: str, upstream: Process) -> None:
    run = probity.start("tailor_document", customer=customer, artifact="d1")
    litellm.completion(**asked(upstream, metadata={"probity_run": run.id}))
    assert len(attempts(probity, run, 1)) == 1
    run.end()
    litellm.completion(**asked(upstream, metadata={"probity_run": run.id}))
    assert len(attempts(probity, run, 2)) == 2
    litellm.completion(**asked(upstream))  # Nobody's: nothing is booked.


async def test_the_same_awaited(
    aprobity: AsyncProbity, probity: Probity, customer: str, upstream: Process
) -> None:
    async with aprobity.run("tailor_document", customer=customer, artifact="d1") as run:
        await litellm.acompletion(**asked(upstream))
        events = await litellm.acompletion(**asked(upstream, stream=True))
        async for _ in events:
            pass
    made = await asyncio.to_thread(attempts, probity, run, 2)
    assert len(made) == 2 and all(one["usage"]["input"] for one in made)
