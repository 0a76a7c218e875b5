from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.shadow_sums import ShadowSums


T = TypeVar("T", bound="ShadowLine")


@_attrs_define
class ShadowLine:
    """The sums of one action or plan.

    Attributes:
        id (str): its id
        name (str): its name
        sums (ShadowSums): Sums of runs; a run counts in the window in which it ended.
    """

    id: str
    name: str
    sums: "ShadowSums"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        sums = self.sums.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "sums": sums,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.shadow_sums import ShadowSums

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        sums = ShadowSums.from_dict(d.pop("sums"))

        shadow_line = cls(
            id=id,
            name=name,
            sums=sums,
        )

        shadow_line.additional_properties = d
        return shadow_line

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
