"""The headers of Probity on responses: the verdict of who did the work, what customers are told.

A verdict is an item of a structured field (RFC 9651), read strictly: `partial;parts=5`. What is not
understood whole is no verdict, never half of one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Optional

from .ending import OUTCOMES, Ending, log
from .shapes import Started

PREFIX = "probity-"
OUTCOME = "probity-outcome"
NOW_CHARGED = "probity-now-charged"
_LONGEST = 1024
_LONGEST_REASON = 500
_COUNT = 2**53 - 1
_PARTS = 2**32 - 1
_WORD = re.compile(r"[a-z_]+")
_PARAMETER = re.compile(
    r"; *(?:(?P<count>parts|quantity)=(?P<n>[0-9]{1,15})"
    r'|reason=(?:"(?P<plain>(?:[ !#-\[\]-~]|\\["\\])*)"'
    r'|%"(?P<display>(?:[ !#$&-~]|%[0-9a-f]{2})*)"))'
)
_TODAY = re.compile(r"([0-9]+(?:\.[0-9]{1,6})?)(?:[ \t]*;[ \t]*(allowed|denied))?")


def read_verdict(text: str) -> Optional[Ending]:
    """The value of a `Probity-Outcome`; None where it cannot be read, which is logged."""
    ending = _verdict(text)
    if ending is None:
        log.warning("a Probity-Outcome cannot be read; write it such as `partial;parts=5`")
    return ending


def _verdict(text: str) -> Optional[Ending]:
    if len(text) > _LONGEST:
        return None
    text = text.strip()
    word = _WORD.match(text)
    if not word or word.group() not in OUTCOMES:
        return None
    said: dict[str, Any] = {}
    at = word.end()
    while at < len(text):
        parameter = _PARAMETER.match(text, at)
        if not parameter:
            return None
        name, value = _parameter(parameter)
        if name in said or value is None:
            return None
        said[name] = value
        at = parameter.end()
    return Ending(word.group(), **said)


def _parameter(parameter: re.Match[str]) -> tuple[str, Any]:
    name = parameter.group("count")
    if name:
        count = int(parameter.group("n"))
        return name, count if count <= (_PARTS if name == "parts" else _COUNT) else None
    plain = parameter.group("plain")
    if plain is not None:
        reason = re.sub(r'\\(["\\])', r"\1", plain)
    else:
        display = parameter.group("display").encode("ascii")
        octets = re.sub(rb"%([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), display)
        try:
            reason = octets.decode()
        except UnicodeDecodeError:
            return "reason", None
    is_long = len(reason.encode()) > _LONGEST_REASON
    has_control = any(ord(c) < 32 or 127 <= ord(c) < 160 for c in reason)
    return "reason", reason if reason and not is_long and not has_control else None


def read_today(said: list[str], status: int, is_enforced: bool) -> Optional[dict[str, Any]]:
    """What today's billing did: `5`, `5; allowed` or `0; denied`.

    Where nothing is said of it, a status that refuses says that, but not where it is enforced.
    """
    refuses = status in (402, 403, 429) and not is_enforced
    if not said:
        return {"charged": None, "allowed": False} if refuses else None
    found = _TODAY.fullmatch(said[0].strip()) if len(said) == 1 else None
    is_zero = found is not None and Decimal(found[1]) == 0
    if found is None or (found[2] == "denied" and not is_zero):
        log.warning("a Probity-Now-Charged cannot be read; write credits, such as 5, or 0; denied")
        return None
    allowed = found[2] == "allowed" if found[2] else not (refuses and is_zero)
    return {"charged": found[1], "allowed": allowed}


def tell_customer(
    started: Started, action: str, outcome: Optional[str], never_charges: bool
) -> list[tuple[str, str]]:
    """The headers that tell the customer of the run that their request is."""
    told = [
        ("probity-run", started.run),
        ("probity-action", action),
        ("probity-mode", started.mode),
        ("probity-contract", started.contract),
    ]
    if outcome:
        told.append((OUTCOME, outcome))
    if started.mode != "shadow":
        if started.price is not None:
            told.append(("probity-price", plain(started.price)))
        # What was set aside for what failed can be spent again.
        if not never_charges:
            told.append(("probity-available", plain(started.wallet.available)))
    if started.mode == "announce" and started.would:
        denial = started.would.get("denial")
        would = f'deny; code="{denial}"' if denial else f'allow; price="{started.would["price"]}"'
        told.append(("probity-would", would))
    return told


def plain(amount: Decimal) -> str:
    """Credits as they are shown: without an exponent."""
    return format(amount, "f")
