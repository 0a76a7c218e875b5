from typing import Literal, cast

RolloutActionsAdditionalProperty = Literal["announce", "enforce", "shadow"]

ROLLOUT_ACTIONS_ADDITIONAL_PROPERTY_VALUES: set[RolloutActionsAdditionalProperty] = {
    "announce",
    "enforce",
    "shadow",
}


def check_rollout_actions_additional_property(value: str) -> RolloutActionsAdditionalProperty:
    if value in ROLLOUT_ACTIONS_ADDITIONAL_PROPERTY_VALUES:
        return cast(RolloutActionsAdditionalProperty, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {ROLLOUT_ACTIONS_ADDITIONAL_PROPERTY_VALUES!r}"
    )
