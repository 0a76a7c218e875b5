from typing import Literal, cast

RunKind = Literal["first", "fresh", "redo", "reopened", "rest"]

RUN_KIND_VALUES: set[RunKind] = {
    "first",
    "fresh",
    "redo",
    "reopened",
    "rest",
}


def check_run_kind(value: str) -> RunKind:
    if value in RUN_KIND_VALUES:
        return cast(RunKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RUN_KIND_VALUES!r}")
