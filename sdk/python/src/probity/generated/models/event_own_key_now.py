from typing import Literal, cast

EventOwnKeyNow = Literal["refused", "removed", "stored"]

EVENT_OWN_KEY_NOW_VALUES: set[EventOwnKeyNow] = {
    "refused",
    "removed",
    "stored",
}


def check_event_own_key_now(value: str) -> EventOwnKeyNow:
    if value in EVENT_OWN_KEY_NOW_VALUES:
        return cast(EventOwnKeyNow, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EVENT_OWN_KEY_NOW_VALUES!r}")
