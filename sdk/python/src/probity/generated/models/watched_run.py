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

from ..models.watched_run_how import WatchedRunHow, check_watched_run_how
from ..models.watched_run_mode import WatchedRunMode, check_watched_run_mode
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.today import Today


T = TypeVar("T", bound="WatchedRun")


@_attrs_define
class WatchedRun:
    """A run that ended, as if everything were enforced.

    Attributes:
        action (str): what was run
        at (datetime.datetime): when it ended
        charged (str): what would be charged
        customer (str): whose
        how (WatchedRunHow): who said so
        mode (WatchedRunMode): the mode it began in
        outcome (str): how it ended
        plan (str): on which plan it began
        price (str): what it would cost
        rule (str): the rule of that
        run (str): which run
        artifact (Union[None, Unset, str]): for which artifact
        denial (Union[None, Unset, str]): why it would be refused
        today (Union['Today', None, Unset]): what today's billing did
        unforeseen (Union[None, Unset, str]): what the contract does not say of it
    """

    action: str
    at: datetime.datetime
    charged: str
    customer: str
    how: WatchedRunHow
    mode: WatchedRunMode
    outcome: str
    plan: str
    price: str
    rule: str
    run: str
    artifact: Union[None, Unset, str] = UNSET
    denial: Union[None, Unset, str] = UNSET
    today: Union["Today", None, Unset] = UNSET
    unforeseen: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.today import Today

        action = self.action

        at = self.at.isoformat()

        charged = self.charged

        customer = self.customer

        how: str = self.how

        mode: str = self.mode

        outcome = self.outcome

        plan = self.plan

        price = self.price

        rule = self.rule

        run = self.run

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        denial: Union[None, Unset, str]
        if isinstance(self.denial, Unset):
            denial = UNSET
        else:
            denial = self.denial

        today: Union[None, Unset, dict[str, Any]]
        if isinstance(self.today, Unset):
            today = UNSET
        elif isinstance(self.today, Today):
            today = self.today.to_dict()
        else:
            today = self.today

        unforeseen: Union[None, Unset, str]
        if isinstance(self.unforeseen, Unset):
            unforeseen = UNSET
        else:
            unforeseen = self.unforeseen

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "at": at,
                "charged": charged,
                "customer": customer,
                "how": how,
                "mode": mode,
                "outcome": outcome,
                "plan": plan,
                "price": price,
                "rule": rule,
                "run": run,
            }
        )
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if denial is not UNSET:
            field_dict["denial"] = denial
        if today is not UNSET:
            field_dict["today"] = today
        if unforeseen is not UNSET:
            field_dict["unforeseen"] = unforeseen

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.today import Today

        d = dict(src_dict)
        action = d.pop("action")

        at = isoparse(d.pop("at"))

        charged = d.pop("charged")

        customer = d.pop("customer")

        how = check_watched_run_how(d.pop("how"))

        mode = check_watched_run_mode(d.pop("mode"))

        outcome = d.pop("outcome")

        plan = d.pop("plan")

        price = d.pop("price")

        rule = d.pop("rule")

        run = d.pop("run")

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_denial(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        denial = _parse_denial(d.pop("denial", UNSET))

        def _parse_today(data: object) -> Union["Today", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                today_type_0 = Today.from_dict(data)

                return today_type_0
            except:  # noqa: E722
                pass
            return cast(Union["Today", None, Unset], data)

        today = _parse_today(d.pop("today", UNSET))

        def _parse_unforeseen(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        unforeseen = _parse_unforeseen(d.pop("unforeseen", UNSET))

        watched_run = cls(
            action=action,
            at=at,
            charged=charged,
            customer=customer,
            how=how,
            mode=mode,
            outcome=outcome,
            plan=plan,
            price=price,
            rule=rule,
            run=run,
            artifact=artifact,
            denial=denial,
            today=today,
            unforeseen=unforeseen,
        )

        watched_run.additional_properties = d
        return watched_run

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
