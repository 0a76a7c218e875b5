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

T = TypeVar("T", bound="ShadowExample")


@_attrs_define
class ShadowExample:
    """A run to look at, with words to read aloud.

    Attributes:
        action (str): what was run
        at (datetime.datetime): when it ended
        customer (str): whose
        outcome (str): how it ended
        run (str): which run
        would (str): what would be charged
        artifact (Union[None, Unset, str]): for which artifact
        today (Union[None, Unset, str]): what today's billing charged
        words (Union[None, Unset, str]): what the customer would have read; of a refusal, why
    """

    action: str
    at: datetime.datetime
    customer: str
    outcome: str
    run: str
    would: str
    artifact: Union[None, Unset, str] = UNSET
    today: Union[None, Unset, str] = UNSET
    words: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        at = self.at.isoformat()

        customer = self.customer

        outcome = self.outcome

        run = self.run

        would = self.would

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        today: Union[None, Unset, str]
        if isinstance(self.today, Unset):
            today = UNSET
        else:
            today = self.today

        words: Union[None, Unset, str]
        if isinstance(self.words, Unset):
            words = UNSET
        else:
            words = self.words

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "at": at,
                "customer": customer,
                "outcome": outcome,
                "run": run,
                "would": would,
            }
        )
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if today is not UNSET:
            field_dict["today"] = today
        if words is not UNSET:
            field_dict["words"] = words

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        action = d.pop("action")

        at = isoparse(d.pop("at"))

        customer = d.pop("customer")

        outcome = d.pop("outcome")

        run = d.pop("run")

        would = d.pop("would")

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_today(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        today = _parse_today(d.pop("today", UNSET))

        def _parse_words(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        words = _parse_words(d.pop("words", UNSET))

        shadow_example = cls(
            action=action,
            at=at,
            customer=customer,
            outcome=outcome,
            run=run,
            would=would,
            artifact=artifact,
            today=today,
            words=words,
        )

        shadow_example.additional_properties = d
        return shadow_example

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
