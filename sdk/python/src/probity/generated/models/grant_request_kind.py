from typing import Literal, cast

GrantRequestKind = Literal["gift", "goodwill"]

GRANT_REQUEST_KIND_VALUES: set[GrantRequestKind] = {
    "gift",
    "goodwill",
}


def check_grant_request_kind(value: str) -> GrantRequestKind:
    if value in GRANT_REQUEST_KIND_VALUES:
        return cast(GrantRequestKind, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GRANT_REQUEST_KIND_VALUES!r}")
