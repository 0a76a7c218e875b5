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

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.event_question import EventQuestion
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="RunAnsweredData")


@_attrs_define
class RunAnsweredData:
    """
    Attributes:
        customer (str): whose
        question (EventQuestion): A question about a receipt.
        seq (int): the customer's last entry by then: events may come in another order
        wallet (WalletLine): The wallet in one line.
        member (Union[None, Unset, str]): the member it is about; left out where it is about none
    """

    customer: str
    question: "EventQuestion"
    seq: int
    wallet: "WalletLine"
    member: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        customer = self.customer

        question = self.question.to_dict()

        seq = self.seq

        wallet = self.wallet.to_dict()

        member: Union[None, Unset, str]
        if isinstance(self.member, Unset):
            member = UNSET
        else:
            member = self.member

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "customer": customer,
                "question": question,
                "seq": seq,
                "wallet": wallet,
            }
        )
        if member is not UNSET:
            field_dict["member"] = member

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_question import EventQuestion
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        customer = d.pop("customer")

        question = EventQuestion.from_dict(d.pop("question"))

        seq = d.pop("seq")

        wallet = WalletLine.from_dict(d.pop("wallet"))

        def _parse_member(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        member = _parse_member(d.pop("member", UNSET))

        run_answered_data = cls(
            customer=customer,
            question=question,
            seq=seq,
            wallet=wallet,
            member=member,
        )

        run_answered_data.additional_properties = d
        return run_answered_data

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
