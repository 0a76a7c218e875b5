from typing import Literal, cast

AttemptSourceType0 = Literal["estimated", "none", "partial", "provider"]

ATTEMPT_SOURCE_TYPE_0_VALUES: set[AttemptSourceType0] = {
    "estimated",
    "none",
    "partial",
    "provider",
}


def check_attempt_source_type_0(value: str) -> AttemptSourceType0:
    if value in ATTEMPT_SOURCE_TYPE_0_VALUES:
        return cast(AttemptSourceType0, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ATTEMPT_SOURCE_TYPE_0_VALUES!r}")
