from typing import Literal, cast

ReceiptOutcomeType0 = Literal[
    "abandoned",
    "bad_input",
    "blocked",
    "cancelled",
    "delivered",
    "empty",
    "failed",
    "partial",
    "reopened",
]

RECEIPT_OUTCOME_TYPE_0_VALUES: set[ReceiptOutcomeType0] = {
    "abandoned",
    "bad_input",
    "blocked",
    "cancelled",
    "delivered",
    "empty",
    "failed",
    "partial",
    "reopened",
}


def check_receipt_outcome_type_0(value: str) -> ReceiptOutcomeType0:
    if value in RECEIPT_OUTCOME_TYPE_0_VALUES:
        return cast(ReceiptOutcomeType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {RECEIPT_OUTCOME_TYPE_0_VALUES!r}"
    )
