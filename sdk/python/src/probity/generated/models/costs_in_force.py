import datetime
from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

from ..types import UNSET, Unset

T = TypeVar("T", bound="CostsInForce")


@_attrs_define
class CostsInForce:
    """The costs in force.

    Attributes:
        revision (int): the revision of operations
        as_of (Union[None, Unset, datetime.date]): when the costs were last looked at
        prices (Union[None, Unset, str]): SHA-256 of the price map; null: there is none
    """

    revision: int
    as_of: Union[None, Unset, datetime.date] = UNSET
    prices: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        revision = self.revision

        as_of: Union[None, Unset, str]
        if isinstance(self.as_of, Unset):
            as_of = UNSET
        elif isinstance(self.as_of, datetime.date):
            as_of = self.as_of.isoformat()
        else:
            as_of = self.as_of

        prices: Union[None, Unset, str]
        if isinstance(self.prices, Unset):
            prices = UNSET
        else:
            prices = self.prices

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "revision": revision,
            }
        )
        if as_of is not UNSET:
            field_dict["as_of"] = as_of
        if prices is not UNSET:
            field_dict["prices"] = prices

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        revision = d.pop("revision")

        def _parse_as_of(data: object) -> Union[None, Unset, datetime.date]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                as_of_type_0 = isoparse(data).date()

                return as_of_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.date], data)

        as_of = _parse_as_of(d.pop("as_of", UNSET))

        def _parse_prices(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        prices = _parse_prices(d.pop("prices", UNSET))

        costs_in_force = cls(
            revision=revision,
            as_of=as_of,
            prices=prices,
        )

        costs_in_force.additional_properties = d
        return costs_in_force

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
