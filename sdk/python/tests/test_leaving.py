"""Leaving never costs more than staying: the table that all SDKs share, and the real thing."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from probity import AsyncProbity
from probity.charging import Response
from probity.ending import Ending, of_block
from probity.run import BaseRun
from probity.same import Same

from served import ROOT

CASES = json.loads((ROOT / "sdk" / "fixtures" / "leaving.json").read_text())["cases"]


def ending(told: Any) -> Any:
    return told and Ending(**told)


def brief(ending: Any) -> Any:
    """All but the reason, which SDKs tell each in their way."""
    return ending and {name: n for name, n in ending.report().items() if name != "reason"}


@pytest.mark.parametrize("case", CASES, ids=json.dumps)
@pytest.mark.parametrize("by_header", [False, True])
def test_the_table_of_all_sdks(case: Any, by_header: bool) -> None:
    run = BaseRun(same=Same())
    run._has_begun_to_arrive = case["begun"]
    response = Response(run, "tailor_document", case.get("status", 200))
    if by_header:
        response._verdict = ending(case["said"])
    else:
        run._told = ending(case["said"])
    assert brief(response.left()) == case["ends"]
    if "status" not in case:
        gone = asyncio.CancelledError()
        block = of_block(ending(case["said"]), gone, case["begun"])
        assert brief(block) == case["ends"]
        run._told = ending(case["said"])
        run.left()
        assert brief(run._told) == case["ends"]


@pytest.mark.parametrize(
    ("says", "outcome", "charged"),
    [
        (lambda run: run.partial(5), "partial", 6),
        (lambda run: run.empty(), "empty", 0),
        (lambda run: None, "abandoned", 10),
    ],
)
async def test_who_leaves_pays_for_what_was_said(
    aprobity: AsyncProbity, customer: str, used: Any, says: Any, outcome: str, charged: int
) -> None:
    run = aprobity.run("enrich_market_map", customer=customer, artifact="map_1")
    with pytest.raises(asyncio.CancelledError):
        async with run:
            run.begun()
            says(run)
            raise asyncio.CancelledError
    assert run.receipt is not None
    assert (run.receipt.outcome, run.receipt.charged, used()) == (outcome, charged, charged)
