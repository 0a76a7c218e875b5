from typing import Literal, cast

ShadowCauseVerdict = Literal["less", "more", "would_not_stop", "would_stop"]

SHADOW_CAUSE_VERDICT_VALUES: set[ShadowCauseVerdict] = {
    "less",
    "more",
    "would_not_stop",
    "would_stop",
}


def check_shadow_cause_verdict(value: str) -> ShadowCauseVerdict:
    if value in SHADOW_CAUSE_VERDICT_VALUES:
        return cast(ShadowCauseVerdict, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SHADOW_CAUSE_VERDICT_VALUES!r}")
