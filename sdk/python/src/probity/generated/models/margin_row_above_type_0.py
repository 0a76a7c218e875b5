from typing import Literal, cast

MarginRowAboveType0 = Literal["typical", "worst"]

MARGIN_ROW_ABOVE_TYPE_0_VALUES: set[MarginRowAboveType0] = {
    "typical",
    "worst",
}


def check_margin_row_above_type_0(value: str) -> MarginRowAboveType0:
    if value in MARGIN_ROW_ABOVE_TYPE_0_VALUES:
        return cast(MarginRowAboveType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {MARGIN_ROW_ABOVE_TYPE_0_VALUES!r}"
    )
