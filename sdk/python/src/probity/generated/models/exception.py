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

from ..models.exception_kind import ExceptionKind, check_exception_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="Exception_")


@_attrs_define
class Exception_:
    """Something that needs a person.

    Attributes:
        at (datetime.datetime): when it happened
        by (str): the name of the key it came with; `probity`: by itself
        kind (ExceptionKind): why it is here
        next_ (str): what to do next
        what (str): what happened
        action (Union[None, Unset, str]): what was run
        amount (Union[None, Unset, str]): the credits it is about
        artifact (Union[None, Unset, str]): for which artifact
        customer (Union[None, Unset, str]): whose; null: nobody's, or it is not known whose
        money (Union[None, Unset, str]): the same in money
        run (Union[None, Unset, str]): the run it is about
        seq (Union[None, Unset, int]): the entry that says it; null: it is not in the books
    """

    at: datetime.datetime
    by: str
    kind: ExceptionKind
    next_: str
    what: str
    action: Union[None, Unset, str] = UNSET
    amount: Union[None, Unset, str] = UNSET
    artifact: Union[None, Unset, str] = UNSET
    customer: Union[None, Unset, str] = UNSET
    money: Union[None, Unset, str] = UNSET
    run: Union[None, Unset, str] = UNSET
    seq: Union[None, Unset, int] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        by = self.by

        kind: str = self.kind

        next_ = self.next_

        what = self.what

        action: Union[None, Unset, str]
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        amount: Union[None, Unset, str]
        if isinstance(self.amount, Unset):
            amount = UNSET
        else:
            amount = self.amount

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        customer: Union[None, Unset, str]
        if isinstance(self.customer, Unset):
            customer = UNSET
        else:
            customer = self.customer

        money: Union[None, Unset, str]
        if isinstance(self.money, Unset):
            money = UNSET
        else:
            money = self.money

        run: Union[None, Unset, str]
        if isinstance(self.run, Unset):
            run = UNSET
        else:
            run = self.run

        seq: Union[None, Unset, int]
        if isinstance(self.seq, Unset):
            seq = UNSET
        else:
            seq = self.seq

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "by": by,
                "kind": kind,
                "next": next_,
                "what": what,
            }
        )
        if action is not UNSET:
            field_dict["action"] = action
        if amount is not UNSET:
            field_dict["amount"] = amount
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if customer is not UNSET:
            field_dict["customer"] = customer
        if money is not UNSET:
            field_dict["money"] = money
        if run is not UNSET:
            field_dict["run"] = run
        if seq is not UNSET:
            field_dict["seq"] = seq

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        at = isoparse(d.pop("at"))

        by = d.pop("by")

        kind = check_exception_kind(d.pop("kind"))

        next_ = d.pop("next")

        what = d.pop("what")

        def _parse_action(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_amount(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        amount = _parse_amount(d.pop("amount", UNSET))

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_customer(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        customer = _parse_customer(d.pop("customer", UNSET))

        def _parse_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        money = _parse_money(d.pop("money", UNSET))

        def _parse_run(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        run = _parse_run(d.pop("run", UNSET))

        def _parse_seq(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        seq = _parse_seq(d.pop("seq", UNSET))

        exception = cls(
            at=at,
            by=by,
            kind=kind,
            next_=next_,
            what=what,
            action=action,
            amount=amount,
            artifact=artifact,
            customer=customer,
            money=money,
            run=run,
            seq=seq,
        )

        exception.additional_properties = d
        return exception

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
