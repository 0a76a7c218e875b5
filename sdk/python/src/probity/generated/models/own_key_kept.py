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

T = TypeVar("T", bound="OwnKeyKept")


@_attrs_define
class OwnKeyKept:
    """A customer's own AI key that is kept: never the key.

    Attributes:
        as_of_seq (int): the last entry it has seen
        provider (str): whose key it is
        ends_with (Union[None, Unset, str]): its last letters, to know it again by
        refused (Union[None, Unset, datetime.datetime]): when its provider refused it; runs need another from then on
        stored_at (Union[None, Unset, datetime.datetime]): since when it is kept; null: it is not kept
    """

    as_of_seq: int
    provider: str
    ends_with: Union[None, Unset, str] = UNSET
    refused: Union[None, Unset, datetime.datetime] = UNSET
    stored_at: Union[None, Unset, datetime.datetime] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        as_of_seq = self.as_of_seq

        provider = self.provider

        ends_with: Union[None, Unset, str]
        if isinstance(self.ends_with, Unset):
            ends_with = UNSET
        else:
            ends_with = self.ends_with

        refused: Union[None, Unset, str]
        if isinstance(self.refused, Unset):
            refused = UNSET
        elif isinstance(self.refused, datetime.datetime):
            refused = self.refused.isoformat()
        else:
            refused = self.refused

        stored_at: Union[None, Unset, str]
        if isinstance(self.stored_at, Unset):
            stored_at = UNSET
        elif isinstance(self.stored_at, datetime.datetime):
            stored_at = self.stored_at.isoformat()
        else:
            stored_at = self.stored_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "as_of_seq": as_of_seq,
                "provider": provider,
            }
        )
        if ends_with is not UNSET:
            field_dict["ends_with"] = ends_with
        if refused is not UNSET:
            field_dict["refused"] = refused
        if stored_at is not UNSET:
            field_dict["stored_at"] = stored_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        as_of_seq = d.pop("as_of_seq")

        provider = d.pop("provider")

        def _parse_ends_with(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        ends_with = _parse_ends_with(d.pop("ends_with", UNSET))

        def _parse_refused(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                refused_type_0 = isoparse(data)

                return refused_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        refused = _parse_refused(d.pop("refused", UNSET))

        def _parse_stored_at(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                stored_at_type_0 = isoparse(data)

                return stored_at_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        stored_at = _parse_stored_at(d.pop("stored_at", UNSET))

        own_key_kept = cls(
            as_of_seq=as_of_seq,
            provider=provider,
            ends_with=ends_with,
            refused=refused,
            stored_at=stored_at,
        )

        own_key_kept.additional_properties = d
        return own_key_kept

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
