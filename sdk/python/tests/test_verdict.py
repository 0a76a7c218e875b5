"""Verdicts in headers, read as strictly as the server reads them; and how long runs are held."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from probity.ending import OUTCOMES, Ending
from probity.lease import Lease
from probity.verdict import read_today, read_verdict


def test_every_outcome_can_be_said() -> None:
    for outcome in OUTCOMES:
        assert read_verdict(outcome) == Ending(outcome)


def test_parameters_are_read_in_any_order() -> None:
    said = read_verdict(r' partial; reason="5 of \"8\" \\";  quantity=7;parts=5 ')
    assert said == Ending("partial", 5, 7, '5 of "8" \\')
    said = read_verdict('failed;reason=%"f%c3%bcr 50%25"')
    assert said is not None and said.reason == "für 50%"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Delivered",
        "deliveredx",
        "success",
        "delivered, failed",
        "delivered;",
        "partial ;parts=5",
        "partial;part=5",
        "partial;parts",
        "partial;parts=",
        "partial;parts=-1",
        "partial;parts=5.5",
        "partial;parts=4294967296",
        "partial;parts=5;parts=5",
        "delivered;quantity=9007199254740992",
        "failed;reason=down",
        'failed;reason="down',
        'failed;reason=""',
        'failed;reason="a\\nb"',
        'failed;reason="ü"',
        'failed;reason=%"%0a"',
        'failed;reason=%"%ff"',
        'failed;reason=%"%C3%BC"',
        'failed;reason="x" y',
        'failed;reason="' + "x" * 501 + '"',
        " " * 2000,
    ],
)
def test_what_is_not_understood_whole_is_none(text: str) -> None:
    assert read_verdict(text) is None


def test_what_todays_billing_did() -> None:
    assert read_today(["5"], 200, False) == {"charged": "5", "allowed": True}
    assert read_today(["0;denied"], 200, False) == {"charged": "0", "allowed": False}
    assert read_today(["0"], 402, False) == {"charged": "0", "allowed": False}
    assert read_today([], 402, False) == {"charged": None, "allowed": False}
    assert read_today([], 402, True) is None and read_today([], 200, False) is None
    for wrong in ["", "-1", "1e3", "5 credits", "5;", "5; denied", "0; Denied", "0.0000001"]:
        assert read_today([wrong], 200, False) is None, wrong
    assert read_today(["5", "5"], 200, False) is None


def test_more_time_is_asked_for_at_half_of_what_is_left() -> None:
    told = datetime(2026, 11, 23, tzinfo=timezone.utc)

    def later(seconds: float) -> datetime:
        return told + timedelta(seconds=seconds)

    # The clock here may be wrong: only the server's two instants count.
    lease = Lease(later(600), told, now=1000.0)
    assert (lease.asks_for, lease.next_in(1000.0), lease.is_over(1599.0)) == (
        "600 seconds",
        300.0,
        False,
    )
    assert lease.renewed(later(900), later(300), now=1300.0)
    assert lease.next_in(1300.0) == 300.0
    # Cut at the latest: there is nothing more to ask for.
    assert not lease.renewed(later(900), later(600), now=1600.0)
    assert Lease(later(60), told, 0.0, "2 seconds").next_in(0.0) == 1.0
    assert Lease(None, None, 0.0).asks_for == "600 seconds"
