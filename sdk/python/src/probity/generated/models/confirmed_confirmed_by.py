from typing import Literal, cast

ConfirmedConfirmedBy = Literal["customer", "product"]

CONFIRMED_CONFIRMED_BY_VALUES: set[ConfirmedConfirmedBy] = {
    "customer",
    "product",
}


def check_confirmed_confirmed_by(value: str) -> ConfirmedConfirmedBy:
    if value in CONFIRMED_CONFIRMED_BY_VALUES:
        return cast(ConfirmedConfirmedBy, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {CONFIRMED_CONFIRMED_BY_VALUES!r}"
    )
