from typing import Literal, cast

EventGrantKind = Literal["bought", "gift", "goodwill", "plan"]

EVENT_GRANT_KIND_VALUES: set[EventGrantKind] = {
    "bought",
    "gift",
    "goodwill",
    "plan",
}


def check_event_grant_kind(value: str) -> EventGrantKind:
    if value in EVENT_GRANT_KIND_VALUES:
        return cast(EventGrantKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EVENT_GRANT_KIND_VALUES!r}")
