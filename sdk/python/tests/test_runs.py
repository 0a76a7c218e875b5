"""Runs as blocks: how they are left decides what they cost."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest

import probity as sdk
from probity import AsyncProbity, Denied, Probity, ProbityError


class Oops(Exception):
    """The product's own."""


def tailor(probity: Probity, customer: str, **more: Any) -> Any:
    return probity.run("tailor_document", customer=customer, artifact="draft_9", **more)


def test_left_without_an_exception_it_is_delivered(
    probity: Probity, customer: str, used: Any
) -> None:
    with tailor(probity, customer) as run:
        assert run.started.held == Decimal(5) and not run.reopened
        assert sdk.current_run() is run
    assert sdk.current_run() is None
    assert (run.receipt.outcome, run.receipt.charged, used()) == ("delivered", 5, 5)
    assert "Tailor" in run.receipt.words or "5 credits" in run.receipt.words


def test_the_same_again_is_reopened_and_free(probity: Probity, customer: str, used: Any) -> None:
    with tailor(probity, customer):
        pass
    with tailor(probity, customer) as run:
        assert run.reopened
        run.attempt(provider="openai", model="gpt-4.1", usage={"input": 5, "output": 7})
    assert (run.receipt.outcome, used()) == ("reopened", 5)
    assert run.receipt.attempts[0]["usage"]["output"] == 7


@pytest.mark.parametrize(
    ("leaves", "has_begun", "outcome", "charged"),
    [
        (Oops(), False, "failed", 0),
        (Oops(), True, "failed", 0),
        (KeyboardInterrupt(), False, "failed", 0),
        (KeyboardInterrupt(), True, "failed", 0),
        (asyncio.CancelledError(), False, "cancelled", 0),
        (GeneratorExit(), True, "abandoned", 5),
        (SystemExit(), True, "failed", 0),
    ],
)
def test_an_exception_decides(
    probity: Probity,
    customer: str,
    used: Any,
    leaves: BaseException,
    has_begun: bool,
    outcome: str,
    charged: int,
) -> None:
    with pytest.raises(type(leaves)):
        with tailor(probity, customer) as run:
            if has_begun:
                run.begun()
            raise leaves
    assert (run.receipt.outcome, run.receipt.charged, used()) == (outcome, charged, charged)


def test_what_was_told_before_it_broke_counts_only_where_it_is_free(
    probity: Probity, customer: str, used: Any
) -> None:
    for tell, outcome in [
        (lambda run: run.blocked("refused"), "blocked"),
        (lambda run: run.delivered(), "failed"),
    ]:
        with pytest.raises(Oops):
            with tailor(probity, customer) as run:
                tell(run)
                raise Oops
        assert run.receipt.outcome == outcome
    assert used() == 0


def test_other_endings_are_told(probity: Probity, customer: str, used: Any) -> None:
    with probity.run("enrich_market_map", customer=customer, artifact="map_1") as run:
        run.partial(5)
    assert (run.receipt.outcome, run.receipt.charged, run.receipt.parts) == ("partial", 6, 5)
    with probity.run("enrich_market_map", customer=customer, artifact="map_1") as run:
        assert run.started.kind == "rest"
    assert (run.receipt.charged, used()) == (4, 10)
    for tell, outcome in [
        (lambda run: run.bad_input("no text"), "bad_input"),
        (lambda run: run.blocked(), "blocked"),
        (lambda run: run.failed("x" * 600), "failed"),
        (lambda run: run.empty(), "empty"),
        (lambda run: run.cancelled(), "cancelled"),
        (lambda run: run.left(), "cancelled"),
    ]:
        with probity.run("tailor_document", customer=customer, artifact="draft_1") as run:
            tell(run)
        assert (run.receipt.outcome, run.receipt.charged) == (outcome, 0)


def test_by_quantity(probity: Probity, customer: str) -> None:
    with probity.run("process_documents", customer=customer, quantity=30) as run:
        run.quantity(20)
    assert (run.receipt.outcome, run.receipt.quantity) == ("delivered", 20)


