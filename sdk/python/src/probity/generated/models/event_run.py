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

from ..models.event_run_mode import EventRunMode, check_event_run_mode
from ..models.event_run_status import EventRunStatus, check_event_run_status
from ..types import UNSET, Unset

T = TypeVar("T", bound="EventRun")


@_attrs_define
class EventRun:
    """A run, as events tell it; its receipt has the rest.

    Attributes:
        action (str): which action
        charged (str): charged when it ended
        expires_at (datetime.datetime): held until before this instant
        held (str): set aside when it began
        kind (str): first, rest, reopened, redo or fresh
        mode (EventRunMode): the mode it began in
        refunded (str): given back since
        run (str): which
        status (EventRunStatus): where it stands
        artifact (Union[None, Unset, str]): for which artifact
        outcome (Union[None, Unset, str]): how it ended
        rule (Union[None, Unset, str]): the rule that decided what it takes
    """

    action: str
    charged: str
    expires_at: datetime.datetime
    held: str
    kind: str
    mode: EventRunMode
    refunded: str
    run: str
    status: EventRunStatus
    artifact: Union[None, Unset, str] = UNSET
    outcome: Union[None, Unset, str] = UNSET
    rule: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        charged = self.charged

        expires_at = self.expires_at.isoformat()

        held = self.held

        kind = self.kind

        mode: str = self.mode

        refunded = self.refunded

        run = self.run

        status: str = self.status

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        outcome: Union[None, Unset, str]
        if isinstance(self.outcome, Unset):
            outcome = UNSET
        else:
            outcome = self.outcome

        rule: Union[None, Unset, str]
        if isinstance(self.rule, Unset):
            rule = UNSET
        else:
            rule = self.rule

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "charged": charged,
                "expires_at": expires_at,
                "held": held,
                "kind": kind,
                "mode": mode,
                "refunded": refunded,
                "run": run,
                "status": status,
            }
        )
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if outcome is not UNSET:
            field_dict["outcome"] = outcome
        if rule is not UNSET:
            field_dict["rule"] = rule

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        action = d.pop("action")

        charged = d.pop("charged")

        expires_at = isoparse(d.pop("expires_at"))

        held = d.pop("held")

        kind = d.pop("kind")

        mode = check_event_run_mode(d.pop("mode"))

        refunded = d.pop("refunded")

        run = d.pop("run")

        status = check_event_run_status(d.pop("status"))

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_outcome(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        outcome = _parse_outcome(d.pop("outcome", UNSET))

        def _parse_rule(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        rule = _parse_rule(d.pop("rule", UNSET))

        event_run = cls(
            action=action,
            charged=charged,
            expires_at=expires_at,
            held=held,
            kind=kind,
            mode=mode,
            refunded=refunded,
            run=run,
            status=status,
            artifact=artifact,
            outcome=outcome,
            rule=rule,
        )

        event_run.additional_properties = d
        return event_run

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
