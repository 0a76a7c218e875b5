from typing import Literal, cast

CheckRequestPurposeType0 = Literal["experiment", "production"]

CHECK_REQUEST_PURPOSE_TYPE_0_VALUES: set[CheckRequestPurposeType0] = {
    "experiment",
    "production",
}


def check_check_request_purpose_type_0(value: str) -> CheckRequestPurposeType0:
    if value in CHECK_REQUEST_PURPOSE_TYPE_0_VALUES:
        return cast(CheckRequestPurposeType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {CHECK_REQUEST_PURPOSE_TYPE_0_VALUES!r}"
    )
