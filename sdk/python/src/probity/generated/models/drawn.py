from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.drawn_kind import DrawnKind, check_drawn_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="Drawn")


@_attrs_define
class Drawn:
    """A part of a charge.

    Attributes:
        amount (str): how much
        kind (DrawnKind): its kind
        grant (Union[None, Unset, str]): the grant; null: the credit line
    """

    amount: str
    kind: DrawnKind
    grant: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        kind: str = self.kind

        grant: Union[None, Unset, str]
        if isinstance(self.grant, Unset):
            grant = UNSET
        else:
            grant = self.grant

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "amount": amount,
                "kind": kind,
            }
        )
        if grant is not UNSET:
            field_dict["grant"] = grant

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        kind = check_drawn_kind(d.pop("kind"))

        def _parse_grant(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        grant = _parse_grant(d.pop("grant", UNSET))

        drawn = cls(
            amount=amount,
            kind=kind,
            grant=grant,
        )

        drawn.additional_properties = d
        return drawn

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
