from typing import Literal, cast

EventAlertAlert = Literal["expires", "runs_out", "used"]

EVENT_ALERT_ALERT_VALUES: set[EventAlertAlert] = {
    "expires",
    "runs_out",
    "used",
}


def check_event_alert_alert(value: str) -> EventAlertAlert:
    if value in EVENT_ALERT_ALERT_VALUES:
        return cast(EventAlertAlert, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EVENT_ALERT_ALERT_VALUES!r}")
