from typing import Literal, cast

DrawnKind = Literal["bought", "gift", "goodwill", "owed", "plan"]

DRAWN_KIND_VALUES: set[DrawnKind] = {
    "bought",
    "gift",
    "goodwill",
    "owed",
    "plan",
}


def check_drawn_kind(value: str) -> DrawnKind:
    if value in DRAWN_KIND_VALUES:
        return cast(DrawnKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {DRAWN_KIND_VALUES!r}")
