from typing import Literal, cast

RolloutPlansAdditionalProperty = Literal["announce", "enforce", "shadow"]

ROLLOUT_PLANS_ADDITIONAL_PROPERTY_VALUES: set[RolloutPlansAdditionalProperty] = {
    "announce",
    "enforce",
    "shadow",
}


def check_rollout_plans_additional_property(value: str) -> RolloutPlansAdditionalProperty:
    if value in ROLLOUT_PLANS_ADDITIONAL_PROPERTY_VALUES:
        return cast(RolloutPlansAdditionalProperty, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {ROLLOUT_PLANS_ADDITIONAL_PROPERTY_VALUES!r}"
    )
