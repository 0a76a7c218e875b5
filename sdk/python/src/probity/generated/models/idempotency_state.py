from typing import Literal, cast

IdempotencyState = Literal["applied", "not_applied"]

IDEMPOTENCY_STATE_VALUES: set[IdempotencyState] = {
    "applied",
    "not_applied",
}


def check_idempotency_state(value: str) -> IdempotencyState:
    if value in IDEMPOTENCY_STATE_VALUES:
        return cast(IdempotencyState, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IDEMPOTENCY_STATE_VALUES!r}")
