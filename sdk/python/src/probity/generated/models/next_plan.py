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
    from ..models.terms_fact import TermsFact


T = TypeVar("T", bound="NextPlan")


@_attrs_define
class NextPlan:
    """A plan that waits for the period's end.

    Attributes:
        plan (str): which
        plan_name (str): what it is called
        plan_words (list['TermsFact']): the plan in plain words
        starts (datetime.datetime): when it begins
        price (Union[None, Unset, str]): what it costs; null: nothing
    """

    plan: str
    plan_name: str
    plan_words: list["TermsFact"]
    starts: datetime.datetime
    price: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        plan = self.plan

        plan_name = self.plan_name

        plan_words = []
        for plan_words_item_data in self.plan_words:
            plan_words_item = plan_words_item_data.to_dict()
            plan_words.append(plan_words_item)

        starts = self.starts.isoformat()

        price: Union[None, Unset, str]
        if isinstance(self.price, Unset):
            price = UNSET
        else:
            price = self.price

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "plan": plan,
                "plan_name": plan_name,
                "plan_words": plan_words,
                "starts": starts,
            }
        )
        if price is not UNSET:
            field_dict["price"] = price

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.terms_fact import TermsFact

        d = dict(src_dict)
        plan = d.pop("plan")

        plan_name = d.pop("plan_name")

        plan_words = []
        _plan_words = d.pop("plan_words")
        for plan_words_item_data in _plan_words:
            plan_words_item = TermsFact.from_dict(plan_words_item_data)

            plan_words.append(plan_words_item)

        starts = isoparse(d.pop("starts"))

        def _parse_price(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        price = _parse_price(d.pop("price", UNSET))

        next_plan = cls(
            plan=plan,
            plan_name=plan_name,
            plan_words=plan_words,
            starts=starts,
            price=price,
        )

        next_plan.additional_properties = d
        return next_plan

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
