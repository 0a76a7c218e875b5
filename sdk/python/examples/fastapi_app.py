"""A FastAPI application whose route is charged by how it ends.

uvicorn fastapi_app:app
curl -i -X POST localhost:8000/drafts/draft_9 -H 'x-customer: ana'
"""

from fastapi import Depends, FastAPI, Header
from openai import AsyncOpenAI

from probity import AsyncProbity, AsyncRun
from probity.fastapi import ProbityMiddleware, charge, token_route
from probity.openai import track

app = FastAPI()
probity = AsyncProbity()
app.add_middleware(ProbityMiddleware, probity=probity)


def signed_in(x_customer: str = Header()) -> str:
    """Who asks. Yours reads the session."""
    return x_customer


tailoring = charge(
    "tailor_document",
    customer=Depends(signed_in),
    artifact=lambda request: request.path_params["draft"],
)


@app.post("/drafts/{draft}")
async def tailor(draft: str, run: AsyncRun = Depends(tailoring)):
    openai = track(run, AsyncOpenAI())
    answer = await openai.chat.completions.create(
        model="gpt-4.1", messages=[{"role": "user", "content": f"Tailor {draft}."}]
    )
    return {"draft": draft, "text": answer.choices[0].message.content}


# What Probity's elements on a page ask with: a token of this customer, and of no one else.
signed_in_here = lambda request: request.headers.get("x-customer")  # noqa: E731
app.post("/billing/token")(token_route(probity, customer=signed_in_here))
