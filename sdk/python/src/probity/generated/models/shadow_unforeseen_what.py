from typing import Literal, cast

ShadowUnforeseenWhat = Literal["no_parts", "nobody_said", "not_written", "too_late"]

SHADOW_UNFORESEEN_WHAT_VALUES: set[ShadowUnforeseenWhat] = {
    "no_parts",
    "nobody_said",
    "not_written",
    "too_late",
}


def check_shadow_unforeseen_what(value: str) -> ShadowUnforeseenWhat:
    if value in SHADOW_UNFORESEEN_WHAT_VALUES:
        return cast(ShadowUnforeseenWhat, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {SHADOW_UNFORESEEN_WHAT_VALUES!r}"
    )
