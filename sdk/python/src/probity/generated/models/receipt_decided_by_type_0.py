from typing import Literal, cast

ReceiptDecidedByType0 = Literal["contract", "product"]

RECEIPT_DECIDED_BY_TYPE_0_VALUES: set[ReceiptDecidedByType0] = {
    "contract",
    "product",
}


def check_receipt_decided_by_type_0(value: str) -> ReceiptDecidedByType0:
    if value in RECEIPT_DECIDED_BY_TYPE_0_VALUES:
        return cast(ReceiptDecidedByType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {RECEIPT_DECIDED_BY_TYPE_0_VALUES!r}"
    )
