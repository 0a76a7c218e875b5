"""JobScout's server: six buttons, each a run that is charged by how its work ends. What that costs
is the contract's; here stand only the work, and how it ended.

uvicorn server:app --port 3000
"""

import json
import os
import re
from collections.abc import Callable
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Body, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from openai import OpenAIError
from probity import NotTold, Probity, ProbityError, Run, Unavailable
from probity.generated.api.default import post_v1_batch
from probity.generated.models import Batch

from work import Asked, Found, ask, here, look_up, script

service = os.environ.get("PROBITY_URL", "http://127.0.0.1:4242")
probity = Probity()  # PROBITY_URL, PROBITY_KEY
#: What was delivered is the customer's: it is kept, to be opened again for nothing.
kept: dict[str, Found] = {}

# Who is here. A real product has its sign-in; this one makes each browser a customer of its own.


def customer(request: Request) -> str:
    """Whoever's browser it is."""
    visitor = request.cookies.get("visitor", "")
    if not re.fullmatch(r"v_[0-9a-f-]{36}", visitor):
        raise HTTPException(401, "Open the page first.")
    return visitor


Customer = Annotated[str, Depends(customer)]
app = FastAPI()

#: What was done is handed over, whatever is known of its price.
NOT_KNOWN = "Here it is. What was charged for it, if anything, will stand in your receipts."

# The buttons.


def button(action: str) -> Callable[[Callable[[Run, Asked, Found], Found]], None]:
    """A route that is a run: what the work returns was delivered, what it raises failed."""

    def decorate(work: Callable[[Run, Asked, Found], Found]) -> None:
        @app.post(f"/do/{action}")
        def does(who: Customer, asked: Annotated[Asked, Body()]) -> dict[str, Any]:
            names = ("quote", "artifact", "quantity", "inputs")
            told = {name: asked[name] for name in names if name in asked}
            thing = json.dumps([who, action, told.get("artifact") or told.get("inputs")])
            before = found = kept.get(thing, [])
            run = probity.run(action, customer=who, **told)
            try:
                with run:
                    if not run.reopened:
                        found = kept[thing] = work(run, asked, before)
            except (ConnectionError, OpenAIError):
                found = []  # it failed, and cost nothing
            except NotTold:
                # It is done, and theirs; what came of telling it, the books will say.
                return {"found": found, "words": NOT_KNOWN}
            # The receipt's words are the customer's; what the work cost you stays here.
            receipt = run.receipt.raw if run.receipt else {}
            return {"found": found, "words": receipt.get("words"), "seq": receipt.get("seq")}

    return decorate


@button("search_roles")
def search_roles(run: Run, asked: Asked, before: Found) -> Found:
    return look_up(run, asked, "job_index", script["search_roles"])


@button("map_market")
def map_market(run: Run, asked: Asked, before: Found) -> Found:
    ask(run, asked, "What does this market look like?")
    return script["map_market"]


@button("enrich_market_map")
def enrich_market_map(run: Run, asked: Asked, before: Found) -> Found:
    ask(run, asked, "Fill the sections of this map.")
    up_to = min(len(before) + 5, 8) if asked.get("story") == "part" else 8
    run.attempt(services={"company_data": up_to - len(before)})
    if up_to < 8:
        run.partial(up_to - len(before))
    return script["enrich_market_map"][:up_to]


@button("tailor_document")
def tailor_document(run: Run, asked: Asked, before: Found) -> Found:
    ask(run, asked, "Tailor this letter to the role.")
    return script["tailor_document"]


@button("process_documents")
def process_documents(run: Run, asked: Asked, before: Found) -> Found:
    ask(run, asked, f"Read these {asked.get('quantity')} pages.")
    return script["process_documents"]


@button("find_contact_email")
def find_contact_email(run: Run, asked: Asked, before: Found) -> Found:
    # Nothing found is charged here: the contract says so, and the customer agreed to it.
    return look_up(run, asked, "email_lookup", script["find_contact_email"])


# Billing: a token for the elements, and, in place of a payment provider, two pages.


@app.post("/billing/token")
def token(who: Customer, response: Response) -> dict[str, Any]:
    response.headers["cache-control"] = "no-store"
    made = probity.token(who)
    return {"token": made.token, "expires_at": made.raw["expires_at"]}


PACKS = {"50": "5.00", "100": "10.00", "250": "22.00"}


@app.post("/billing/top-up")
def top_up(who: Customer, credits: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
    if credits not in PACKS:
        raise HTTPException(422, "There is no such pack.")
    paid = {"amount": PACKS[credits], "currency": "USD"}
    probity.top_up(who, f"test_{uuid4()}", credits, paid=paid)
    return {"to": "/"}


@app.post("/billing/plans")
def plans(who: Customer, plan: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
    now = probity.customer(who, plan=plan).raw
    waits = {name: now.get(name) for name in ("next_plan", "changes_on")}
    return waits if waits["next_plan"] else {"to": "/"}


# For trying things out: all that there is in one go, and a new customer.


@app.post("/sample/use-up")
def use_up(who: Customer, action: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
    run = {"customer": who, "action": action, "outcome": "delivered"}
    # What is past the end is refused, and leaves no receipt. Searches are about nothing to open again.
    press = str(uuid4())
    letters = [f"letter_{n}_{press[:4]}" for n in range(1, 801)]
    about = [{} if action == "search_roles" else {"artifact": letter} for letter in letters]
    items = [
        {"do": "run", "key": f"{press}-{n}", "body": {**run, **thing}} for n, thing in enumerate(about)
    ]
    post_v1_batch.sync_detailed(client=probity.raw, body=Batch.from_dict({"items": items}))
    return {}


@app.post("/sample/start-over")
def start_over(response: Response) -> dict[str, Any]:
    response.delete_cookie("visitor", httponly=True, samesite="lax")
    return {"to": "/"}


# The pages, under a policy that allows this site and the elements, and nothing that is inline.

POLICY = (
    f"default-src 'none'; script-src 'self' {service}; connect-src 'self' {service}; "
    "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
SECURITY = {"content-security-policy": POLICY, "cache-control": "no-store"}
BILLING = {"/billing/top-up": "top-up", "/billing/plans": "plans"}
PAGES = {"/": "index", **BILLING, "/help": "help", "/settings/keys": "help"}


@app.get("/")
@app.get("/help")
@app.get("/settings/{_page}")
@app.get("/billing/{_page}")
def page(request: Request) -> HTMLResponse:
    name = PAGES.get(request.url.path)
    if name is None:
        raise HTTPException(404)
    html = (here / "page" / f"{name}.html").read_text()
    answer = HTMLResponse(html.replace("http://127.0.0.1:4242", service), headers=SECURITY)
    if "visitor" not in request.cookies:
        visitor = f"v_{uuid4()}"
        probity.customer(visitor, plan="discovery")
        answer.set_cookie("visitor", visitor, httponly=True, samesite="lax")
    return answer


@app.exception_handler(ProbityError)
def refused(_: Request, error: ProbityError) -> JSONResponse:
    """A refusal goes to the page as it is: `Probity.show` says it, with the ways forward."""
    is_away = isinstance(error, (Unavailable, NotTold)) or not error.is_for_customers
    money = "Nothing was charged."
    if error.applied:
        money = "What was charged, if anything, stands in your receipts."
    away = {"title": "Billing is away", "detail": f"Billing is away for a moment. {money}"}
    told = away if is_away else error.problem
    return JSONResponse(told, error.status or 503, media_type="application/problem+json")


app.mount("/", StaticFiles(directory=here / "page"))
