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
    from ..models.denial import Denial
    from ..models.last_days import LastDays
    from ..models.would_be import WouldBe


T = TypeVar("T", bound="PriceLine")


@_attrs_define
class PriceLine:
    """One action as it is offered.

    Attributes:
        action (str): which action
        allowed (bool): would it start?
        ask (bool): show the price and ask first
        at_most (bool): the price is the most it may come to: how many units is not known
        free (bool): it costs nothing now
        harsh (bool): may be charged though nothing is found
        name (str): its name
        own_key (bool): it runs on the customer's own AI key, whose provider bills them besides
        price (str): what it would cost now; by quantity, at most
        unit (str): what one of it is called
        words (str): what the customer reads
        denial (Union['Denial', None, Unset]): why not
        last_30_days (Union['LastDays', None, Unset]): only where it is asked for
        left (Union[None, Unset, int]): units left of its allowance
        money (Union[None, Unset, str]): in money
        would (Union['WouldBe', None, Unset]): what would be, in shadow and announce
    """

    action: str
    allowed: bool
    ask: bool
    at_most: bool
    free: bool
    harsh: bool
    name: str
    own_key: bool
    price: str
    unit: str
    words: str
    denial: Union["Denial", None, Unset] = UNSET
    last_30_days: Union["LastDays", None, Unset] = UNSET
    left: Union[None, Unset, int] = UNSET
    money: Union[None, Unset, str] = UNSET
    would: Union["WouldBe", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.denial import Denial
        from ..models.last_days import LastDays
        from ..models.would_be import WouldBe

        action = self.action

        allowed = self.allowed

        ask = self.ask

        at_most = self.at_most

        free = self.free

        harsh = self.harsh

        name = self.name

        own_key = self.own_key

        price = self.price

        unit = self.unit

        words = self.words

        denial: Union[None, Unset, dict[str, Any]]
        if isinstance(self.denial, Unset):
            denial = UNSET
        elif isinstance(self.denial, Denial):
            denial = self.denial.to_dict()
        else:
            denial = self.denial

        last_30_days: Union[None, Unset, dict[str, Any]]
        if isinstance(self.last_30_days, Unset):
            last_30_days = UNSET
        elif isinstance(self.last_30_days, LastDays):
            last_30_days = self.last_30_days.to_dict()
        else:
            last_30_days = self.last_30_days

        left: Union[None, Unset, int]
        if isinstance(self.left, Unset):
            left = UNSET
        else:
            left = self.left

        money: Union[None, Unset, str]
        if isinstance(self.money, Unset):
            money = UNSET
        else:
            money = self.money

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
                "action": action,
                "allowed": allowed,
                "ask": ask,
                "at_most": at_most,
                "free": free,
                "harsh": harsh,
                "name": name,
                "own_key": own_key,
                "price": price,
                "unit": unit,
                "words": words,
            }
        )
        if denial is not UNSET:
            field_dict["denial"] = denial
        if last_30_days is not UNSET:
            field_dict["last_30_days"] = last_30_days
        if left is not UNSET:
            field_dict["left"] = left
        if money is not UNSET:
            field_dict["money"] = money
        if would is not UNSET:
            field_dict["would"] = would

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.denial import Denial
        from ..models.last_days import LastDays
        from ..models.would_be import WouldBe

        d = dict(src_dict)
        action = d.pop("action")

        allowed = d.pop("allowed")

        ask = d.pop("ask")

        at_most = d.pop("at_most")

        free = d.pop("free")

        harsh = d.pop("harsh")

        name = d.pop("name")

        own_key = d.pop("own_key")

        price = d.pop("price")

        unit = d.pop("unit")

        words = d.pop("words")

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

        def _parse_last_30_days(data: object) -> Union["LastDays", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                last_30_days_type_0 = LastDays.from_dict(data)

                return last_30_days_type_0
            except:  # noqa: E722
                pass
            return cast(Union["LastDays", None, Unset], data)

        last_30_days = _parse_last_30_days(d.pop("last_30_days", UNSET))

        def _parse_left(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        left = _parse_left(d.pop("left", UNSET))

        def _parse_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        money = _parse_money(d.pop("money", UNSET))

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

        price_line = cls(
            action=action,
            allowed=allowed,
            ask=ask,
            at_most=at_most,
            free=free,
            harsh=harsh,
            name=name,
            own_key=own_key,
            price=price,
            unit=unit,
            words=words,
            denial=denial,
            last_30_days=last_30_days,
            left=left,
            money=money,
            would=would,
        )

        price_line.additional_properties = d
        return price_line

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
