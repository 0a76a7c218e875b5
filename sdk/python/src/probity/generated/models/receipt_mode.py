from typing import Literal, cast

ReceiptMode = Literal["announce", "enforce", "shadow"]

RECEIPT_MODE_VALUES: set[ReceiptMode] = {
    "announce",
    "enforce",
    "shadow",
}


def check_receipt_mode(value: str) -> ReceiptMode:
    if value in RECEIPT_MODE_VALUES:
        return cast(ReceiptMode, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RECEIPT_MODE_VALUES!r}")
