"""Prices, quotes, wallets and tokens; amounts are never floats."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from probity import AsyncProbity, Denied, Probity

from served import Server

EMAIL: Any = {"full_name": "X Y", "company_domain": "x.org"}


def test_what_it_would_cost(probity: Probity, customer: str, poor: str) -> None:
    check = probity.check("tailor_document", customer=customer, artifact="draft_9")
    assert check.allowed and check.price == Decimal(5) and check.money == "$0.50"
    assert check.words and check.denial is None and not check.reopened
    denied = probity.check("enrich_market_map", customer=poor, artifact="map_1")
    assert not denied.allowed and denied.denial is not None
    assert denied.denial.code == "not_in_plan" and denied.denial.ways_forward[0].words
    items = [{"action": "tailor_document", "artifact": f"d{n}"} for n in range(30)]
    checks = probity.check_all(customer, items)
    assert (checks.fits, checks.total, len(checks.items)) == (5, 25, 30)  # At once.
    assert not checks.items[5].allowed
    with pytest.raises(TypeError, match="unknown: hold_for"):
        probity.check("tailor_document", customer=customer, hold_for="1 hour")
    prices = {price.action: price for price in probity.prices(customer)}
    assert prices["tailor_document"].price == 5 and prices["find_contact_email"].harsh
    assert prices["search_roles"].free and prices["search_roles"].left == 800
    assert all(isinstance(price.price, Decimal) and price.words for price in prices.values())


def test_a_harsh_rule_is_agreed_to_by_a_quote(probity: Probity, customer: str, used: Any) -> None:
    with pytest.raises(Denied) as raised:
        probity.start("find_contact_email", customer=customer, inputs=EMAIL)
    assert (raised.value.code, raised.value.status) == ("confirmation_needed", 428)
    quote = probity.quote("find_contact_email", customer=customer, inputs=EMAIL)
    assert quote.price == 3 and quote.needs_confirmation and quote.warning
    assert (quote.if_["empty"], quote.if_["failed"], quote.if_["partial"]) == (3, 0, 0)
    assert probity.confirm(quote.quote).confirmed_by == "product"
    with probity.run(customer=customer, quote=quote.quote) as run:
        run.empty()
    assert (run.receipt.outcome, run.receipt.charged, used()) == ("empty", 3, 3)


def test_wallets_and_what_fills_them(probity: Probity, customer: str) -> None:
    wallet = probity.wallet(customer)
    assert wallet.balance == wallet.available == 120 and wallet.money == "$12.00"
    assert wallet.enough_for["tailor_document"] == 24 and wallet.allowances["map_market"].units
    bought = probity.top_up(
        customer, f"pi_{customer}", "50", paid={"amount": "5.00", "currency": "USD"}
    )
    assert (bought.kind, bought.amount, bought.expires) == ("bought", 50, None)
    given = probity.grant(customer, "goodwill", Decimal("0.5"), reason="sorry")
    assert given.amount == Decimal("0.5") and given.expires is not None
    assert probity.wallet(customer).balance == Decimal("170.5")
    with pytest.raises(TypeError, match="float"):
        probity.grant(customer, "gift", 0.1)  # type: ignore[arg-type]
    with probity.run("tailor_document", customer=customer, artifact="a") as run:
        pass
    assert probity.refund(run.id, "2", reason="late").refunded == 2
    assert probity.refund(run.id).refunded == 5


def test_a_token_reads_its_own_customer_only(
    server: Server, probity: Probity, customer: str, poor: str
) -> None:
    token = probity.token(customer, lasts="30 minutes")
    assert token.expires_at.tzinfo is not None
    browser = Probity(server.url, token.token)
    assert browser.wallet(customer).balance == 120 and "ct_" not in repr(browser)
    with pytest.raises(Exception) as raised:
        browser.wallet(poor)
    assert getattr(raised.value, "code", None) == "not_found"


async def test_the_same_awaited(aprobity: AsyncProbity, customer: str) -> None:
    assert (await aprobity.check("tailor_document", customer=customer, artifact="a")).price == 5
    assert (await aprobity.check_all(customer, [{"action": "map_market"}])).fits == 1
    quote = await aprobity.quote("find_contact_email", customer=customer, inputs=EMAIL)
    assert (await aprobity.confirm(quote.quote)).quote
    assert (await aprobity.prices(customer))[0].words
    assert (await aprobity.wallet(customer)).balance == 120
    assert (await aprobity.token(customer)).token.startswith("ct_")
    run = await aprobity.start("tailor_document", customer=customer, artifact="a")
    assert (await aprobity.release(run.id or "")).status == "released"
    assert (await aprobity.receipts(customer, limit=1))[0].run == run.id


def test_settings_come_from_the_environment(
    server: Server, customer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="PROBITY_URL and PROBITY_KEY"):
        Probity()
    monkeypatch.setenv("PROBITY_URL", server.url + "/")
    monkeypatch.setenv("PROBITY_KEY", server.live)
    with Probity() as probity:
        assert probity.wallet(customer).balance == 120
        assert server.live not in repr(probity) and server.live not in repr(probity.raw)
    with pytest.raises(ValueError, match="go_on"):
        Probity(when_away="ignore")
