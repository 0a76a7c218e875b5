from typing import Literal, cast

ExceptionKind = Literal[
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

EXCEPTION_KIND_VALUES: set[ExceptionKind] = {
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


def check_exception_kind(value: str) -> ExceptionKind:
    if value in EXCEPTION_KIND_VALUES:
        return cast(ExceptionKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXCEPTION_KIND_VALUES!r}")
