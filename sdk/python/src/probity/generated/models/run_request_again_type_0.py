from typing import Literal, cast

RunRequestAgainType0 = Literal["fresh", "redo"]

RUN_REQUEST_AGAIN_TYPE_0_VALUES: set[RunRequestAgainType0] = {
    "fresh",
    "redo",
}


def check_run_request_again_type_0(value: str) -> RunRequestAgainType0:
    if value in RUN_REQUEST_AGAIN_TYPE_0_VALUES:
        return cast(RunRequestAgainType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {RUN_REQUEST_AGAIN_TYPE_0_VALUES!r}"
    )
