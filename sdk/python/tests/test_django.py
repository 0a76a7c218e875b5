"""A real Django, by WSGI and by ASGI: the end of the response decides."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import httpx
import pytest
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from probity import Probity, current_run
from probity.django import charge, token_view

from leaving import Web, ask, read_until
from proxy import Proxy
from served import Server, until

seen = SimpleNamespace(begun=threading.Event())


def signed_in(request: Any) -> Any:
    return request.headers.get("x-customer")


def draft(request: Any) -> Any:
    return request.resolver_match.kwargs["draft"]


def page(request: Any, how: str) -> Any:
    """A page that is rendered after its view, or cannot be, or is none."""
    text = "{{ how }}" if how == "rendered" else "{{ how.breaks }}"
    template = engines["django"].from_string(text)
    context = {"how": how if how == "rendered" else Breaks()}
    return None if how == "nothing" else TemplateResponse(request, template, context)


class Breaks:
    """What no page can show."""

    @property
    def breaks(self) -> str:
        raise ZeroDivisionError


tailoring = charge("tailor_document", customer=signed_in, artifact=draft)


@tailoring
def tailor(request: Any, draft: str) -> Any:
    how, run = request.GET.get("how"), request.probity_run
    assert current_run() is run
    if how == "breaks":
        raise ZeroDivisionError
    if how == "blocked":
        run.blocked()
    if how in ("rendered", "unrendered", "nothing"):
        return page(request, how)
    status = {"refused": 400, "moved": 302, "later": 202}.get(how, 200)
    return JsonResponse({"run": run.id}, status=status)


@tailoring
async def atailor(request: Any, draft: str) -> Any:
    how, run = request.GET.get("how"), request.probity_run
    if how == "waits":
        seen.begun.set()
        await asyncio.Event().wait()
    if how == "breaks":
        raise ZeroDivisionError
    if how in ("rendered", "unrendered", "nothing"):
        return page(request, how)
    return JsonResponse({"run": run.id})


once = charge(
    "tailor_document",
    customer=signed_in,
    artifact=draft,
    key=lambda request: request.headers.get("idempotency-key"),
)


@once
def keyed(request: Any, draft: str) -> Any:
    return HttpResponse(
        draft, status={"breaks": 500, "later": 202}.get(request.GET.get("how"), 200)
    )


@once
async def akeyed(request: Any, draft: str) -> Any:
    return keyed.__wrapped__(request, draft)  # type: ignore[attr-defined]


@charge("enrich_market_map", customer=signed_in, artifact="map_1")
def maps(request: Any) -> Any:
    return HttpResponse("five of eight", headers={"Probity-Outcome": "partial;parts=5"})


@tailoring
def streams(request: Any, draft: str) -> Any:
    def words() -> Iterator[str]:
        yield "first "
        if request.GET.get("how") == "breaks":
            raise ZeroDivisionError
        while request.GET.get("how") == "endless":
            yield "and on " * 1000
        yield "last"

    return StreamingHttpResponse(words())


@tailoring
async def astreams(request: Any, draft: str) -> Any:
    async def words() -> Any:
        yield "first "
        if request.GET.get("how") == "breaks":
            raise ZeroDivisionError
        if request.GET.get("how") == "endless":
            await asyncio.Event().wait()
        yield "last"

    return StreamingHttpResponse(words())


urlpatterns = [
    path("drafts/<draft>", tailor),
    path("adrafts/<draft>", atailor),
    path("keyed/<draft>", keyed),
    path("akeyed/<draft>", akeyed),
    path("maps", maps),
    path("streams/<draft>", streams),
    path("astreams/<draft>", astreams),
    path("billing/token", token_view(customer=signed_in)),
]


@pytest.fixture(scope="module", autouse=True)
def configured(server: Server) -> None:
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="x",
        PROBITY_URL=server.url,
        PROBITY_KEY=server.live,
        LOGGING_CONFIG=None,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def wsgi() -> Iterator[int]:
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as web:
        thread = threading.Thread(target=web.serve_forever, daemon=True)
        thread.start()
        yield web.server_port
        web.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def asgi(configured: None) -> Iterator[int]:
    web = Web(get_asgi_application())
    yield web.port
    web.end()


def post(port: int, path: str, customer: str, more: Any = None) -> httpx.Response:
    headers = {**({"x-customer": customer} if customer else {}), **(more or {})}
    return httpx.post(f"http://127.0.0.1:{port}{path}", headers=headers)


def last(probity: Probity, customer: str) -> Any:
    """The newest receipt, once its run has ended."""
    newest = lambda: probity.receipts(customer, limit=1)[0]  # noqa: E731
    return until(newest, lambda receipt: receipt.status != "held")


CASES = [
    ("/drafts/d", 200, "delivered", 5),
    ("/drafts/d?how=breaks", 500, "failed", 0),
    ("/drafts/d?how=blocked", 200, "blocked", 0),
    ("/drafts/d?how=refused", 400, "bad_input", 0),
    ("/drafts/d?how=moved", 302, "failed", 0),
    ("/drafts/d?how=rendered", 200, "delivered", 5),
    ("/drafts/d?how=unrendered", 500, "failed", 0),
    ("/drafts/d?how=nothing", 500, "failed", 0),
    ("/maps", 200, "partial", 6),
]


def decides(port: int, case: Any, probity: Probity, customer: str, used: Any) -> Any:
    path, status, outcome, charged = case
    answer = post(port, path, customer)
    assert answer.status_code == status
    receipt = last(probity, customer)
    assert (receipt.outcome, receipt.charged, used()) == (outcome, charged, charged)
    return answer


@pytest.mark.parametrize("case", [*CASES, ("/streams/d", 200, "delivered", 5)])
def test_the_response_decides(
    wsgi: int, probity: Probity, customer: str, used: Any, case: Any
) -> None:
    answer = decides(wsgi, case, probity, customer, used)
    if case[1] == 200:
        assert answer.headers["probity-run"] == probity.receipts(customer)[0].run
        assert answer.headers["probity-mode"] == "enforce"


ASYNC_CASES = [
    ("/adrafts/d", 200, "delivered", 5),
    ("/adrafts/d?how=breaks", 500, "failed", 0),
    ("/adrafts/d?how=rendered", 200, "delivered", 5),
    ("/adrafts/d?how=unrendered", 500, "failed", 0),
    ("/adrafts/d?how=nothing", 500, "failed", 0),
    ("/astreams/d", 200, "delivered", 5),
]


@pytest.mark.parametrize("case", [*CASES, *ASYNC_CASES])
def test_the_response_decides_by_asgi(
    asgi: int, probity: Probity, customer: str, used: Any, case: Any
) -> None:
    decides(asgi, case, probity, customer, used)


@pytest.mark.parametrize("name", ["/drafts/d", "/adrafts/d", "/adrafts/d?how=rendered"])
@pytest.mark.parametrize("by_wsgi", [False, True])
def test_the_answer_waits_no_longer_than_a_moment(
    request: Any,
    probity: Probity,
    server: Server,
    customer: str,
    name: str,
    by_wsgi: bool,
    monkeypatch: Any,
) -> None:
    port = request.getfixturevalue("wsgi" if by_wsgi else "asgi")
    for where in ("probity.aio", "probity.sync"):
        monkeypatch.setattr(f"{where}.WAITS_FOR_AN_END", 0.05)
    proxy, held = Proxy(server.address), threading.Event()
    proxy.path, proxy.faults = "/settle", [held]
    monkeypatch.setattr("probity.django._clients", {})
    monkeypatch.setattr(settings, "PROBITY_URL", proxy.url)
    answer = post(port, name, customer)
    assert answer.status_code == 200
    assert probity.receipts(customer)[0].status == "held"
    held.set()
    assert last(probity, customer).outcome == "delivered"
    proxy.end()


def test_work_that_goes_on_keeps_its_hold(wsgi: int, probity: Probity, customer: str) -> None:
    run = post(wsgi, "/drafts/d?how=later", customer).json()["run"]
    assert probity.wallet(customer).held == 5
    with probity.continue_run(run):
        pass
    assert probity.receipt(run).charged == 5


def test_who_leaves_a_stream_has_abandoned(
    wsgi: int, asgi: int, probity: Probity, customer: str, used: Any
) -> None:
    for n, (port, where) in enumerate([(wsgi, "/streams/a"), (asgi, "/astreams/b")]):
        client = ask(port, f"{where}?how=endless", customer)
        read_until(client, b"first ")
        client.close()
        receipt = last(probity, customer)
        assert (receipt.outcome, used()) == ("abandoned", 5 * (n + 1))


def test_a_stream_that_breaks_has_failed(
    wsgi: int, asgi: int, probity: Probity, customer: str, used: Any
) -> None:
    for port, where in [(wsgi, "/streams/a"), (asgi, "/astreams/b")]:
        client = ask(port, f"{where}?how=breaks", customer)
        read_until(client, b"first ")
        assert last(probity, customer).outcome == "failed"
        client.close()
    assert used() == 0


def test_who_leaves_before_the_answer_has_cancelled(
    asgi: int, probity: Probity, customer: str, used: Any
) -> None:
    client = ask(asgi, "/adrafts/d?how=waits", customer)
    assert seen.begun.wait(30)
    client.close()
    assert (last(probity, customer).outcome, used()) == ("cancelled", 0)


def test_refusals_are_problems(wsgi: int, asgi: int, poor: str) -> None:
    for port in (wsgi, asgi):
        answer = post(port, "/maps", poor)
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["code"]) == (403, "not_in_plan")
    assert post(asgi, "/adrafts/d", "").status_code == 401


def test_the_same_key_again_is_not_worked_on(
    wsgi: int, asgi: int, probity: Probity, customer: str, used: Any
) -> None:
    for n, (port, where) in enumerate([(wsgi, "/keyed/a"), (asgi, "/akeyed/b")]):
        key = {"idempotency-key": f"job-{n}-{customer}"}
        assert post(port, f"{where}?how=breaks", customer, key).status_code == 500
        begun = post(port, f"{where}?how=later", customer, key)
        assert begun.status_code == 202
        again = post(port, where, customer, key)
        assert (again.status_code, again.json()["code"]) == (409, "idempotency_in_progress")
        probity.settle(begun.headers["probity-run"], {"outcome": "delivered"})
        again = post(port, where, customer, key)
        assert (again.status_code, again.json()["code"]) == (409, "already_done")
        assert used() == 5 * (n + 1)


def test_a_token_for_the_browser(wsgi: int, server: Server, customer: str) -> None:
    told = post(wsgi, "/billing/token", customer).json()
    assert Probity(server.url, told["token"]).wallet(customer).balance == 120
    assert post(wsgi, "/billing/token", "").status_code == 401
