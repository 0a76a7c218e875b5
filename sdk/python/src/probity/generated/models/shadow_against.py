from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ShadowAgainst")


@_attrs_define
class ShadowAgainst:
    """Customers of whom it is known what today's billing charges: for the same runs they would pay

    Attributes:
        compared (int): how many
        less (int): less
        more (int): more
        more_than_doubled (int): of those, more than double
        same (int): the same
    """

    compared: int
    less: int
    more: int
    more_than_doubled: int
    same: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        compared = self.compared

        less = self.less

        more = self.more

        more_than_doubled = self.more_than_doubled

        same = self.same

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "compared": compared,
                "less": less,
                "more": more,
                "more_than_doubled": more_than_doubled,
                "same": same,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        compared = d.pop("compared")

        less = d.pop("less")

        more = d.pop("more")

        more_than_doubled = d.pop("more_than_doubled")

        same = d.pop("same")

        shadow_against = cls(
            compared=compared,
            less=less,
            more=more,
            more_than_doubled=more_than_doubled,
            same=same,
        )

        shadow_against.additional_properties = d
        return shadow_against

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
