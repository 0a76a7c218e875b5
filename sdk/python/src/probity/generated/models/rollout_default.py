from typing import Literal, cast

RolloutDefault = Literal["announce", "enforce", "shadow"]

ROLLOUT_DEFAULT_VALUES: set[RolloutDefault] = {
    "announce",
    "enforce",
    "shadow",
}


def check_rollout_default(value: str) -> RolloutDefault:
    if value in ROLLOUT_DEFAULT_VALUES:
        return cast(RolloutDefault, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ROLLOUT_DEFAULT_VALUES!r}")
