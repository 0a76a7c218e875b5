from typing import Literal, cast

StatementItemRuleType0 = Literal[
    "allowance",
    "announce",
    "charge",
    "corrected",
    "experiment",
    "free_action",
    "on_your_key",
    "outcome_free",
    "paid_even_if",
    "quantity",
    "redo",
    "reopened",
    "same_again",
    "shadow",
    "share",
    "too_slow",
]

STATEMENT_ITEM_RULE_TYPE_0_VALUES: set[StatementItemRuleType0] = {
    "allowance",
    "announce",
    "charge",
    "corrected",
    "experiment",
    "free_action",
    "on_your_key",
    "outcome_free",
    "paid_even_if",
    "quantity",
    "redo",
    "reopened",
    "same_again",
    "shadow",
    "share",
    "too_slow",
}


def check_statement_item_rule_type_0(value: str) -> StatementItemRuleType0:
    if value in STATEMENT_ITEM_RULE_TYPE_0_VALUES:
        return cast(StatementItemRuleType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {STATEMENT_ITEM_RULE_TYPE_0_VALUES!r}"
    )
