from typing import Literal, cast

CheckItemPurposeType0 = Literal["experiment", "production"]

CHECK_ITEM_PURPOSE_TYPE_0_VALUES: set[CheckItemPurposeType0] = {
    "experiment",
    "production",
}


def check_check_item_purpose_type_0(value: str) -> CheckItemPurposeType0:
    if value in CHECK_ITEM_PURPOSE_TYPE_0_VALUES:
        return cast(CheckItemPurposeType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {CHECK_ITEM_PURPOSE_TYPE_0_VALUES!r}"
    )
