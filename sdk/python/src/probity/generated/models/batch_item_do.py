from typing import Literal, cast

BatchItemDo = Literal["extend", "refund", "release", "run", "settle"]

BATCH_ITEM_DO_VALUES: set[BatchItemDo] = {
    "extend",
    "refund",
    "release",
    "run",
    "settle",
}


def check_batch_item_do(value: str) -> BatchItemDo:
    if value in BATCH_ITEM_DO_VALUES:
        return cast(BatchItemDo, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {BATCH_ITEM_DO_VALUES!r}")
