from typing import Literal, cast

EventRunStatus = Literal["expired", "held", "released", "settled"]

EVENT_RUN_STATUS_VALUES: set[EventRunStatus] = {
    "expired",
    "held",
    "released",
    "settled",
}


def check_event_run_status(value: str) -> EventRunStatus:
    if value in EVENT_RUN_STATUS_VALUES:
        return cast(EventRunStatus, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EVENT_RUN_STATUS_VALUES!r}")
