from typing import Literal, cast

ReceiptRuleType0 = Literal[
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

RECEIPT_RULE_TYPE_0_VALUES: set[ReceiptRuleType0] = {
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


def check_receipt_rule_type_0(value: str) -> ReceiptRuleType0:
    if value in RECEIPT_RULE_TYPE_0_VALUES:
        return cast(ReceiptRuleType0, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RECEIPT_RULE_TYPE_0_VALUES!r}")
