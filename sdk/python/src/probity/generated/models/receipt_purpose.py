from typing import Literal, cast

ReceiptPurpose = Literal["experiment", "production"]

RECEIPT_PURPOSE_VALUES: set[ReceiptPurpose] = {
    "experiment",
    "production",
}


def check_receipt_purpose(value: str) -> ReceiptPurpose:
    if value in RECEIPT_PURPOSE_VALUES:
        return cast(ReceiptPurpose, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RECEIPT_PURPOSE_VALUES!r}")
