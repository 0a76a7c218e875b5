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
    from ..models.transfer import Transfer


T = TypeVar("T", bound="Entry")


@_attrs_define
class Entry:
    """What one command wrote.

    Attributes:
        at (datetime.datetime): the instant of the decision
        by (str): the name of the key
        command (str): what was done
        contract (str): the contract and its version
        facts (Any): what it says
        hash_ (str): ties it to the one before
        seq (int): the last entry it wrote
        transfers (list['Transfer']): balanced, or none
        run (Union[None, Unset, str]): the run it is about
    """

    at: datetime.datetime
    by: str
    command: str
    contract: str
    facts: Any
    hash_: str
    seq: int
    transfers: list["Transfer"]
    run: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        by = self.by

        command = self.command

        contract = self.contract

        facts = self.facts

        hash_ = self.hash_

        seq = self.seq

        transfers = []
        for transfers_item_data in self.transfers:
            transfers_item = transfers_item_data.to_dict()
            transfers.append(transfers_item)

        run: Union[None, Unset, str]
        if isinstance(self.run, Unset):
            run = UNSET
        else:
            run = self.run

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "by": by,
                "command": command,
                "contract": contract,
                "facts": facts,
                "hash": hash_,
                "seq": seq,
                "transfers": transfers,
            }
        )
        if run is not UNSET:
            field_dict["run"] = run

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.transfer import Transfer

        d = dict(src_dict)
        at = isoparse(d.pop("at"))

        by = d.pop("by")

        command = d.pop("command")

        contract = d.pop("contract")

        facts = d.pop("facts")

        hash_ = d.pop("hash")

        seq = d.pop("seq")

        transfers = []
        _transfers = d.pop("transfers")
        for transfers_item_data in _transfers:
            transfers_item = Transfer.from_dict(transfers_item_data)

            transfers.append(transfers_item)

        def _parse_run(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        run = _parse_run(d.pop("run", UNSET))

        entry = cls(
            at=at,
            by=by,
            command=command,
            contract=contract,
            facts=facts,
            hash_=hash_,
            seq=seq,
            transfers=transfers,
            run=run,
        )

        entry.additional_properties = d
        return entry

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
