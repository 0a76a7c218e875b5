from typing import Literal, cast

GrantKind = Literal["bought", "gift", "goodwill", "plan"]

GRANT_KIND_VALUES: set[GrantKind] = {
    "bought",
    "gift",
    "goodwill",
    "plan",
}


def check_grant_kind(value: str) -> GrantKind:
    if value in GRANT_KIND_VALUES:
        return cast(GrantKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GRANT_KIND_VALUES!r}")
