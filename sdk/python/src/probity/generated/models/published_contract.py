import datetime
from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.published_operations import PublishedOperations


T = TypeVar("T", bound="PublishedContract")


@_attrs_define
class PublishedContract:
    """A version that was published.

    Attributes:
        by (str): the name of the key
        contract (str): the contract and its version
        effective (datetime.datetime): from when on it may apply
        hash_ (str): SHA-256 of its text
        published_at (datetime.datetime): when
        revisions (list['PublishedOperations']): of operations, published with it or after it, oldest first
        reason (Union[None, Unset, str]): why
    """

    by: str
    contract: str
    effective: datetime.datetime
    hash_: str
    published_at: datetime.datetime
    revisions: list["PublishedOperations"]
    reason: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        by = self.by

        contract = self.contract

        effective = self.effective.isoformat()

        hash_ = self.hash_

        published_at = self.published_at.isoformat()

        revisions = []
        for revisions_item_data in self.revisions:
            revisions_item = revisions_item_data.to_dict()
            revisions.append(revisions_item)

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by": by,
                "contract": contract,
                "effective": effective,
                "hash": hash_,
                "published_at": published_at,
                "revisions": revisions,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.published_operations import PublishedOperations

        d = dict(src_dict)
        by = d.pop("by")

        contract = d.pop("contract")

        effective = isoparse(d.pop("effective"))

        hash_ = d.pop("hash")

        published_at = isoparse(d.pop("published_at"))

        revisions = []
        _revisions = d.pop("revisions")
        for revisions_item_data in _revisions:
            revisions_item = PublishedOperations.from_dict(revisions_item_data)

            revisions.append(revisions_item)

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        published_contract = cls(
            by=by,
            contract=contract,
            effective=effective,
            hash_=hash_,
            published_at=published_at,
            revisions=revisions,
            reason=reason,
        )

        published_contract.additional_properties = d
        return published_contract

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
