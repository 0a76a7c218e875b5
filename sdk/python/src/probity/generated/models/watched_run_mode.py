from typing import Literal, cast

WatchedRunMode = Literal["announce", "enforce", "shadow"]

WATCHED_RUN_MODE_VALUES: set[WatchedRunMode] = {
    "announce",
    "enforce",
    "shadow",
}


def check_watched_run_mode(value: str) -> WatchedRunMode:
    if value in WATCHED_RUN_MODE_VALUES:
        return cast(WatchedRunMode, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WATCHED_RUN_MODE_VALUES!r}")
