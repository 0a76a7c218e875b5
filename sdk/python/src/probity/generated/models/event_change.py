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
    from ..models.period import Period


T = TypeVar("T", bound="EventChange")


@_attrs_define
class EventChange:
    """What changed about a customer.

    Attributes:
        plan (str): their plan now
        item (Union[None, Unset, str]): the item whose pause was lifted, `action/artifact`
        next_plan (Union[None, Unset, str]): a plan that waits for the period's end
        payment (Union[None, Unset, str]): the payment that paid it
        period (Union['Period', None, Unset]): the paid period
        reason (Union[None, Unset, str]): why they are paused
        today (Union[None, Unset, str]): what an unusual day came to before the run
        usual (Union[None, Unset, str]): what a usual day comes to
    """

    plan: str
    item: Union[None, Unset, str] = UNSET
    next_plan: Union[None, Unset, str] = UNSET
    payment: Union[None, Unset, str] = UNSET
    period: Union["Period", None, Unset] = UNSET
    reason: Union[None, Unset, str] = UNSET
    today: Union[None, Unset, str] = UNSET
    usual: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.period import Period

        plan = self.plan

        item: Union[None, Unset, str]
        if isinstance(self.item, Unset):
            item = UNSET
        else:
            item = self.item

        next_plan: Union[None, Unset, str]
        if isinstance(self.next_plan, Unset):
            next_plan = UNSET
        else:
            next_plan = self.next_plan

        payment: Union[None, Unset, str]
        if isinstance(self.payment, Unset):
            payment = UNSET
        else:
            payment = self.payment

        period: Union[None, Unset, dict[str, Any]]
        if isinstance(self.period, Unset):
            period = UNSET
        elif isinstance(self.period, Period):
            period = self.period.to_dict()
        else:
            period = self.period

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        today: Union[None, Unset, str]
        if isinstance(self.today, Unset):
            today = UNSET
        else:
            today = self.today

        usual: Union[None, Unset, str]
        if isinstance(self.usual, Unset):
            usual = UNSET
        else:
            usual = self.usual

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "plan": plan,
            }
        )
        if item is not UNSET:
            field_dict["item"] = item
        if next_plan is not UNSET:
            field_dict["next_plan"] = next_plan
        if payment is not UNSET:
            field_dict["payment"] = payment
        if period is not UNSET:
            field_dict["period"] = period
        if reason is not UNSET:
            field_dict["reason"] = reason
        if today is not UNSET:
            field_dict["today"] = today
        if usual is not UNSET:
            field_dict["usual"] = usual

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.period import Period

        d = dict(src_dict)
        plan = d.pop("plan")

        def _parse_item(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        item = _parse_item(d.pop("item", UNSET))

        def _parse_next_plan(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        next_plan = _parse_next_plan(d.pop("next_plan", UNSET))

        def _parse_payment(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        payment = _parse_payment(d.pop("payment", UNSET))

        def _parse_period(data: object) -> Union["Period", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                period_type_0 = Period.from_dict(data)

                return period_type_0
            except:  # noqa: E722
                pass
            return cast(Union["Period", None, Unset], data)

        period = _parse_period(d.pop("period", UNSET))

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_today(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        today = _parse_today(d.pop("today", UNSET))

        def _parse_usual(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        usual = _parse_usual(d.pop("usual", UNSET))

        event_change = cls(
            plan=plan,
            item=item,
            next_plan=next_plan,
            payment=payment,
            period=period,
            reason=reason,
            today=today,
            usual=usual,
        )

        event_change.additional_properties = d
        return event_change

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
