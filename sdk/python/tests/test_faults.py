"""A network that drops, servers that are away: nothing is charged twice, nothing is swallowed."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from probity import (
    AlreadyRunning,
    AsyncProbity,
    Denied,
    NotTold,
    Probity,
    ProbityError,
    Retries,
    Unavailable,
)
from probity.generated.api.default import get_v1_customers_id_wallet, post_v1_batch
from probity.generated.models import Batch

from proxy import AWAY, BUSY, Proxy, problem
from served import Server

FAST = Retries(most=4, first=0.001, longest=0.002)
TAILOR = {"action": "tailor_document", "artifact": "draft_9"}


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    proxy = Proxy(server.address)
    yield proxy
    proxy.end()


@pytest.fixture
def shaky(server: Server, proxy: Proxy) -> Iterator[Probity]:
    with Probity(proxy.url, server.live, retries=FAST) as probity:
        yield probity


@pytest.mark.parametrize("fault", ["drop_after", "drop_before", AWAY, BUSY])
@pytest.mark.parametrize("path", ["/v1/runs ", "/settle "])
def test_a_fault_at_any_write_charges_once(
    shaky: Probity, proxy: Proxy, customer: str, used: Any, fault: Any, path: str
) -> None:
    proxy.path, proxy.faults = path, [fault, fault]
    with shaky.run(**TAILOR, customer=customer) as run:
        pass
    assert not proxy.faults
    assert (run.receipt.charged, used()) == (5, 5)
    wallet = shaky.wallet(customer)
    assert (wallet.held, len(shaky.receipts(customer))) == (0, 1)
    sent = proxy.requests(path)
    keys = {line for request in sent for line in request.split(b"\r\n") if b"dempotency-" in line}
    assert len(sent) == 3 and len(keys) == 1


async def test_the_same_awaited(
    server: Server, proxy: Proxy, probity: Probity, customer: str, used: Any
) -> None:
    async with AsyncProbity(proxy.url, server.live, retries=FAST) as shaky:
        proxy.path, proxy.faults = "/v1/runs", ["drop_after", AWAY, "drop_before", "drop_after"]
        async with shaky.run(**TAILOR, customer=customer) as run:
            pass
    assert (run.receipt.charged, used(), len(probity.receipts(customer))) == (5, 5, 1)


def test_every_other_write_is_done_once(shaky: Probity, proxy: Proxy, customer: str) -> None:
    proxy.path, proxy.faults = f"/v1/customers/{customer}/", ["drop_after"]
    shaky.grant(customer, "gift", "10", reason="hello")
    proxy.faults = ["drop_after"]
    shaky.top_up(customer, f"pi_{customer}", "50", paid={"amount": "5.00", "currency": "USD"})
    assert shaky.wallet(customer).balance == 180
    # With the generated client, too: keys stand in the items of a batch.
    body = {**TAILOR, "customer": customer, "outcome": "delivered"}
    proxy.path, proxy.faults = "/v1/batch", ["drop_after"]
    batch = Batch.from_dict({"items": [{"do": "run", "body": body}]})
    answer = post_v1_batch.sync(client=shaky.raw, body=batch)
    assert answer is not None and answer.to_dict()["items"][0]["status"] == 201
    wallet = get_v1_customers_id_wallet.sync(customer, client=shaky.raw)
    assert wallet.to_dict()["balance"] == "175" and len(shaky.receipts(customer)) == 1


def test_what_stays_away_is_told_with_what_is_known(
    shaky: Probity, proxy: Proxy, customer: str, used: Any
) -> None:
    proxy.path, proxy.faults = "/v1/runs", ["drop_after"] * 9
    with pytest.raises(Unavailable) as raised:
        with shaky.run(**TAILOR, customer=customer):
            raise AssertionError("the work is not begun")
    away = raised.value
    assert (away.code, away.applied) == ("unreachable", "unknown") and away.key
    proxy.faults = []
    # The same key finds out: it was applied, once.
    with shaky.run(**TAILOR, customer=customer, key=away.key) as run:
        pass
    assert (run.receipt.charged, used(), len(shaky.receipts(customer))) == (5, 5, 1)

    nobody = Probity("http://127.0.0.1:9", "sk_live_x", retries=FAST)
    with pytest.raises(Unavailable) as raised:
        nobody.start(**TAILOR, customer=customer)
    assert (raised.value.code, raised.value.applied) == ("unreachable", False)
    proxy.path, proxy.faults = "/wallet", [AWAY] * 9
    with pytest.raises(Unavailable) as raised:
        shaky.wallet(customer)
    assert (raised.value.code, raised.value.status) == ("status_503", 503)


OPEN = problem(503, "billing_unavailable", "unknown")
OVERLOADED = problem(503, "overloaded", False)
REFUSED = problem(401, "unauthenticated", False)
UNFIT = problem(422, "invalid_request", False)


@pytest.mark.parametrize(
    ("tries", "applied"),
    [
        ([AWAY, "away"], "unknown"),
        ([OPEN, "away"], "unknown"),
        ([OPEN, OVERLOADED], "unknown"),
        (["drop_after", OVERLOADED], "unknown"),
        (["drop_before", REFUSED], "unknown"),
        ([OPEN, REFUSED], "unknown"),
        ([AWAY, problem(429, "slow_down", False)], "unknown"),
        # The key was looked up: nothing had come of it.
        (["drop_before", UNFIT], False),
        ([OVERLOADED, "away"], False),
        ([OVERLOADED, OVERLOADED], False),
        ([REFUSED], False),
    ],
)
def test_what_an_answer_leaves_open_stays_open(
    server: Server, proxy: Proxy, tries: list[Any], applied: Any
) -> None:
    proxy.path, proxy.faults = "/settle", list(tries)
    with Probity(proxy.url, server.live, retries=Retries(most=1, first=0.001)) as probity:
        with pytest.raises(ProbityError) as raised:
            probity.settle("run_1", {"outcome": "delivered"})
    assert raised.value.applied == applied
    assert raised.value.problem.get("applied", applied) == applied


def test_a_denial_after_a_try_that_was_lost_is_a_denial(
    shaky: Probity, proxy: Proxy, poor: str
) -> None:
    proxy.path, proxy.faults = "/v1/runs", ["drop_before"]
    with pytest.raises(Denied) as raised:
        shaky.start("enrich_market_map", customer=poor, artifact="map_1")
    assert raised.value.applied is False and "applied all the same" not in raised.value.detail


def test_reading_is_never_in_doubt(shaky: Probity, proxy: Proxy, customer: str) -> None:
    for fault in ("drop_before", AWAY):
        proxy.path, proxy.faults = "/wallet", [fault] * 9
        with pytest.raises(Unavailable) as raised:
            shaky.wallet(customer)
        assert (raised.value.applied, raised.value.key) == (False, None)
        # Nor is asking what would be: it writes nothing.
        proxy.path, proxy.faults = "/v1/check", [fault] * 9
        with pytest.raises(Unavailable) as raised:
            shaky.check(**TAILOR, customer=customer)
        assert (raised.value.applied, raised.value.key) == (False, None)


def test_an_end_that_cannot_be_told_is_not_swallowed(
    shaky: Probity, proxy: Proxy, customer: str, used: Any
) -> None:
    proxy.path, proxy.faults = "/settle", ["drop_before"] * 9
    with pytest.raises(NotTold) as raised:
        with shaky.run(**TAILOR, customer=customer) as run:
            pass
    untold = raised.value
    assert untold.run == run.id and used() == 0 and run.untold is untold
    proxy.faults = []
    assert shaky.settle(untold.run, untold.report, key=untold.key).charged == 5

    # An exception of the block's own is never hidden by it.
    proxy.faults = ["drop_before"] * 9
    with pytest.raises(ZeroDivisionError):
        with shaky.run(action="tailor_document", artifact="d2", customer=customer) as run:
            raise ZeroDivisionError
    assert isinstance(run.untold, NotTold) and run.untold.report["outcome"] == "failed"


def test_a_call_that_cannot_be_booked_late_breaks_no_work(
    server: Server, proxy: Proxy, customer: str, caplog: Any
) -> None:
    told: list[ProbityError] = []
    with Probity(proxy.url, server.live, retries=FAST, on_away=told.append) as probity:
        with probity.run(**TAILOR, customer=customer) as run:
            pass
        proxy.path, proxy.faults = "/attempts", ["drop_before"] * 9
        run.attempt(provider="openai", model="gpt-4.1", usage={"input": 5, "output": 7})
    assert isinstance(told[0], Unavailable) and "could not be booked" in caplog.text


def test_work_may_go_on_while_probity_is_away(
    server: Server, proxy: Proxy, customer: str, used: Any, caplog: Any
) -> None:
    told: list[ProbityError] = []
    settings: Any = {"retries": FAST, "when_away": "go_on", "on_away": told.append}
    with Probity(proxy.url, server.live, **settings) as probity:
        proxy.path, proxy.faults = "/v1/runs", ["drop_before"] * 5
        with caplog.at_level(logging.ERROR, "probity"):
            with probity.run(**TAILOR, customer=customer) as run:
                run.attempt(provider="openai", usage={"input": 1})
        assert (run.id, run.receipt, run.words, used()) == (None, None, "", 0)
        assert run.away is told[0] and "uncharged" in caplog.text
        # The end is away: said in the same way, and not raised.
        proxy.path, proxy.faults = "/settle", ["drop_before"] * 5
        with probity.run(**TAILOR, customer=customer) as run:
            pass
        assert isinstance(told[1], NotTold) and run.untold is told[1]
        # A refusal is an answer: it is obeyed.
        with pytest.raises(ProbityError):
            with probity.run("tailor_document", customer=customer, artifact="x", max_price="1"):
                raise AssertionError("the work is not begun")


def test_the_server_begins_anew_in_the_middle(tmp_path: Path) -> None:
    server = Server(tmp_path)
    retries = Retries(most=200, first=0.05, longest=0.05)
    with Probity(server.url, server.live, retries=retries) as probity:
        probity.customer("ana", plan="pro")
        with probity.run(**TAILOR, customer="ana") as run:
            server.end()
            again: list[Server] = []
            begins = threading.Thread(target=lambda: again.append(server.again()))
            begins.start()
        begins.join()
        assert run.receipt.charged == 5 and probity.wallet("ana").balance == 115
        again[0].end()


def test_long_work_gets_more_time_by_itself(
    server: Server, proxy: Proxy, probity: Probity, customer: str
) -> None:
    extended, n = threading.Event(), [0]

    def heard(request: bytes) -> None:
        n[0] += b"/extend" in request
        if n[0] == 2:
            extended.set()

    proxy.on_heard(heard)
    with Probity(proxy.url, server.live, retries=FAST) as shaky:
        with shaky.run(**TAILOR, customer=customer, hold_for="2 seconds") as run:
            assert extended.wait(30)
    assert (run.receipt.charged, run.receipt.late) == (5, False)


async def test_long_work_gets_more_time_awaited(
    server: Server, proxy: Proxy, customer: str
) -> None:
    extended, loop = asyncio.Event(), asyncio.get_running_loop()

    def heard(request: bytes) -> None:
        if b"/extend" in request:
            loop.call_soon_threadsafe(extended.set)

    proxy.on_heard(heard)
    async with AsyncProbity(proxy.url, server.live, retries=FAST) as shaky:
        async with shaky.run(**TAILOR, customer=customer, hold_for="2 seconds") as run:
            await asyncio.wait_for(extended.wait(), 30)
        assert run._keeping is not None
    assert (run.receipt.charged, run.receipt.late) == (5, False)
    assert run._keeping.done()


def test_what_should_not_be_tried_again_is_not(proxy: Proxy, server: Server) -> None:
    refused = (
        b"HTTP/1.1 503 x\r\nx-should-retry: false\r\ncontent-type: application/problem+json\r\n"
        b'content-length: 62\r\n\r\n{"code":"billing_unavailable","applied":"unknown","detail":""}'
    )
    proxy.path, proxy.faults = "/v1/runs", [refused, refused]
    with Probity(proxy.url, server.live, retries=FAST) as probity:
        with pytest.raises(Unavailable) as raised:
            probity.start(**TAILOR, customer="ana")
    assert (raised.value.code, raised.value.applied) == ("billing_unavailable", "unknown")
    assert len(proxy.heard) == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nlocation: /login\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>",
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\nnull",
    ],
)
def test_what_is_no_answer_of_probity_is_away(
    shaky: Probity, proxy: Proxy, customer: str, answer: bytes
) -> None:
    proxy.path, proxy.faults = "/v1/", [answer, answer]
    with pytest.raises(Unavailable) as raised:
        shaky.wallet(customer)
    assert (raised.value.applied, raised.value.key) == (False, None)
    with pytest.raises(Unavailable) as raised:
        shaky.start(**TAILOR, customer=customer)
    assert raised.value.applied == "unknown" and raised.value.key
    assert raised.value.code == f"status_{raised.value.status}" and not proxy.faults


def test_a_try_of_our_own_is_no_repeat(shaky: Probity, proxy: Proxy, customer: str) -> None:
    key = f"job-{customer}"
    proxy.path, proxy.faults = "/v1/runs ", ["drop_after"]
    begun = shaky.start(**TAILOR, customer=customer, key=key)
    assert not begun.replayed and not proxy.faults
    with pytest.raises(AlreadyRunning) as raised:
        shaky.start(**TAILOR, customer=customer, key=key)
    assert raised.value.run == begun.id


def test_a_denial_stands(shaky: Probity, proxy: Proxy, customer: str) -> None:
    held = [shaky.start("tailor_document", customer=customer, artifact=f"d{n}") for n in range(5)]
    asked = len(proxy.heard)
    with pytest.raises(Denied) as raised:
        shaky.start("tailor_document", customer=customer, artifact="d5")
    assert (raised.value.code, raised.value.status) == ("too_many_at_once", 429)
    assert raised.value.ways_forward and len(proxy.heard) == asked + 1
    for run in held:
        shaky.release(str(run.id))


def test_pauses_are_as_long_as_was_asked_for(server: Server, customer: str) -> None:
    from probity.transport import Transport

    pauses: list[float] = []
    patient = AWAY.replace(b"retry-after: 0", b"retry-after: 3")
    proxy = Proxy(server.address)
    proxy.path, proxy.faults = "/wallet", [patient, AWAY]
    with Probity(proxy.url, server.live) as probity:
        transport = probity._client._transport
        assert isinstance(transport, Transport)
        transport._sleep = pauses.append
        assert probity.wallet(customer).balance == 120
    proxy.end()
    assert 3 <= pauses[0] < 3.2 and 0 < pauses[1] <= 0.4


def test_a_date_to_ask_again_is_by_the_clock_of_who_says_it(server: Server, customer: str) -> None:
    theirs = formatdate(time.time() + 3600, usegmt=True).encode()
    away = AWAY.replace(b"retry-after: 0", b"date: " + theirs + b"\r\nretry-after: " + theirs)
    proxy = Proxy(server.address)
    proxy.path, proxy.faults = "/wallet", [away, AWAY.replace(b"after: 0", b"after: \xb2")]
    with Probity(proxy.url, server.live, retries=FAST) as probity:
        assert probity.wallet(customer).available == 120
    assert not proxy.faults
    proxy.end()


def test_whoever_is_told_of_trouble_may_fail(
    server: Server, proxy: Proxy, customer: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(error: ProbityError) -> None:
        raise OSError("the disk is full")

    told = {"retries": Retries(most=0), "when_away": "go_on", "on_away": fails}
    with Probity(proxy.url, server.live, **told) as probity:
        proxy.path, proxy.faults = "/v1/runs ", ["drop_before"]
        with probity.run(**TAILOR, customer=customer) as run:
            done = True
        assert done and run.away is not None
        proxy.path, proxy.faults = "/settle ", ["drop_before"]
        with pytest.raises(ZeroDivisionError):
            with probity.run(**TAILOR, customer=customer) as run:
                raise ZeroDivisionError
        assert isinstance(run.untold, NotTold)
    assert "the disk is full" in caplog.text


async def test_who_is_cancelled_while_more_time_is_asked_for_does_not_wait_for_it(
    server: Server, proxy: Proxy, customer: str
) -> None:
    heard, goes_on = threading.Event(), threading.Event()

    def holds(request: bytes) -> None:
        if b"/extend" in request.split(b"\r\n")[0]:
            heard.set()
            goes_on.wait()

    proxy.on_heard(holds)
    async with AsyncProbity(proxy.url, server.live) as probity:

        async def works() -> None:
            async with probity.run(**TAILOR, customer=customer, hold_for="2 seconds"):
                await asyncio.Event().wait()

        work = asyncio.ensure_future(works())
        await asyncio.get_running_loop().run_in_executor(None, heard.wait)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert not goes_on.is_set()
        assert [r.outcome for r in await probity.receipts(customer)] == ["cancelled"]
    goes_on.set()
