from typing import Literal, cast

RunRequestPurposeType0 = Literal["experiment", "production"]

RUN_REQUEST_PURPOSE_TYPE_0_VALUES: set[RunRequestPurposeType0] = {
    "experiment",
    "production",
}


def check_run_request_purpose_type_0(value: str) -> RunRequestPurposeType0:
    if value in RUN_REQUEST_PURPOSE_TYPE_0_VALUES:
        return cast(RunRequestPurposeType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {RUN_REQUEST_PURPOSE_TYPE_0_VALUES!r}"
    )
