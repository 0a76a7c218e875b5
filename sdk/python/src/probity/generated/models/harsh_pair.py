from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="HarshPair")


@_attrs_define
class HarshPair:
    """The price that is charged even if nothing is found, and its soft counterpart.

    Attributes:
        harsh (str): what every run costs, found or not
        empty (Union[None, Unset, str]): the share that found nothing, as it was seen
        harsh_price_softly (Union[None, Unset, str]): what a run would bring if empty were free
        soft (Union[None, Unset, str]): the price that would earn the same if empty were free
    """

    harsh: str
    empty: Union[None, Unset, str] = UNSET
    harsh_price_softly: Union[None, Unset, str] = UNSET
    soft: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        harsh = self.harsh

        empty: Union[None, Unset, str]
        if isinstance(self.empty, Unset):
            empty = UNSET
        else:
            empty = self.empty

        harsh_price_softly: Union[None, Unset, str]
        if isinstance(self.harsh_price_softly, Unset):
            harsh_price_softly = UNSET
        else:
            harsh_price_softly = self.harsh_price_softly

        soft: Union[None, Unset, str]
        if isinstance(self.soft, Unset):
            soft = UNSET
        else:
            soft = self.soft

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "harsh": harsh,
            }
        )
        if empty is not UNSET:
            field_dict["empty"] = empty
        if harsh_price_softly is not UNSET:
            field_dict["harsh_price_softly"] = harsh_price_softly
        if soft is not UNSET:
            field_dict["soft"] = soft

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        harsh = d.pop("harsh")

        def _parse_empty(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        empty = _parse_empty(d.pop("empty", UNSET))

        def _parse_harsh_price_softly(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        harsh_price_softly = _parse_harsh_price_softly(d.pop("harsh_price_softly", UNSET))

        def _parse_soft(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        soft = _parse_soft(d.pop("soft", UNSET))

        harsh_pair = cls(
            harsh=harsh,
            empty=empty,
            harsh_price_softly=harsh_price_softly,
            soft=soft,
        )

        harsh_pair.additional_properties = d
        return harsh_pair

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