def test_a_report_that_does_not_fit_is_told_as_failed_and_raised(
    probity: Probity, customer: str, used: Any
) -> None:
    with pytest.raises(ProbityError) as raised:
        with probity.run("enrich_market_map", customer=customer, artifact="map_2") as run:
            run.partial(99)
    assert (raised.value.code, raised.value.applied) == ("invalid_request", False)
    assert (run.receipt.outcome, run.receipt.reason) == ("failed", "report_did_not_fit")
    assert (used(), probity.wallet(customer).held) == (0, 0)


def test_an_end_that_was_told_otherwise_is_not_swallowed(probity: Probity, customer: str) -> None:
    with pytest.raises(ProbityError) as raised:
        with tailor(probity, customer) as run:
            probity.release(run.id)
    assert raised.value.code == "already_settled"
    assert run.receipt.status == "released" and run.untold is raised.value


def test_a_denial_has_all_that_a_page_needs(probity: Probity, poor: str) -> None:
    with pytest.raises(Denied) as raised:
        with probity.run("enrich_market_map", customer=poor, artifact="map_1"):
            raise AssertionError("the work is not begun")
    denied = raised.value
    assert (denied.code, denied.status, denied.applied) == ("not_in_plan", 403, False)
    ways = {way.do: way for way in denied.ways_forward}
    assert ways["switch_plan"].plan_price and ways["contact"].href == "/help"
    assert isinstance(ways["switch_plan"].price_there, Decimal)
    assert denied.problem["ways_forward"] and denied.words and not denied.retry_helps

    for n in range(5):
        with probity.run("tailor_document", customer=poor, artifact=f"d{n}"):
            pass
    with pytest.raises(Denied) as raised:
        probity.start("tailor_document", customer=poor, artifact="d5")
    denied = raised.value
    assert (denied.code, denied.needs, denied.has, denied.missing) == (
        "not_enough_credits",
        5,
        0,
        5,
    )
    assert denied.resets_at is not None and denied.resets_at.tzinfo is not None


