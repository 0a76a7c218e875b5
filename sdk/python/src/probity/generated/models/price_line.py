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
    from ..models.would_be import WouldBe


T = TypeVar("T", bound="PriceLine")


@_attrs_define
class PriceLine:
    """One action as it is offered.

    Attributes:
        action (str): which action
        allowed (bool): would it start?
        free (bool): it costs nothing now
        harsh (bool): may be charged though nothing is found
        name (str): its name
        price (str): what it would cost now; by quantity, at most
        unit (str): what one of it is called
        words (str): what the customer reads
        denial (Union['Denial', None, Unset]): why not
        left (Union[None, Unset, int]): units left of its allowance
        money (Union[None, Unset, str]): in money
        would (Union['WouldBe', None, Unset]): what would be, in shadow and announce
    """

    action: str
    allowed: bool
    free: bool
    harsh: bool
    name: str
    price: str
    unit: str
    words: str
    denial: Union["Denial", None, Unset] = UNSET
    left: Union[None, Unset, int] = UNSET
    money: Union[None, Unset, str] = UNSET
    would: Union["WouldBe", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.denial import Denial
        from ..models.would_be import WouldBe

        action = self.action

        allowed = self.allowed

        free = self.free

        harsh = self.harsh

        name = self.name

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
                "free": free,
                "harsh": harsh,
                "name": name,
                "price": price,
                "unit": unit,
                "words": words,
            }
        )
        if denial is not UNSET:
            field_dict["denial"] = denial
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
        from ..models.would_be import WouldBe

        d = dict(src_dict)
        action = d.pop("action")

        allowed = d.pop("allowed")

        free = d.pop("free")

        harsh = d.pop("harsh")

        name = d.pop("name")

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
            free=free,
            harsh=harsh,
            name=name,
            price=price,
            unit=unit,
            words=words,
            denial=denial,
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
