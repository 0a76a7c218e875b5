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
    from ..models.gate import Gate
    from ..models.rollout import Rollout
    from ..models.shadow_cause import ShadowCause
    from ..models.shadow_customers import ShadowCustomers
    from ..models.shadow_day import ShadowDay
    from ..models.shadow_denials import ShadowDenials
    from ..models.shadow_line import ShadowLine
    from ..models.shadow_sums import ShadowSums
    from ..models.shadow_unforeseen import ShadowUnforeseen


T = TypeVar("T", bound="ShadowReport")


@_attrs_define
class ShadowReport:
    """What was watched in a window: what would be charged and refused, beside today's billing.

    Attributes:
        actions (list['ShadowLine']): by action
        causes (list['ShadowCause']): what would be otherwise than today, by cause, the most frequent first
        contract (str): the contract and its version
        customers (ShadowCustomers): Everybody's bills, as they would be.
        days (list['ShadowDay']): by day, in the contract's zone
        denials (list['ShadowDenials']): would-be refusals, by code
        gate (Gate): What must be seen before it is enforced.
        operations (int): the revision of operations in force
        plans (list['ShadowLine']): by plan
        rollout (Rollout): What is rolled out how; the most lenient of action and plan applies.
        since (datetime.datetime): from this instant on
        sums (ShadowSums): Sums of runs; a run counts in the window in which it ended.
        unforeseen (list['ShadowUnforeseen']): endings that the contract does not speak of
        unknown (int): runs of which nothing is known of today's billing
        until (datetime.datetime): until before this one
        watched (ShadowSums): Sums of runs; a run counts in the window in which it ended.
        action (Union[None, Unset, str]): only this action
        plan (Union[None, Unset, str]): only this plan
    """

    actions: list["ShadowLine"]
    causes: list["ShadowCause"]
    contract: str
    customers: "ShadowCustomers"
    days: list["ShadowDay"]
    denials: list["ShadowDenials"]
    gate: "Gate"
    operations: int
    plans: list["ShadowLine"]
    rollout: "Rollout"
    since: datetime.datetime
    sums: "ShadowSums"
    unforeseen: list["ShadowUnforeseen"]
    unknown: int
    until: datetime.datetime
    watched: "ShadowSums"
    action: Union[None, Unset, str] = UNSET
    plan: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        actions = []
        for actions_item_data in self.actions:
            actions_item = actions_item_data.to_dict()
            actions.append(actions_item)

        causes = []
        for causes_item_data in self.causes:
            causes_item = causes_item_data.to_dict()
            causes.append(causes_item)

        contract = self.contract

        customers = self.customers.to_dict()

        days = []
        for days_item_data in self.days:
            days_item = days_item_data.to_dict()
            days.append(days_item)

        denials = []
        for denials_item_data in self.denials:
            denials_item = denials_item_data.to_dict()
            denials.append(denials_item)

        gate = self.gate.to_dict()

        operations = self.operations

        plans = []
        for plans_item_data in self.plans:
            plans_item = plans_item_data.to_dict()
            plans.append(plans_item)

        rollout = self.rollout.to_dict()

        since = self.since.isoformat()

        sums = self.sums.to_dict()

        unforeseen = []
        for unforeseen_item_data in self.unforeseen:
            unforeseen_item = unforeseen_item_data.to_dict()
            unforeseen.append(unforeseen_item)

        unknown = self.unknown

        until = self.until.isoformat()

        watched = self.watched.to_dict()

        action: Union[None, Unset, str]
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        plan: Union[None, Unset, str]
        if isinstance(self.plan, Unset):
            plan = UNSET
        else:
            plan = self.plan

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "actions": actions,
                "causes": causes,
                "contract": contract,
                "customers": customers,
                "days": days,
                "denials": denials,
                "gate": gate,
                "operations": operations,
                "plans": plans,
                "rollout": rollout,
                "since": since,
                "sums": sums,
                "unforeseen": unforeseen,
                "unknown": unknown,
                "until": until,
                "watched": watched,
            }
        )
        if action is not UNSET:
            field_dict["action"] = action
        if plan is not UNSET:
            field_dict["plan"] = plan

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.gate import Gate
        from ..models.rollout import Rollout
        from ..models.shadow_cause import ShadowCause
        from ..models.shadow_customers import ShadowCustomers
        from ..models.shadow_day import ShadowDay
        from ..models.shadow_denials import ShadowDenials
        from ..models.shadow_line import ShadowLine
        from ..models.shadow_sums import ShadowSums
        from ..models.shadow_unforeseen import ShadowUnforeseen

        d = dict(src_dict)
        actions = []
        _actions = d.pop("actions")
        for actions_item_data in _actions:
            actions_item = ShadowLine.from_dict(actions_item_data)

            actions.append(actions_item)

        causes = []
        _causes = d.pop("causes")
        for causes_item_data in _causes:
            causes_item = ShadowCause.from_dict(causes_item_data)

            causes.append(causes_item)

        contract = d.pop("contract")

        customers = ShadowCustomers.from_dict(d.pop("customers"))

        days = []
        _days = d.pop("days")
        for days_item_data in _days:
            days_item = ShadowDay.from_dict(days_item_data)

            days.append(days_item)

        denials = []
        _denials = d.pop("denials")
        for denials_item_data in _denials:
            denials_item = ShadowDenials.from_dict(denials_item_data)

            denials.append(denials_item)

        gate = Gate.from_dict(d.pop("gate"))

        operations = d.pop("operations")

        plans = []
        _plans = d.pop("plans")
        for plans_item_data in _plans:
            plans_item = ShadowLine.from_dict(plans_item_data)

            plans.append(plans_item)

        rollout = Rollout.from_dict(d.pop("rollout"))

        since = isoparse(d.pop("since"))

        sums = ShadowSums.from_dict(d.pop("sums"))

        unforeseen = []
        _unforeseen = d.pop("unforeseen")
        for unforeseen_item_data in _unforeseen:
            unforeseen_item = ShadowUnforeseen.from_dict(unforeseen_item_data)

            unforeseen.append(unforeseen_item)

        unknown = d.pop("unknown")

        until = isoparse(d.pop("until"))

        watched = ShadowSums.from_dict(d.pop("watched"))

        def _parse_action(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_plan(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        plan = _parse_plan(d.pop("plan", UNSET))

        shadow_report = cls(
            actions=actions,
            causes=causes,
            contract=contract,
            customers=customers,
            days=days,
            denials=denials,
            gate=gate,
            operations=operations,
            plans=plans,
            rollout=rollout,
            since=since,
            sums=sums,
            unforeseen=unforeseen,
            unknown=unknown,
            until=until,
            watched=watched,
            action=action,
            plan=plan,
        )

        shadow_report.additional_properties = d
        return shadow_report

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
