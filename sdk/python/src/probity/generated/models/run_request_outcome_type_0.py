from typing import Literal, cast

RunRequestOutcomeType0 = Literal[
    "abandoned",
    "bad_input",
    "blocked",
    "cancelled",
    "delivered",
    "empty",
    "failed",
    "partial",
    "reopened",
]

RUN_REQUEST_OUTCOME_TYPE_0_VALUES: set[RunRequestOutcomeType0] = {
    "abandoned",
    "bad_input",
    "blocked",
    "cancelled",
    "delivered",
    "empty",
    "failed",
    "partial",
    "reopened",
}


def check_run_request_outcome_type_0(value: str) -> RunRequestOutcomeType0:
    if value in RUN_REQUEST_OUTCOME_TYPE_0_VALUES:
        return cast(RunRequestOutcomeType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {RUN_REQUEST_OUTCOME_TYPE_0_VALUES!r}"
    )
