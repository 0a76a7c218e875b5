from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.stripe_told_did import StripeToldDid, check_stripe_told_did
from ..types import UNSET, Unset

T = TypeVar("T", bound="StripeTold")


@_attrs_define
class StripeTold:
    """What an event of Stripe came to.

    Attributes:
        did (StripeToldDid): credits bought, taken back, or brought back; the plan, or only what is known of the
            subscription; a period paid; or nothing
        event (str): the event's id
        customer (Union[None, Unset, str]): whose books it is in
        seq (Union[None, Unset, int]): the number of their last entry then
        why (Union[None, Unset, str]): why nothing was done
    """

    did: StripeToldDid
    event: str
    customer: Union[None, Unset, str] = UNSET
    seq: Union[None, Unset, int] = UNSET
    why: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        did: str = self.did

        event = self.event

        customer: Union[None, Unset, str]
        if isinstance(self.customer, Unset):
            customer = UNSET
        else:
            customer = self.customer

        seq: Union[None, Unset, int]
        if isinstance(self.seq, Unset):
            seq = UNSET
        else:
            seq = self.seq

        why: Union[None, Unset, str]
        if isinstance(self.why, Unset):
            why = UNSET
        else:
            why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "did": did,
                "event": event,
            }
        )
        if customer is not UNSET:
            field_dict["customer"] = customer
        if seq is not UNSET:
            field_dict["seq"] = seq
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        did = check_stripe_told_did(d.pop("did"))

        event = d.pop("event")

        def _parse_customer(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        customer = _parse_customer(d.pop("customer", UNSET))

        def _parse_seq(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        seq = _parse_seq(d.pop("seq", UNSET))

        def _parse_why(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        why = _parse_why(d.pop("why", UNSET))

        stripe_told = cls(
            did=did,
            event=event,
            customer=customer,
            seq=seq,
            why=why,
        )

        stripe_told.additional_properties = d
        return stripe_told

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
