from typing import Literal, cast

StatementItemKind = Literal[
    "bought",
    "charged",
    "claw_back",
    "correction",
    "expiry",
    "gift",
    "goodwill",
    "held",
    "not_charged",
    "plan",
    "refund",
]

STATEMENT_ITEM_KIND_VALUES: set[StatementItemKind] = {
    "bought",
    "charged",
    "claw_back",
    "correction",
    "expiry",
    "gift",
    "goodwill",
    "held",
    "not_charged",
    "plan",
    "refund",
}


def check_statement_item_kind(value: str) -> StatementItemKind:
    if value in STATEMENT_ITEM_KIND_VALUES:
        return cast(StatementItemKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STATEMENT_ITEM_KIND_VALUES!r}")
