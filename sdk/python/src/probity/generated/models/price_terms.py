from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PriceTerms")


@_attrs_define
class PriceTerms:
    """A price: `credits` for each run, or `each` by quantity.

    Attributes:
        at_least (Union[None, Unset, str]): the least a run costs
        at_most (Union[None, Unset, str]): the most a run costs
        credits_ (Union[None, Unset, str]): for each run
        each (Union[None, Unset, str]): for each unit
        on_your_key (Union[None, Unset, bool]): on the customer's own key
        up_to (Union[None, Unset, int]): the largest quantity taken
    """

    at_least: Union[None, Unset, str] = UNSET
    at_most: Union[None, Unset, str] = UNSET
    credits_: Union[None, Unset, str] = UNSET
    each: Union[None, Unset, str] = UNSET
    on_your_key: Union[None, Unset, bool] = UNSET
    up_to: Union[None, Unset, int] = UNSET

    def to_dict(self) -> dict[str, Any]:
        at_least: Union[None, Unset, str]
        if isinstance(self.at_least, Unset):
            at_least = UNSET
        else:
            at_least = self.at_least

        at_most: Union[None, Unset, str]
        if isinstance(self.at_most, Unset):
            at_most = UNSET
        else:
            at_most = self.at_most

        credits_: Union[None, Unset, str]
        if isinstance(self.credits_, Unset):
            credits_ = UNSET
        else:
            credits_ = self.credits_

        each: Union[None, Unset, str]
        if isinstance(self.each, Unset):
            each = UNSET
        else:
            each = self.each

        on_your_key: Union[None, Unset, bool]
        if isinstance(self.on_your_key, Unset):
            on_your_key = UNSET
        else:
            on_your_key = self.on_your_key

        up_to: Union[None, Unset, int]
        if isinstance(self.up_to, Unset):
            up_to = UNSET
        else:
            up_to = self.up_to

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if at_least is not UNSET:
            field_dict["at_least"] = at_least
        if at_most is not UNSET:
            field_dict["at_most"] = at_most
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if each is not UNSET:
            field_dict["each"] = each
        if on_your_key is not UNSET:
            field_dict["on_your_key"] = on_your_key
        if up_to is not UNSET:
            field_dict["up_to"] = up_to

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_at_least(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        at_least = _parse_at_least(d.pop("at_least", UNSET))

        def _parse_at_most(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        at_most = _parse_at_most(d.pop("at_most", UNSET))

        def _parse_credits_(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        credits_ = _parse_credits_(d.pop("credits", UNSET))

        def _parse_each(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        each = _parse_each(d.pop("each", UNSET))

        def _parse_on_your_key(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        on_your_key = _parse_on_your_key(d.pop("on_your_key", UNSET))

        def _parse_up_to(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        up_to = _parse_up_to(d.pop("up_to", UNSET))

        price_terms = cls(
            at_least=at_least,
            at_most=at_most,
            credits_=credits_,
            each=each,
            on_your_key=on_your_key,
            up_to=up_to,
        )

        return price_terms
