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

T = TypeVar("T", bound="BillBeforeAndAfter")


@_attrs_define
class BillBeforeAndAfter:
    """The customer's own runs of the last 30 days, priced by the version in force and by the one that is coming; limits
    are left aside, as they say how much may be run.

        Attributes:
            from_ (datetime.datetime): runs from this instant on; of more than 1,000 the newest
            not_priced (int): so many cannot be priced by both: they are in neither sum
            now (str): what they come to under the version in force
            refused (int): so many would be refused then: they are in neither sum
            runs (int): how many ended in that time
            then (str): what they would come to under the one that is coming
            until (datetime.datetime): runs until before this instant
            now_money (Union[None, Unset, str]): the same in money
            then_money (Union[None, Unset, str]): the same in money
    """

    from_: datetime.datetime
    not_priced: int
    now: str
    refused: int
    runs: int
    then: str
    until: datetime.datetime
    now_money: Union[None, Unset, str] = UNSET
    then_money: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from_ = self.from_.isoformat()

        not_priced = self.not_priced

        now = self.now

        refused = self.refused

        runs = self.runs

        then = self.then

        until = self.until.isoformat()

        now_money: Union[None, Unset, str]
        if isinstance(self.now_money, Unset):
            now_money = UNSET
        else:
            now_money = self.now_money

        then_money: Union[None, Unset, str]
        if isinstance(self.then_money, Unset):
            then_money = UNSET
        else:
            then_money = self.then_money

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "from": from_,
                "not_priced": not_priced,
                "now": now,
                "refused": refused,
                "runs": runs,
                "then": then,
                "until": until,
            }
        )
        if now_money is not UNSET:
            field_dict["now_money"] = now_money
        if then_money is not UNSET:
            field_dict["then_money"] = then_money

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        from_ = isoparse(d.pop("from"))

        not_priced = d.pop("not_priced")

        now = d.pop("now")

        refused = d.pop("refused")

        runs = d.pop("runs")

        then = d.pop("then")

        until = isoparse(d.pop("until"))

        def _parse_now_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        now_money = _parse_now_money(d.pop("now_money", UNSET))

        def _parse_then_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        then_money = _parse_then_money(d.pop("then_money", UNSET))

        bill_before_and_after = cls(
            from_=from_,
            not_priced=not_priced,
            now=now,
            refused=refused,
            runs=runs,
            then=then,
            until=until,
            now_money=now_money,
            then_money=then_money,
        )

        bill_before_and_after.additional_properties = d
        return bill_before_and_after

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
