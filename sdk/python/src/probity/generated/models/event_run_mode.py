from typing import Literal, cast

EventRunMode = Literal["announce", "enforce", "shadow"]

EVENT_RUN_MODE_VALUES: set[EventRunMode] = {
    "announce",
    "enforce",
    "shadow",
}


def check_event_run_mode(value: str) -> EventRunMode:
    if value in EVENT_RUN_MODE_VALUES:
        return cast(EventRunMode, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EVENT_RUN_MODE_VALUES!r}")
