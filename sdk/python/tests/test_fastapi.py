"""A real FastAPI application on a real uvicorn: the end of the response decides."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException, Request
from fastapi.responses import StreamingResponse

from probity import AsyncProbity, AsyncRun, Probity, current_run
from probity.fastapi import ProbityMiddleware, charge, token_route

from leaving import Web, ask, read_until
from proxy import Proxy
from served import Server, until


def signed_in(request: Request) -> Any:
    return request.headers.get("x-customer")


def draft(request: Request) -> str:
    return request.path_params["draft"]


def key(request: Request) -> Any:
    return request.headers.get("idempotency-key")


def application(probity: AsyncProbity, seen: Any) -> FastAPI:
    app = FastAPI()
    app.add_middleware(ProbityMiddleware, probity=probity)
    tailoring = charge("tailor_document", customer=Depends(signed_in), artifact=draft)
    keyed = charge("tailor_document", customer=signed_in, artifact=draft, key=key)
    mapping = charge("enrich_market_map", customer=signed_in, artifact="map_1")
    capping = charge("tailor_document", customer=signed_in, artifact="c", max_price="1")
    app.post("/billing/token")(token_route(probity, customer=signed_in))

    @app.post("/drafts/{draft}")
    async def tailor(draft: str, how: str = "ok", run: AsyncRun = Depends(tailoring)) -> Any:
        seen.runs.append(run)
        if how == "refused":
            raise HTTPException(400, "no text in it")
        if how == "breaks":
            raise ZeroDivisionError
        if how == "blocked":
            run.blocked("refused by the model")
        return {"draft": draft, "run": run.id}

    @app.post("/says/{draft}")
    async def says(
        draft: str, outcome: str, status: int, run: AsyncRun = Depends(tailoring)
    ) -> Any:
        getattr(run, outcome)()
        if status == 0:
            raise ZeroDivisionError
        raise HTTPException(status)

    @app.post("/maps")
    async def maps(response: Any = None, run: AsyncRun = Depends(mapping)) -> Any:
        return httpx_response("five of eight", {"Probity-Outcome": "partial;parts=5"})

    @app.post("/later/{draft}")
    async def later(draft: str, tasks: BackgroundTasks, run: AsyncRun = Depends(tailoring)) -> Any:
        async def works() -> None:
            async with probity.continue_run(run.id or "") as going_on:
                going_on.attempt(provider="openai", usage={"input": 1, "output": 1})
            seen.done.set()

        tasks.add_task(works)
        return httpx_response("taken on", status=202)

    @app.post("/waits/{draft}")
    async def waits(draft: str, run: AsyncRun = Depends(tailoring)) -> Any:
        seen.begun.set()
        await asyncio.get_running_loop().run_in_executor(None, seen.go_on.wait)
        return "done"

    @app.post("/streams/{draft}")
    async def streams(
        draft: str,
        ends: bool = False,
        breaks: bool = False,
        nothing: bool = False,
        run: AsyncRun = Depends(tailoring),
    ) -> Any:
        async def words() -> Any:
            if nothing:
                run.empty()
            yield "first "
            if breaks:
                raise ZeroDivisionError
            if not ends:
                await asyncio.Event().wait()
            yield "last"

        return StreamingResponse(words())

    @app.post("/upload/{draft}")
    async def upload(draft: str, request: Request, run: AsyncRun = Depends(tailoring)) -> int:
        return len(await request.body())

    @app.post("/keyed/{draft}")
    async def once(draft: str, how: str = "ok", run: AsyncRun = Depends(keyed)) -> Any:
        return httpx_response(draft, status={"breaks": 500, "later": 202}.get(how, 200))

    @app.post("/capped")
    async def capped(run: AsyncRun = Depends(capping)) -> str:
        return "a letter"

    @app.post("/free")
    async def free() -> str:
        assert current_run() is None
        return "free"

    return app


def httpx_response(text: str, headers: Any = None, status: int = 200) -> Any:
    from fastapi.responses import PlainTextResponse

    return PlainTextResponse(text, status, headers)


@pytest.fixture
def seen() -> Any:
    events = {name: threading.Event() for name in ("begun", "go_on", "done")}
    return SimpleNamespace(runs=[], **events)


@pytest.fixture
def web(server: Server, seen: Any) -> Iterator[Web]:
    web = Web(application(AsyncProbity(server.url, server.live), seen))
    yield web
    web.end()


@pytest.fixture
def browser(web: Web, customer: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=web.url, headers={"x-customer": customer}) as browser:
        yield browser


def last(probity: Probity, customer: str) -> Any:
    """The newest receipt, once its run has ended."""
    newest = lambda: probity.receipts(customer, limit=1)[0]  # noqa: E731
    return until(newest, lambda receipt: receipt.status != "held")


def test_a_success_is_delivered(
    browser: httpx.Client, probity: Probity, customer: str, used: Any
) -> None:
    answer = browser.post("/drafts/draft_9")
    assert answer.status_code == 200
    head = answer.headers
    assert head["probity-run"] == answer.json()["run"]
    assert (head["probity-action"], head["probity-mode"]) == ("tailor_document", "enforce")
    assert (head["probity-price"], head["probity-available"]) == ("5", "115")
    assert head["probity-contract"].startswith("jobscout@")
    # It is in the books before the last byte is there.
    receipt = probity.receipts(customer)[0]
    assert (receipt.outcome, receipt.charged) == ("delivered", 5)
    again = browser.post("/drafts/draft_9")
    assert (again.status_code, again.headers["probity-outcome"]) == (200, "reopened")
    assert used() == 5
    assert browser.post("/free").headers.get("probity-run") is None


@pytest.mark.parametrize(
    ("path", "status", "outcome", "charged"),
    [
        ("/drafts/d?how=refused", 400, "bad_input", 0),
        ("/drafts/d?how=breaks", 500, "failed", 0),
        ("/drafts/d?how=blocked", 200, "blocked", 0),
        ("/maps", 200, "partial", 6),
        ("/streams/d?ends=1", 200, "delivered", 5),
        ("/upload/d", 200, "delivered", 5),
    ],
)
def test_the_response_decides(
    browser: httpx.Client,
    probity: Probity,
    customer: str,
    used: Any,
    path: str,
    status: int,
    outcome: str,
    charged: int,
) -> None:
    answer = browser.post(path, content=b"x" * 300_000 if "upload" in path else b"")
    assert answer.status_code == status
    receipt = last(probity, customer)
    assert (receipt.outcome, receipt.charged, used()) == (outcome, charged, charged)
    told = answer.headers.get("probity-outcome")
    assert told == (outcome if outcome in ("blocked", "partial") else None)


@pytest.mark.parametrize(
    ("said", "status", "outcome"),
    [
        ("delivered", 422, "bad_input"),
        ("partial", 404, "bad_input"),
        ("partial", 503, "failed"),
        ("delivered", 0, "failed"),
        ("empty", 404, "empty"),
        ("empty", 500, "failed"),
        ("blocked", 422, "blocked"),
        ("bad_input", 0, "bad_input"),
    ],
)
def test_an_error_is_no_result_whatever_was_said_of_one_before(
    browser: httpx.Client,
    probity: Probity,
    customer: str,
    used: Any,
    said: str,
    status: int,
    outcome: str,
) -> None:
    answer = browser.post("/says/d", params={"outcome": said, "status": status})
    assert answer.status_code == (status or 500)
    assert (last(probity, customer).outcome, used()) == (outcome, 0)
    told = answer.headers.get("probity-outcome")
    assert told == (outcome if status and outcome == said else None)


def test_refusals_are_problems(
    browser: httpx.Client, web: Web, probity: Probity, poor: str
) -> None:
    answer = httpx.post(f"{web.url}/maps", headers={"x-customer": poor})
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert answer.json()["code"] == "not_in_plan" and answer.json()["ways_forward"]
    answer = httpx.post(f"{web.url}/maps")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    answer = httpx.post(f"{web.url}/maps", headers={"x-customer": "nobody"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_same_key_again_is_not_worked_on(
    browser: httpx.Client, probity: Probity, customer: str, used: Any
) -> None:
    browser.headers["idempotency-key"] = f"job-{customer}"
    assert browser.post("/keyed/d?how=breaks").status_code == 500
    begun = browser.post("/keyed/d?how=later")
    assert begun.status_code == 202
    again = browser.post("/keyed/d")
    assert (again.status_code, again.json()["code"]) == (409, "idempotency_in_progress")
    assert (again.json()["applied"], again.headers["retry-after"]) == ("unknown", "1")
    probity.settle(begun.headers["probity-run"], {"outcome": "delivered"})
    again = browser.post("/keyed/d")
    assert (again.status_code, again.json()["code"]) == (409, "already_done")
    assert again.json()["receipt"]["charged"] == "5" and "cost" not in again.json()["receipt"]
    assert used() == 5


def test_the_headers_of_the_client_are_taken(
    browser: httpx.Client, probity: Probity, customer: str, used: Any
) -> None:
    # A browser that asks again is not worked for again.
    keyed = {"idempotency-key": f"press-{customer}"}
    assert browser.post("/drafts/d", headers=keyed).status_code == 200
    again = browser.post("/drafts/d", headers=keyed)
    assert (again.status_code, again.json()["code"], used()) == (409, "already_done", 5)
    low = browser.post("/drafts/e", headers={"probity-max-price": "1"})
    assert (low.status_code, low.json()["code"]) == (402, "price_above_max")
    quote = probity.quote("tailor_document", customer=customer, artifact="e")
    quoted = browser.post("/drafts/e", headers={"probity-quote": quote.quote})
    assert quoted.status_code == 200 and used() == 10
    fresh = browser.post("/drafts/d", headers={"probity-again": "fresh"})
    assert (fresh.status_code, fresh.json()["code"]) == (428, "confirmation_needed")
    odd = browser.post("/drafts/f", headers={"probity-again": "perhaps"})
    assert (odd.status_code, odd.json()["field"]) == (422, "again")
    # What the route says itself stands above them.
    assert browser.post("/capped", headers={"probity-max-price": "100"}).status_code == 402


def test_the_last_bytes_wait_no_longer_than_a_moment(
    server: Server, seen: Any, probity: Probity, customer: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr("probity.aio.WAITS_FOR_AN_END", 0.05)
    proxy, held = Proxy(server.address), threading.Event()
    proxy.path, proxy.faults = "/settle", [held]
    web = Web(application(AsyncProbity(proxy.url, server.live), seen))
    answer = httpx.post(f"{web.url}/drafts/d", headers={"x-customer": customer})
    assert answer.status_code == 200
    # It has the answer, and the end goes on being told.
    assert probity.receipt(answer.json()["run"]).status == "held"
    held.set()
    assert last(probity, customer).outcome == "delivered"
    web.end()
    proxy.end()


def test_what_is_wrong_with_our_key_is_not_the_customers(seen: Any, server: Server) -> None:
    wrong = Web(application(AsyncProbity(server.url, "sk_live_wrong"), seen))
    answer = httpx.post(f"{wrong.url}/maps", headers={"x-customer": "ana"})
    assert (answer.status_code, answer.json()["code"]) == (503, "billing_unavailable")
    assert "key" not in answer.text
    wrong.end()


def test_work_that_goes_on_is_told_by_who_finishes_it(
    browser: httpx.Client, probity: Probity, customer: str, seen: Any
) -> None:
    answer = browser.post("/later/d")
    assert answer.status_code == 202
    assert seen.done.wait(30)
    receipt = probity.receipt(answer.headers["probity-run"])
    assert receipt.outcome == "delivered" and len(receipt.attempts) == 1


def test_who_leaves_before_the_first_byte_has_cancelled(
    web: Web, probity: Probity, customer: str, used: Any, seen: Any
) -> None:
    client = ask(web.port, "/waits/d", customer)
    assert seen.begun.wait(30)
    client.close()
    # The server hears it before the next answer to somebody else.
    assert httpx.post(f"{web.url}/free").status_code == 200
    seen.go_on.set()
    receipt = last(probity, customer)
    assert (receipt.outcome, receipt.reason) == ("cancelled", "client_gone_before_output")
    assert used() == 0


def test_who_leaves_in_the_middle_has_abandoned(
    web: Web, probity: Probity, customer: str, used: Any
) -> None:
    client = ask(web.port, "/streams/d", customer)
    read_until(client, b"first ")
    client.close()
    receipt = last(probity, customer)
    assert (receipt.outcome, receipt.reason, used()) == ("abandoned", "client_gone", 5)


def test_who_leaves_what_found_nothing_pays_for_nothing(
    web: Web, probity: Probity, customer: str, used: Any
) -> None:
    client = ask(web.port, "/streams/d?nothing=1", customer)
    read_until(client, b"first ")
    client.close()
    assert (last(probity, customer).outcome, used()) == ("empty", 0)


def test_a_stream_that_breaks_has_failed(
    web: Web, probity: Probity, customer: str, used: Any
) -> None:
    client = ask(web.port, "/streams/d?breaks=1", customer)
    read_until(client, b"first ")
    receipt = last(probity, customer)
    assert (receipt.outcome, receipt.reason, used()) == ("failed", "exception", 0)
    client.close()


def test_a_token_for_the_browser(
    browser: httpx.Client, web: Web, server: Server, customer: str
) -> None:
    told = browser.post("/billing/token")
    assert set(told.json()) == {"token", "expires_at"}
    assert told.headers["cache-control"] == "no-store"
    theirs = Probity(server.url, told.json()["token"])
    assert theirs.wallet(customer).balance == 120
    assert httpx.post(f"{web.url}/billing/token").status_code == 401


def test_an_application_without_the_middleware_says_so(customer: str) -> None:
    app = FastAPI()

    @app.post("/")
    async def tailor(run: Any = Depends(charge("tailor_document", customer="x"))) -> None: ...

    from fastapi.testclient import TestClient

    with pytest.raises(RuntimeError, match="add_middleware"):
        TestClient(app).post("/")
