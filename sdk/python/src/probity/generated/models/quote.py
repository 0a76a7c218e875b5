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
    from ..models.denial import Denial
    from ..models.quote_if import QuoteIf
    from ..models.would_be import WouldBe


T = TypeVar("T", bound="Quote")


@_attrs_define
class Quote:
    """A price promised for one run.

    Attributes:
        as_of_seq (int): the last entry it has seen
        contract (str): the contract and its version
        expires_at (datetime.datetime): honoured until before this instant
        id (str): its id, by which receipts and the books name it
        if_ (QuoteIf): what each ending costs; null: it depends
        needs_confirmation (bool): it must be confirmed before it is used
        now (str): what it would cost this moment
        operations (int): the revision of operations
        price (str): the price promised, free units not counted
        quote (str): the signed quote, `qt_…`
        sufficient (bool): could it start now?
        denial (Union['Denial', None, Unset]): why not
        money (Union[None, Unset, str]): in money
        tell (Union[None, Unset, str]): what the contract tells of runs on the customer's own key
        warning (Union[None, Unset, str]): the sentence to be agreed to
        would (Union['WouldBe', None, Unset]): what would be, in shadow and announce
    """

    as_of_seq: int
    contract: str
    expires_at: datetime.datetime
    id: str
    if_: "QuoteIf"
    needs_confirmation: bool
    now: str
    operations: int
    price: str
    quote: str
    sufficient: bool
    denial: Union["Denial", None, Unset] = UNSET
    money: Union[None, Unset, str] = UNSET
    tell: Union[None, Unset, str] = UNSET
    warning: Union[None, Unset, str] = UNSET
    would: Union["WouldBe", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.denial import Denial
        from ..models.would_be import WouldBe

        as_of_seq = self.as_of_seq

        contract = self.contract

        expires_at = self.expires_at.isoformat()

        id = self.id

        if_ = self.if_.to_dict()

        needs_confirmation = self.needs_confirmation

        now = self.now

        operations = self.operations

        price = self.price

        quote = self.quote

        sufficient = self.sufficient

        denial: Union[None, Unset, dict[str, Any]]
        if isinstance(self.denial, Unset):
            denial = UNSET
        elif isinstance(self.denial, Denial):
            denial = self.denial.to_dict()
        else:
            denial = self.denial

        money: Union[None, Unset, str]
        if isinstance(self.money, Unset):
            money = UNSET
        else:
            money = self.money

        tell: Union[None, Unset, str]
        if isinstance(self.tell, Unset):
            tell = UNSET
        else:
            tell = self.tell

        warning: Union[None, Unset, str]
        if isinstance(self.warning, Unset):
            warning = UNSET
        else:
            warning = self.warning

        would: Union[None, Unset, dict[str, Any]]
        if isinstance(self.would, Unset):
            would = UNSET
        elif isinstance(self.would, WouldBe):
            would = self.would.to_dict()
        else:
            would = self.would

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "as_of_seq": as_of_seq,
                "contract": contract,
                "expires_at": expires_at,
                "id": id,
                "if": if_,
                "needs_confirmation": needs_confirmation,
                "now": now,
                "operations": operations,
                "price": price,
                "quote": quote,
                "sufficient": sufficient,
            }
        )
        if denial is not UNSET:
            field_dict["denial"] = denial
        if money is not UNSET:
            field_dict["money"] = money
        if tell is not UNSET:
            field_dict["tell"] = tell
        if warning is not UNSET:
            field_dict["warning"] = warning
        if would is not UNSET:
            field_dict["would"] = would

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.denial import Denial
        from ..models.quote_if import QuoteIf
        from ..models.would_be import WouldBe

        d = dict(src_dict)
        as_of_seq = d.pop("as_of_seq")

        contract = d.pop("contract")

        expires_at = isoparse(d.pop("expires_at"))

        id = d.pop("id")

        if_ = QuoteIf.from_dict(d.pop("if"))

        needs_confirmation = d.pop("needs_confirmation")

        now = d.pop("now")

        operations = d.pop("operations")

        price = d.pop("price")

        quote = d.pop("quote")

        sufficient = d.pop("sufficient")

        def _parse_denial(data: object) -> Union["Denial", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                denial_type_0 = Denial.from_dict(data)

                return denial_type_0
            except:  # noqa: E722
                pass
            return cast(Union["Denial", None, Unset], data)

        denial = _parse_denial(d.pop("denial", UNSET))

        def _parse_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        money = _parse_money(d.pop("money", UNSET))

        def _parse_tell(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        tell = _parse_tell(d.pop("tell", UNSET))

        def _parse_warning(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        warning = _parse_warning(d.pop("warning", UNSET))

        def _parse_would(data: object) -> Union["WouldBe", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                would_type_0 = WouldBe.from_dict(data)

                return would_type_0
            except:  # noqa: E722
                pass
            return cast(Union["WouldBe", None, Unset], data)

        would = _parse_would(d.pop("would", UNSET))

        quote = cls(
            as_of_seq=as_of_seq,
            contract=contract,
            expires_at=expires_at,
            id=id,
            if_=if_,
            needs_confirmation=needs_confirmation,
            now=now,
            operations=operations,
            price=price,
            quote=quote,
            sufficient=sufficient,
            denial=denial,
            money=money,
            tell=tell,
            warning=warning,
            would=would,
        )

        quote.additional_properties = d
        return quote

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
