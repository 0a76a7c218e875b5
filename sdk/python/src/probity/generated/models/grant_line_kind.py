from typing import Literal, cast

GrantLineKind = Literal["bought", "gift", "goodwill", "plan"]

GRANT_LINE_KIND_VALUES: set[GrantLineKind] = {
    "bought",
    "gift",
    "goodwill",
    "plan",
}


def check_grant_line_kind(value: str) -> GrantLineKind:
    if value in GRANT_LINE_KIND_VALUES:
        return cast(GrantLineKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GRANT_LINE_KIND_VALUES!r}")
