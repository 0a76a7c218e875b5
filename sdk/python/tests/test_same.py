"""Calls with the same key at the same time: one does the work, and no other ends its run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from probity import AlreadyRunning, AsyncProbity, Probity, Retries, Unavailable

from proxy import Proxy
from served import Server

FAST = Retries(most=1, first=0.001, longest=0.002)
REFUSED = b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\nretry-after: 0\r\n\r\n"


class Oops(Exception):
    pass


@pytest.fixture
def elsewhere(server: Server) -> Iterator[Probity]:
    """Another process, as far as the first can tell."""
    with Probity(server.url, server.live) as probity:
        yield probity


@pytest.fixture
def asked(customer: str) -> dict[str, Any]:
    return {
        "action": "tailor_document",
        "customer": customer,
        "artifact": "d",
        "key": f"k-{customer}",
    }


def test_a_run_that_is_worked_on_is_neither_done_again_nor_ended(
    probity: Probity, elsewhere: Probity, asked: dict[str, Any], used: Any
) -> None:
    with probity.run(**asked) as first:
        for other in (probity, elsewhere):
            with pytest.raises(AlreadyRunning) as raised:
                with other.run(**asked):
                    raise AssertionError("done twice")
            error = raised.value
            assert (error.run, error.key) == (first.id, asked["key"])
            assert (error.code, error.status) == ("idempotency_in_progress", 409)
            assert "continue_run" in error.detail
            assert "continue_run" not in error.problem["detail"]
            with pytest.raises(AlreadyRunning):
                other.start(**asked)
        assert probity.receipt(str(first.id)).status == "held"
    assert (first.receipt.outcome, used()) == ("delivered", 5)
    with elsewhere.run(**asked) as again:
        assert again.replayed and again.id == first.id
    assert used() == 5


async def test_the_same_awaited(
    aprobity: AsyncProbity, server: Server, probity: Probity, asked: dict[str, Any], used: Any
) -> None:
    async with AsyncProbity(server.url, server.live) as elsewhere:
        async with aprobity.run(**asked) as first:
            for other in (aprobity, elsewhere):
                with pytest.raises(AlreadyRunning) as raised:
                    async with other.run(**asked):
                        raise AssertionError("done twice")
                assert raised.value.run == first.id
                # Who is cancelled while they ask gives nothing back that is not theirs.
                asking = asyncio.ensure_future(other.start(**asked))
                await asyncio.sleep(0)
                asking.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await asking
                while other._tasks:
                    await asyncio.gather(*other._tasks, return_exceptions=True)
            assert probity.receipt(str(first.id)).status == "held"
    assert (first.receipt.outcome, used()) == ("delivered", 5)


def test_who_knows_that_nobody_works_on_it_goes_on_with_it(
    probity: Probity, elsewhere: Probity, asked: dict[str, Any], used: Any
) -> None:
    elsewhere.start(**asked)
    with pytest.raises(AlreadyRunning) as raised:
        probity.start(**asked)
    with probity.continue_run(raised.value.run):
        pass
    assert used() == 5


def test_in_shadow_nothing_is_stopped_and_the_second_tells_no_end(
    probity: Probity, elsewhere: Probity, customer: str
) -> None:
    asked = {"customer": customer, "quantity": 4, "key": f"k-{customer}"}
    with probity.run("process_documents", **asked) as first:
        with pytest.raises(Oops):
            with elsewhere.run("process_documents", **asked) as second:
                second.attempt(services={"email_lookup": 1})
                raise Oops
        assert second.replayed and second.id == first.id
        assert second.receipt.status == "held"
    assert (first.receipt.outcome, first.receipt.mode) == ("delivered", "shadow")
    assert len(probity.receipt(str(first.id)).raw["attempts"]) == 1


async def test_in_shadow_awaited(
    aprobity: AsyncProbity, server: Server, probity: Probity, customer: str
) -> None:
    asked = {"customer": customer, "quantity": 4, "key": f"k-{customer}"}
    async with AsyncProbity(server.url, server.live) as elsewhere:
        async with aprobity.run("process_documents", **asked) as first:
            with pytest.raises(asyncio.CancelledError):
                async with elsewhere.run("process_documents", **asked):
                    raise asyncio.CancelledError
            assert probity.receipt(str(first.id)).status == "held"
    assert first.receipt.outcome == "delivered"


def test_what_was_lost_on_the_way_is_our_own_and_nobody_elses(
    server: Server, probity: Probity, asked: dict[str, Any], used: Any
) -> None:
    proxy = Proxy(server.address)
    with Probity(proxy.url, server.live, retries=FAST) as shaky:
        proxy.path, proxy.faults = "/v1/runs ", ["drop_after", "drop_after"]
        with pytest.raises(Unavailable) as raised:
            shaky.start(**asked)
        assert raised.value.applied == "unknown"
        with shaky.run(**asked) as run:
            assert not run.replayed
        assert used() == 5
        # A try that was refused applied nothing: what is there is somebody else's.
        other = {**asked, "artifact": "e", "key": asked["key"] + "-2"}
        begun = probity.start(**other)
        proxy.faults = [REFUSED]
        with pytest.raises(AlreadyRunning) as running:
            shaky.start(**other)
        assert running.value.run == begun.id and not proxy.faults
    proxy.end()


def test_a_try_of_ours_that_is_lost_is_not_taken_for_the_first_call_of_another(
    server: Server, asked: dict[str, Any], used: Any
) -> None:
    proxy = Proxy(server.address)
    with Probity(proxy.url, server.live, retries=FAST) as shaky:
        with shaky.run(**asked) as first:
            proxy.path, proxy.faults = "/v1/runs ", ["drop_after"]
            with pytest.raises(AlreadyRunning):
                with shaky.run(**asked):
                    raise AssertionError("done twice")
            assert not proxy.faults
    assert (first.receipt.outcome, used()) == ("delivered", 5)
    proxy.end()
