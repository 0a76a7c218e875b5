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

T = TypeVar("T", bound="WayForward")


@_attrs_define
class WayForward:
    """Taken, this run would be allowed.

    Attributes:
        do (str): what to do: `wait`, `top_up`, `switch_plan`, `use_own_key`, `fix_own_key`, `smaller_model`,
            `other_action`, `resume`, `raise_cap`, `raise_max_price`, `confirm`, `fix_input`, `finish_running`, `contact`.
            There may be more of them in time: what is not known is shown by `words`
        words (str): what the customer reads
        also (Union[None, Unset, str]): what else it costs
        asks (Union[None, Unset, bool]): agreement is asked for once it is taken
        credits_ (Union[None, Unset, str]): how many credits to buy
        from_ (Union[None, Unset, datetime.datetime]): from when
        href (Union[None, Unset, str]): where
        money (Union[None, Unset, str]): in money
        needs (Union[None, Unset, str]): what it needs besides
        plan_price (Union[None, Unset, str]): what the plan costs
        price_there (Union[None, Unset, str]): what the run costs there
        then (Union[None, Unset, str]): what there will be then
        to (Union[None, Unset, str]): which plan, action, model or cap
        until (Union[None, Unset, datetime.datetime]): until when to wait
    """

    do: str
    words: str
    also: Union[None, Unset, str] = UNSET
    asks: Union[None, Unset, bool] = UNSET
    credits_: Union[None, Unset, str] = UNSET
    from_: Union[None, Unset, datetime.datetime] = UNSET
    href: Union[None, Unset, str] = UNSET
    money: Union[None, Unset, str] = UNSET
    needs: Union[None, Unset, str] = UNSET
    plan_price: Union[None, Unset, str] = UNSET
    price_there: Union[None, Unset, str] = UNSET
    then: Union[None, Unset, str] = UNSET
    to: Union[None, Unset, str] = UNSET
    until: Union[None, Unset, datetime.datetime] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        do = self.do

        words = self.words

        also: Union[None, Unset, str]
        if isinstance(self.also, Unset):
            also = UNSET
        else:
            also = self.also

        asks: Union[None, Unset, bool]
        if isinstance(self.asks, Unset):
            asks = UNSET
        else:
            asks = self.asks

        credits_: Union[None, Unset, str]
        if isinstance(self.credits_, Unset):
            credits_ = UNSET
        else:
            credits_ = self.credits_

        from_: Union[None, Unset, str]
        if isinstance(self.from_, Unset):
            from_ = UNSET
        elif isinstance(self.from_, datetime.datetime):
            from_ = self.from_.isoformat()
        else:
            from_ = self.from_

        href: Union[None, Unset, str]
        if isinstance(self.href, Unset):
            href = UNSET
        else:
            href = self.href

        money: Union[None, Unset, str]
        if isinstance(self.money, Unset):
            money = UNSET
        else:
            money = self.money

        needs: Union[None, Unset, str]
        if isinstance(self.needs, Unset):
            needs = UNSET
        else:
            needs = self.needs

        plan_price: Union[None, Unset, str]
        if isinstance(self.plan_price, Unset):
            plan_price = UNSET
        else:
            plan_price = self.plan_price

        price_there: Union[None, Unset, str]
        if isinstance(self.price_there, Unset):
            price_there = UNSET
        else:
            price_there = self.price_there

        then: Union[None, Unset, str]
        if isinstance(self.then, Unset):
            then = UNSET
        else:
            then = self.then

        to: Union[None, Unset, str]
        if isinstance(self.to, Unset):
            to = UNSET
        else:
            to = self.to

        until: Union[None, Unset, str]
        if isinstance(self.until, Unset):
            until = UNSET
        elif isinstance(self.until, datetime.datetime):
            until = self.until.isoformat()
        else:
            until = self.until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "do": do,
                "words": words,
            }
        )
        if also is not UNSET:
            field_dict["also"] = also
        if asks is not UNSET:
            field_dict["asks"] = asks
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if from_ is not UNSET:
            field_dict["from"] = from_
        if href is not UNSET:
            field_dict["href"] = href
        if money is not UNSET:
            field_dict["money"] = money
        if needs is not UNSET:
            field_dict["needs"] = needs
        if plan_price is not UNSET:
            field_dict["plan_price"] = plan_price
        if price_there is not UNSET:
            field_dict["price_there"] = price_there
        if then is not UNSET:
            field_dict["then"] = then
        if to is not UNSET:
            field_dict["to"] = to
        if until is not UNSET:
            field_dict["until"] = until

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        do = d.pop("do")

        words = d.pop("words")

        def _parse_also(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        also = _parse_also(d.pop("also", UNSET))

        def _parse_asks(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        asks = _parse_asks(d.pop("asks", UNSET))

        def _parse_credits_(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        credits_ = _parse_credits_(d.pop("credits", UNSET))

        def _parse_from_(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                from_type_0 = isoparse(data)

                return from_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        from_ = _parse_from_(d.pop("from", UNSET))

        def _parse_href(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        href = _parse_href(d.pop("href", UNSET))

        def _parse_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        money = _parse_money(d.pop("money", UNSET))

        def _parse_needs(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        needs = _parse_needs(d.pop("needs", UNSET))

        def _parse_plan_price(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        plan_price = _parse_plan_price(d.pop("plan_price", UNSET))

        def _parse_price_there(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        price_there = _parse_price_there(d.pop("price_there", UNSET))

        def _parse_then(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        then = _parse_then(d.pop("then", UNSET))

        def _parse_to(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        to = _parse_to(d.pop("to", UNSET))

        def _parse_until(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_type_0 = isoparse(data)

                return until_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        until = _parse_until(d.pop("until", UNSET))

        way_forward = cls(
            do=do,
            words=words,
            also=also,
            asks=asks,
            credits_=credits_,
            from_=from_,
            href=href,
            money=money,
            needs=needs,
            plan_price=plan_price,
            price_there=price_there,
            then=then,
            to=to,
            until=until,
        )

        way_forward.additional_properties = d
        return way_forward

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
