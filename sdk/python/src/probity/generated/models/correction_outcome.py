from typing import Literal, cast

CorrectionOutcome = Literal[
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

CORRECTION_OUTCOME_VALUES: set[CorrectionOutcome] = {
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


def check_correction_outcome(value: str) -> CorrectionOutcome:
    if value in CORRECTION_OUTCOME_VALUES:
        return cast(CorrectionOutcome, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CORRECTION_OUTCOME_VALUES!r}")
