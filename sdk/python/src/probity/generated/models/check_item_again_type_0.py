from typing import Literal, cast

CheckItemAgainType0 = Literal["fresh", "redo"]

CHECK_ITEM_AGAIN_TYPE_0_VALUES: set[CheckItemAgainType0] = {
    "fresh",
    "redo",
}


def check_check_item_again_type_0(value: str) -> CheckItemAgainType0:
    if value in CHECK_ITEM_AGAIN_TYPE_0_VALUES:
        return cast(CheckItemAgainType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {CHECK_ITEM_AGAIN_TYPE_0_VALUES!r}"
    )
