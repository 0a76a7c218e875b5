from typing import Literal, cast

RunMode = Literal["announce", "enforce", "shadow"]

RUN_MODE_VALUES: set[RunMode] = {
    "announce",
    "enforce",
    "shadow",
}


def check_run_mode(value: str) -> RunMode:
    if value in RUN_MODE_VALUES:
        return cast(RunMode, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RUN_MODE_VALUES!r}")
