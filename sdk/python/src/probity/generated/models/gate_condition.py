from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.gate_condition_what import GateConditionWhat, check_gate_condition_what
from ..types import UNSET, Unset

T = TypeVar("T", bound="GateCondition")


@_attrs_define
class GateCondition:
    """One thing that is asked for.

    Attributes:
        asks (str): how much, in words
        is_ (str): how much there is
        met (bool): is it met?
        what (GateConditionWhat): the key of `enforce_when`; `compared` is asked for with the last two
        missing (Union[None, Unset, str]): what is missing, and what to do
    """

    asks: str
    is_: str
    met: bool
    what: GateConditionWhat
    missing: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        asks = self.asks

        is_ = self.is_

        met = self.met

        what: str = self.what

        missing: Union[None, Unset, str]
        if isinstance(self.missing, Unset):
            missing = UNSET
        else:
            missing = self.missing

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "asks": asks,
                "is": is_,
                "met": met,
                "what": what,
            }
        )
        if missing is not UNSET:
            field_dict["missing"] = missing

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        asks = d.pop("asks")

        is_ = d.pop("is")

        met = d.pop("met")

        what = check_gate_condition_what(d.pop("what"))

        def _parse_missing(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        missing = _parse_missing(d.pop("missing", UNSET))

        gate_condition = cls(
            asks=asks,
            is_=is_,
            met=met,
            what=what,
            missing=missing,
        )

        gate_condition.additional_properties = d
        return gate_condition

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
