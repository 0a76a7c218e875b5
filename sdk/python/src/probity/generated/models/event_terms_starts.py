from typing import Literal, cast

EventTermsStarts = Literal["at_once", "next_period"]

EVENT_TERMS_STARTS_VALUES: set[EventTermsStarts] = {
    "at_once",
    "next_period",
}


def check_event_terms_starts(value: str) -> EventTermsStarts:
    if value in EVENT_TERMS_STARTS_VALUES:
        return cast(EventTermsStarts, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EVENT_TERMS_STARTS_VALUES!r}")
