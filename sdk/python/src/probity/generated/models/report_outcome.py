from typing import Literal, cast

ReportOutcome = Literal[
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

REPORT_OUTCOME_VALUES: set[ReportOutcome] = {
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


def check_report_outcome(value: str) -> ReportOutcome:
    if value in REPORT_OUTCOME_VALUES:
        return cast(ReportOutcome, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {REPORT_OUTCOME_VALUES!r}")
