from typing import Literal, cast

RunOutcomeType0 = Literal[
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

RUN_OUTCOME_TYPE_0_VALUES: set[RunOutcomeType0] = {
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


def check_run_outcome_type_0(value: str) -> RunOutcomeType0:
    if value in RUN_OUTCOME_TYPE_0_VALUES:
        return cast(RunOutcomeType0, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RUN_OUTCOME_TYPE_0_VALUES!r}")
