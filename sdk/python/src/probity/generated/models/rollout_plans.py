from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.rollout_plans_additional_property import (
    RolloutPlansAdditionalProperty,
    check_rollout_plans_additional_property,
)

T = TypeVar("T", bound="RolloutPlans")


@_attrs_define
class RolloutPlans:
    """by plan"""

    additional_properties: dict[str, RolloutPlansAdditionalProperty] = _attrs_field(
        init=False, factory=dict
    )

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.additional_properties.items():
            field_dict[prop_name] = prop

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        rollout_plans = cls()

        additional_properties = {}
        for prop_name, prop_dict in d.items():
            additional_property = check_rollout_plans_additional_property(prop_dict)

            additional_properties[prop_name] = additional_property

        rollout_plans.additional_properties = additional_properties
        return rollout_plans

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> RolloutPlansAdditionalProperty:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: RolloutPlansAdditionalProperty) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
