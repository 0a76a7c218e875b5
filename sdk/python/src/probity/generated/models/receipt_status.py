from typing import Literal, cast

ReceiptStatus = Literal["expired", "held", "released", "settled"]

RECEIPT_STATUS_VALUES: set[ReceiptStatus] = {
    "expired",
    "held",
    "released",
    "settled",
}


def check_receipt_status(value: str) -> ReceiptStatus:
    if value in RECEIPT_STATUS_VALUES:
        return cast(ReceiptStatus, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RECEIPT_STATUS_VALUES!r}")
