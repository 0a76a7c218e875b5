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
    from ..models.bill_before_and_after import BillBeforeAndAfter
    from ..models.terms_change import TermsChange
    from ..models.way_forward import WayForward


T = TypeVar("T", bound="Changing")


@_attrs_define
class Changing:
    """A version that is on its way to a customer.

    Attributes:
        changes (list['TermsChange']): what differs for somebody on their plan, the worse first
        choices (list['WayForward']): what they can do; all of it is open
        contract (str): which version
        starts (datetime.datetime): when it begins for this customer; of a period that is not paid by then, when it is
        bill (Union['BillBeforeAndAfter', None, Unset]): their own runs, priced by both; null: they had none
        notice_until (Union[None, Unset, datetime.datetime]): the notice lasts until then; null: it is over, and the
            next period is waited for
        plan_price_now (Union[None, Unset, str]): what the plan costs now; null: nothing
        plan_price_then (Union[None, Unset, str]): what it costs then; null: nothing
    """

    changes: list["TermsChange"]
    choices: list["WayForward"]
    contract: str
    starts: datetime.datetime
    bill: Union["BillBeforeAndAfter", None, Unset] = UNSET
    notice_until: Union[None, Unset, datetime.datetime] = UNSET
    plan_price_now: Union[None, Unset, str] = UNSET
    plan_price_then: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.bill_before_and_after import BillBeforeAndAfter

        changes = []
        for changes_item_data in self.changes:
            changes_item = changes_item_data.to_dict()
            changes.append(changes_item)

        choices = []
        for choices_item_data in self.choices:
            choices_item = choices_item_data.to_dict()
            choices.append(choices_item)

        contract = self.contract

        starts = self.starts.isoformat()

        bill: Union[None, Unset, dict[str, Any]]
        if isinstance(self.bill, Unset):
            bill = UNSET
        elif isinstance(self.bill, BillBeforeAndAfter):
            bill = self.bill.to_dict()
        else:
            bill = self.bill

        notice_until: Union[None, Unset, str]
        if isinstance(self.notice_until, Unset):
            notice_until = UNSET
        elif isinstance(self.notice_until, datetime.datetime):
            notice_until = self.notice_until.isoformat()
        else:
            notice_until = self.notice_until

        plan_price_now: Union[None, Unset, str]
        if isinstance(self.plan_price_now, Unset):
            plan_price_now = UNSET
        else:
            plan_price_now = self.plan_price_now

        plan_price_then: Union[None, Unset, str]
        if isinstance(self.plan_price_then, Unset):
            plan_price_then = UNSET
        else:
            plan_price_then = self.plan_price_then

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "changes": changes,
                "choices": choices,
                "contract": contract,
                "starts": starts,
            }
        )
        if bill is not UNSET:
            field_dict["bill"] = bill
        if notice_until is not UNSET:
            field_dict["notice_until"] = notice_until
        if plan_price_now is not UNSET:
            field_dict["plan_price_now"] = plan_price_now
        if plan_price_then is not UNSET:
            field_dict["plan_price_then"] = plan_price_then

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.bill_before_and_after import BillBeforeAndAfter
        from ..models.terms_change import TermsChange
        from ..models.way_forward import WayForward

        d = dict(src_dict)
        changes = []
        _changes = d.pop("changes")
        for changes_item_data in _changes:
            changes_item = TermsChange.from_dict(changes_item_data)

            changes.append(changes_item)

        choices = []
        _choices = d.pop("choices")
        for choices_item_data in _choices:
            choices_item = WayForward.from_dict(choices_item_data)

            choices.append(choices_item)

        contract = d.pop("contract")

        starts = isoparse(d.pop("starts"))

        def _parse_bill(data: object) -> Union["BillBeforeAndAfter", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                bill_type_0 = BillBeforeAndAfter.from_dict(data)

                return bill_type_0
            except:  # noqa: E722
                pass
            return cast(Union["BillBeforeAndAfter", None, Unset], data)

        bill = _parse_bill(d.pop("bill", UNSET))

        def _parse_notice_until(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                notice_until_type_0 = isoparse(data)

                return notice_until_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        notice_until = _parse_notice_until(d.pop("notice_until", UNSET))

        def _parse_plan_price_now(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        plan_price_now = _parse_plan_price_now(d.pop("plan_price_now", UNSET))

        def _parse_plan_price_then(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        plan_price_then = _parse_plan_price_then(d.pop("plan_price_then", UNSET))

        changing = cls(
            changes=changes,
            choices=choices,
            contract=contract,
            starts=starts,
            bill=bill,
            notice_until=notice_until,
            plan_price_now=plan_price_now,
            plan_price_then=plan_price_then,
        )

        changing.additional_properties = d
        return changing

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
