from typing import Literal, cast

ReceiptKind = Literal["first", "fresh", "redo", "reopened", "rest"]

RECEIPT_KIND_VALUES: set[ReceiptKind] = {
    "first",
    "fresh",
    "redo",
    "reopened",
    "rest",
}


def check_receipt_kind(value: str) -> ReceiptKind:
    if value in RECEIPT_KIND_VALUES:
        return cast(ReceiptKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RECEIPT_KIND_VALUES!r}")
