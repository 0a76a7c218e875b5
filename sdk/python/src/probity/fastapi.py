"""Charging for FastAPI and Starlette.

    app.add_middleware(ProbityMiddleware, probity=AsyncProbity())

    @app.post("/drafts/{draft}")
    async def tailor(draft: str, run: AsyncRun = Depends(charge("tailor_document",
            customer=Depends(signed_in), artifact=lambda request: request.path_params["draft"]))):
        ...

2xx is `delivered`, 4xx `bad_input`, 5xx and what breaks `failed`; who leaves before the first byte
has `cancelled`, after it `abandoned`; 202 goes on elsewhere. A header `Probity-Outcome:
partial;parts=5` on the response, or the run itself (`run.partial(5)`), says otherwise.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable
from typing import Any, Callable, Optional

from fastapi.params import Depends as _Depends
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.responses import Response as _Response

from .aio import AsyncProbity, AsyncRun
from .asgi import ProbityMiddleware, begin
from .charging import Charge, Said, refusal
from .errors import ProbityError

__all__ = ["ProbityMiddleware", "charge", "token_route"]


def charge(
    action: str, *, customer: Said, key: Said = None, **given: Said
) -> Callable[..., Awaitable[AsyncRun]]:
    """A dependency that begins the run of a request.

    `customer`, `key` and what else a run is asked for with are values, functions of the request
    (which may be awaited), or dependencies of their own: `Depends(signed_in)`.
    """
    said = {"customer": customer, "key": key, **given}
    asked_for = {name: value for name, value in said.items() if isinstance(value, _Depends)}
    fixed = {name: value for name, value in said.items() if name not in asked_for}

    async def charged(request: Request, **found: Any) -> AsyncRun:
        return await begin(request.scope, Charge(action, **{**fixed, **found}), request)

    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("request", kind, annotation=Request)]
    parameters += [
        inspect.Parameter(name, kind, default=value) for name, value in asked_for.items()
    ]
    charged.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return charged


def token_route(
    probity: AsyncProbity, *, customer: Said, member: Said = None, lasts: Optional[str] = None
) -> Callable[[Request], Awaitable[_Response]]:
    """A route that gives the browser a customer token: `{token, expires_at}`.

    `app.post("/billing/token")(token_route(probity, customer=signed_in))`, `signed_in` being a
    function of the request.
    """
    whose = Charge("", customer=customer, member=member)

    async def token(request: Request) -> _Response:
        said = whose.said(request)
        for name, value in said.items():
            if inspect.isawaitable(value):
                said[name] = await value
        try:
            asked = Charge.asked(said)
            made = await probity.token(asked["customer"], member=asked.get("member"), lasts=lasts)
        except ProbityError as error:
            status, headers, body = refusal(error)
            return _Response(body, status, headers)
        told = {"token": made.token, "expires_at": made.raw["expires_at"]}
        return JSONResponse(told, headers={"cache-control": "no-store"})

    # FastAPI reads annotations by name, and they stand in this module.
    token.__annotations__ = {"request": Request, "return": _Response}
    return token
