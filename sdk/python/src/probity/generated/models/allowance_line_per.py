from typing import Literal, cast

AllowanceLinePer = Literal["day", "month", "week", "year"]

ALLOWANCE_LINE_PER_VALUES: set[AllowanceLinePer] = {
    "day",
    "month",
    "week",
    "year",
}


def check_allowance_line_per(value: str) -> AllowanceLinePer:
    if value in ALLOWANCE_LINE_PER_VALUES:
        return cast(AllowanceLinePer, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ALLOWANCE_LINE_PER_VALUES!r}")
