from typing import Literal, cast

AllowancePer = Literal["day", "month", "week", "year"]

ALLOWANCE_PER_VALUES: set[AllowancePer] = {
    "day",
    "month",
    "week",
    "year",
}


def check_allowance_per(value: str) -> AllowancePer:
    if value in ALLOWANCE_PER_VALUES:
        return cast(AllowancePer, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ALLOWANCE_PER_VALUES!r}")
