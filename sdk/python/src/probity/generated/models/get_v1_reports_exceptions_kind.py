from typing import Literal, cast

GetV1ReportsExceptionsKind = Literal[
    "differs",
    "expired",
    "key_refused",
    "late",
    "odd_top_up",
    "our_failure",
    "override",
    "owed",
    "payment_not_taken",
    "question",
    "too_many_attempts",
    "unknown_cost",
    "unrecovered",
    "webhook_fails",
    "would_be_denied",
]

GET_V1_REPORTS_EXCEPTIONS_KIND_VALUES: set[GetV1ReportsExceptionsKind] = {
    "differs",
    "expired",
    "key_refused",
    "late",
    "odd_top_up",
    "our_failure",
    "override",
    "owed",
    "payment_not_taken",
    "question",
    "too_many_attempts",
    "unknown_cost",
    "unrecovered",
    "webhook_fails",
    "would_be_denied",
}


def check_get_v1_reports_exceptions_kind(value: str) -> GetV1ReportsExceptionsKind:
    if value in GET_V1_REPORTS_EXCEPTIONS_KIND_VALUES:
        return cast(GetV1ReportsExceptionsKind, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {GET_V1_REPORTS_EXCEPTIONS_KIND_VALUES!r}"
    )
