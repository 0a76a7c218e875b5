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
    from ..models.check_items_type_0_item import CheckItemsType0Item
    from ..models.denial import Denial
    from ..models.would_be import WouldBe


T = TypeVar("T", bound="Check")


@_attrs_define
class Check:
    """One check; or `items`, with the total of those that fit.

    Attributes:
        as_of_seq (int): the last entry it has seen
        action (Union[None, Unset, str]): which action
        allowed (Union[None, Unset, bool]): would it start?
        ask (Union[None, Unset, bool]): show the price and ask first
        at_most (Union[None, Unset, bool]): the price is the most it may come to: how many units is not known
        contract (Union[None, Unset, str]): the version it is judged under
        denial (Union['Denial', None, Unset]): why not
        fits (Union[None, Unset, int]): how many fit
        items (Union[None, Unset, list['CheckItemsType0Item']]): each, given those before it
        money (Union[None, Unset, str]): in money
        own_key (Union[None, Unset, bool]): it runs on the customer's own AI key, whose provider bills them besides
        price (Union[None, Unset, str]): what it would cost
        reopened (Union[None, Unset, bool]): it is owned, or the same again
        tell (Union[None, Unset, str]): what the contract tells of runs on the customer's own key
        total (Union[None, Unset, str]): what those that fit would cost
        words (Union[None, Unset, str]): what the customer reads
        would (Union['WouldBe', None, Unset]): what would be, in shadow and announce
    """

    as_of_seq: int
    action: Union[None, Unset, str] = UNSET
    allowed: Union[None, Unset, bool] = UNSET
    ask: Union[None, Unset, bool] = UNSET
    at_most: Union[None, Unset, bool] = UNSET
    contract: Union[None, Unset, str] = UNSET
    denial: Union["Denial", None, Unset] = UNSET
    fits: Union[None, Unset, int] = UNSET
    items: Union[None, Unset, list["CheckItemsType0Item"]] = UNSET
    money: Union[None, Unset, str] = UNSET
    own_key: Union[None, Unset, bool] = UNSET
    price: Union[None, Unset, str] = UNSET
    reopened: Union[None, Unset, bool] = UNSET
    tell: Union[None, Unset, str] = UNSET
    total: Union[None, Unset, str] = UNSET
    words: Union[None, Unset, str] = UNSET
    would: Union["WouldBe", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.denial import Denial
        from ..models.would_be import WouldBe

        as_of_seq = self.as_of_seq

        action: Union[None, Unset, str]
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        allowed: Union[None, Unset, bool]
        if isinstance(self.allowed, Unset):
            allowed = UNSET
        else:
            allowed = self.allowed

        ask: Union[None, Unset, bool]
        if isinstance(self.ask, Unset):
            ask = UNSET
        else:
            ask = self.ask

        at_most: Union[None, Unset, bool]
        if isinstance(self.at_most, Unset):
            at_most = UNSET
        else:
            at_most = self.at_most

        contract: Union[None, Unset, str]
        if isinstance(self.contract, Unset):
            contract = UNSET
        else:
            contract = self.contract

        denial: Union[None, Unset, dict[str, Any]]
        if isinstance(self.denial, Unset):
            denial = UNSET
        elif isinstance(self.denial, Denial):
            denial = self.denial.to_dict()
        else:
            denial = self.denial

        fits: Union[None, Unset, int]
        if isinstance(self.fits, Unset):
            fits = UNSET
        else:
            fits = self.fits

        items: Union[None, Unset, list[dict[str, Any]]]
        if isinstance(self.items, Unset):
            items = UNSET
        elif isinstance(self.items, list):
            items = []
            for items_type_0_item_data in self.items:
                items_type_0_item = items_type_0_item_data.to_dict()
                items.append(items_type_0_item)

        else:
            items = self.items

        money: Union[None, Unset, str]
        if isinstance(self.money, Unset):
            money = UNSET
        else:
            money = self.money

        own_key: Union[None, Unset, bool]
        if isinstance(self.own_key, Unset):
            own_key = UNSET
        else:
            own_key = self.own_key

        price: Union[None, Unset, str]
        if isinstance(self.price, Unset):
            price = UNSET
        else:
            price = self.price

        reopened: Union[None, Unset, bool]
        if isinstance(self.reopened, Unset):
            reopened = UNSET
        else:
            reopened = self.reopened

        tell: Union[None, Unset, str]
        if isinstance(self.tell, Unset):
            tell = UNSET
        else:
            tell = self.tell

        total: Union[None, Unset, str]
        if isinstance(self.total, Unset):
            total = UNSET
        else:
            total = self.total

        words: Union[None, Unset, str]
        if isinstance(self.words, Unset):
            words = UNSET
        else:
            words = self.words

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
            }
        )
        if action is not UNSET:
            field_dict["action"] = action
        if allowed is not UNSET:
            field_dict["allowed"] = allowed
        if ask is not UNSET:
            field_dict["ask"] = ask
        if at_most is not UNSET:
            field_dict["at_most"] = at_most
        if contract is not UNSET:
            field_dict["contract"] = contract
        if denial is not UNSET:
            field_dict["denial"] = denial
        if fits is not UNSET:
            field_dict["fits"] = fits
        if items is not UNSET:
            field_dict["items"] = items
        if money is not UNSET:
            field_dict["money"] = money
        if own_key is not UNSET:
            field_dict["own_key"] = own_key
        if price is not UNSET:
            field_dict["price"] = price
        if reopened is not UNSET:
            field_dict["reopened"] = reopened
        if tell is not UNSET:
            field_dict["tell"] = tell
        if total is not UNSET:
            field_dict["total"] = total
        if words is not UNSET:
            field_dict["words"] = words
        if would is not UNSET:
            field_dict["would"] = would

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.check_items_type_0_item import CheckItemsType0Item
        from ..models.denial import Denial
        from ..models.would_be import WouldBe

        d = dict(src_dict)
        as_of_seq = d.pop("as_of_seq")

        def _parse_action(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_allowed(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        allowed = _parse_allowed(d.pop("allowed", UNSET))

        def _parse_ask(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        ask = _parse_ask(d.pop("ask", UNSET))

        def _parse_at_most(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        at_most = _parse_at_most(d.pop("at_most", UNSET))

        def _parse_contract(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        contract = _parse_contract(d.pop("contract", UNSET))

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

        def _parse_fits(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        fits = _parse_fits(d.pop("fits", UNSET))

        def _parse_items(data: object) -> Union[None, Unset, list["CheckItemsType0Item"]]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                items_type_0 = []
                _items_type_0 = data
                for items_type_0_item_data in _items_type_0:
                    items_type_0_item = CheckItemsType0Item.from_dict(items_type_0_item_data)

                    items_type_0.append(items_type_0_item)

                return items_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, list["CheckItemsType0Item"]], data)

        items = _parse_items(d.pop("items", UNSET))

        def _parse_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        money = _parse_money(d.pop("money", UNSET))

        def _parse_own_key(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        own_key = _parse_own_key(d.pop("own_key", UNSET))

        def _parse_price(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        price = _parse_price(d.pop("price", UNSET))

        def _parse_reopened(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        reopened = _parse_reopened(d.pop("reopened", UNSET))

        def _parse_tell(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        tell = _parse_tell(d.pop("tell", UNSET))

        def _parse_total(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        total = _parse_total(d.pop("total", UNSET))

        def _parse_words(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        words = _parse_words(d.pop("words", UNSET))

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

        check = cls(
            as_of_seq=as_of_seq,
            action=action,
            allowed=allowed,
            ask=ask,
            at_most=at_most,
            contract=contract,
            denial=denial,
            fits=fits,
            items=items,
            money=money,
            own_key=own_key,
            price=price,
            reopened=reopened,
            tell=tell,
            total=total,
            words=words,
            would=would,
        )

        check.additional_properties = d
        return check

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
