import datetime
from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

from ..models.event_terms_starts import EventTermsStarts, check_event_terms_starts

T = TypeVar("T", bound="EventTerms")


@_attrs_define
class EventTerms:
    """A version of the contract.

    Attributes:
        contract (str): which
        effective (datetime.datetime): not before this instant
        starts (EventTermsStarts): then, or with the first period that begins then or later
    """

    contract: str
    effective: datetime.datetime
    starts: EventTermsStarts
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contract = self.contract

        effective = self.effective.isoformat()

        starts: str = self.starts

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contract": contract,
                "effective": effective,
                "starts": starts,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        contract = d.pop("contract")

        effective = isoparse(d.pop("effective"))

        starts = check_event_terms_starts(d.pop("starts"))

        event_terms = cls(
            contract=contract,
            effective=effective,
            starts=starts,
        )

        event_terms.additional_properties = d
        return event_terms

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
