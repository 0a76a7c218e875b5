from typing import Literal, cast

WatchedRunHow = Literal["expired", "late", "released", "settled"]

WATCHED_RUN_HOW_VALUES: set[WatchedRunHow] = {
    "expired",
    "late",
    "released",
    "settled",
}


def check_watched_run_how(value: str) -> WatchedRunHow:
    if value in WATCHED_RUN_HOW_VALUES:
        return cast(WatchedRunHow, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WATCHED_RUN_HOW_VALUES!r}")
