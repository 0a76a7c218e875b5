from typing import Literal, cast

CheckRequestAgainType0 = Literal["fresh", "redo"]

CHECK_REQUEST_AGAIN_TYPE_0_VALUES: set[CheckRequestAgainType0] = {
    "fresh",
    "redo",
}


def check_check_request_again_type_0(value: str) -> CheckRequestAgainType0:
    if value in CHECK_REQUEST_AGAIN_TYPE_0_VALUES:
        return cast(CheckRequestAgainType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {CHECK_REQUEST_AGAIN_TYPE_0_VALUES!r}"
    )