def test_other_refusals_say_what_and_which_field(probity: Probity, customer: str) -> None:
    with pytest.raises(ProbityError) as raised:
        probity.start("tailor_document", customer="nobody", artifact="x")
    assert (raised.value.code, raised.value.status) == ("not_found", 404)
    with pytest.raises(ProbityError) as raised:
        probity.start("tailor_document", customer=customer)
    assert (raised.value.code, raised.value.field) == ("invalid_request", "artifact")
    with pytest.raises(TypeError, match="unknown: artefact"):
        probity.start("tailor_document", customer=customer, artefact="x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="not float"):
        probity.start("tailor_document", customer=customer, artifact="x", max_price=0.1)


def test_handed_to_a_job_by_its_id(probity: Probity, customer: str, used: Any) -> None:
    begun = probity.start("tailor_document", customer=customer, artifact="draft_9")
    assert probity.wallet(customer).held == 5
    with probity.continue_run(begun.id) as run:
        run.attempt(provider="openai", model="gpt-4.1", usage={"input": 5, "output": 7})
    assert (run.receipt.outcome, used()) == ("delivered", 5)
    with probity.continue_run(begun.id) as run:
        assert run.receipt.outcome == "delivered"
    assert used() == 5

    with probity.run("tailor_document", customer=customer, artifact="draft_10") as run:
        id = run.hand_over()
    assert run.receipt is None and probity.wallet(customer).held == 5
    with pytest.raises(Oops):
        with probity.continue_run(id):
            raise Oops
    assert probity.receipt(id).outcome == "failed"
    assert probity.start("tailor_document", customer=customer, artifact="d").end().charged == 5


def test_a_key_of_the_callers_own_begins_one_run(
    probity: Probity, customer: str, used: Any
) -> None:
    asked = {"customer": customer, "quantity": 4, "key": f"press-1-{customer}"}
    with probity.run("process_documents", **asked) as first:
        pass
    with probity.run("process_documents", **asked) as again:
        assert again.replayed and again.receipt.outcome == "delivered"
    assert again.id == first.id and len(probity.receipts(customer)) == 1


def test_a_key_whose_run_was_free_begins_a_new_one(
    probity: Probity, customer: str, used: Any
) -> None:
    asked = {"customer": customer, "artifact": "k2", "key": f"press-2-{customer}"}
    ids = set()
    for fails in (True, True, False, False):
        with probity.run("tailor_document", **asked) as run:
            ids.add(run.id)
            if fails:
                run.failed()
    # Two were free, the third was delivered: the last is the third.
    assert run.replayed and run.receipt.outcome == "delivered" and len(ids) == 3
    assert used() == run.receipt.charged == 5


async def test_a_key_whose_run_was_free_begins_a_new_one_awaited(
    aprobity: AsyncProbity, customer: str, used: Any
) -> None:
    asked = {"customer": customer, "artifact": "k1", "key": f"press-3-{customer}"}
    with pytest.raises(Oops):
        async with aprobity.run("tailor_document", **asked):
            raise Oops
    async with aprobity.run("tailor_document", **asked) as run:
        assert not run.replayed
    assert (run.receipt.outcome, used()) == ("delivered", 5)


def test_functions_can_be_charged(probity: Probity, customer: str, used: Any) -> None:
    @probity.charged(
        "tailor_document", customer=lambda who, draft: who, artifact=lambda who, draft: draft
    )
    def tailored(who: str, draft: str) -> str:
        """Its own words."""
        if draft == "broken":
            raise Oops
        sdk.current_run().attempt(provider="openai", usage={"input": 1, "output": 1})
        return draft.upper()

    assert tailored(customer, "draft_1") == "DRAFT_1" and tailored.__doc__ == "Its own words."
    with pytest.raises(Oops):
        tailored(customer, "broken")
    assert used() == 5


async def test_the_same_awaited(aprobity: AsyncProbity, customer: str, used: Any) -> None:
    async with aprobity.run("tailor_document", customer=customer, artifact="a1") as run:
        assert sdk.current_run() is run
    assert (run.receipt.outcome, run.receipt.charged) == ("delivered", 5)
    with pytest.raises(Oops):
        async with aprobity.run("tailor_document", customer=customer, artifact="a2") as run:
            raise Oops
    assert run.receipt.outcome == "failed"
    with pytest.raises(Denied):
        async with aprobity.run("tailor_document", customer=customer, artifact="a3", max_price="1"):
            pass
    begun = await aprobity.start("tailor_document", customer=customer, artifact="a4")
    async with aprobity.continue_run(begun.id) as run:
        run.blocked()
    assert run.receipt.outcome == "blocked"

    @aprobity.charged("tailor_document", customer=lambda who: who, artifact="a5")
    async def tailored(who: str) -> str:
        return who

    assert await tailored(customer) == customer
    assert used() == 10


async def test_a_task_that_is_cancelled(aprobity: AsyncProbity, customer: str, used: Any) -> None:
    for n, (has_begun, outcome) in enumerate([(False, "cancelled"), (True, "abandoned")]):
        inside = asyncio.Event()
        runs: list[Any] = []

        async def works() -> None:
            artifact = f"c{n}"  # noqa: B023
            async with aprobity.run("tailor_document", customer=customer, artifact=artifact) as run:
                runs.append(run)  # noqa: B023
                if has_begun:  # noqa: B023
                    run.begun()
                inside.set()  # noqa: B023
                await asyncio.Event().wait()

        task = asyncio.create_task(works())
        await inside.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert runs[0].receipt.outcome == outcome
    assert used() == 5


async def test_a_generator_that_is_closed(
    server: Any, probity: Probity, customer: str, used: Any
) -> None:
    aprobity = AsyncProbity(server.url, server.live)

    async def words() -> Any:
        async with aprobity.run("tailor_document", customer=customer, artifact="g1") as run:
            run.begun()
            yield run
            yield run

    generator = words()
    run = await generator.__anext__()
    await generator.aclose()
    await aprobity.aclose()
    assert (run.receipt.outcome, used()) == ("abandoned", 5)


def test_both_clients_do_the_same() -> None:
    def public(of: type) -> set[str]:
        return {name for name in dir(of) if not name.startswith("_")}

    assert public(Probity) - {"close"} == public(AsyncProbity) - {"aclose"}
    assert public(sdk.Run) == public(sdk.AsyncRun)
