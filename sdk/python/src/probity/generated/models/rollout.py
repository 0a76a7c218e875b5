from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.rollout_default import RolloutDefault, check_rollout_default

if TYPE_CHECKING:
    from ..models.rollout_actions import RolloutActions
    from ..models.rollout_plans import RolloutPlans


T = TypeVar("T", bound="Rollout")


@_attrs_define
class Rollout:
    """What is rolled out how; the most lenient of action and plan applies.

    Attributes:
        actions (RolloutActions): by action
        default (RolloutDefault): where neither is listed
        plans (RolloutPlans): by plan
        share (str): of customers; the others are in shadow
    """

    actions: "RolloutActions"
    default: RolloutDefault
    plans: "RolloutPlans"
    share: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        actions = self.actions.to_dict()

        default: str = self.default

        plans = self.plans.to_dict()

        share = self.share

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "actions": actions,
                "default": default,
                "plans": plans,
                "share": share,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rollout_actions import RolloutActions
        from ..models.rollout_plans import RolloutPlans

        d = dict(src_dict)
        actions = RolloutActions.from_dict(d.pop("actions"))

        default = check_rollout_default(d.pop("default"))

        plans = RolloutPlans.from_dict(d.pop("plans"))

        share = d.pop("share")

        rollout = cls(
            actions=actions,
            default=default,
            plans=plans,
            share=share,
        )

        rollout.additional_properties = d
        return rollout

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
