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

from ..models.publishing_class import PublishingClass, check_publishing_class
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.publishing_changes_item import PublishingChangesItem
    from ..models.publishing_lint_item import PublishingLintItem


T = TypeVar("T", bound="Publishing")


@_attrs_define
class Publishing:
    """What publishing came to, or would.

    Attributes:
        at_once (bool): it is worse for somebody and holds now: no notice is promised
        changes (list['PublishingChangesItem']): every key that differs
        class_ (PublishingClass): what it is to customers
        contract (str): the contract and its version
        effective (datetime.datetime): from when on it may apply
        lint (list['PublishingLintItem']): what the contract should not say
        nothing_new (bool): all of it was published last: nothing was written
        notice (str): the draft of what customers are told; may be empty
        operations (int): the revision of operations
        enforce_when (Union[None, Unset, str]): what operations ask to be seen first, where this enforces what was not
        rollout (Union[None, Unset, str]): who is charged and refused, in words
        rollout_was (Union[None, Unset, str]): the same before, where it was otherwise
        waits_for (Union[None, Unset, str]): the version announced before, which it may not overtake: both start
            together
    """

    at_once: bool
    changes: list["PublishingChangesItem"]
    class_: PublishingClass
    contract: str
    effective: datetime.datetime
    lint: list["PublishingLintItem"]
    nothing_new: bool
    notice: str
    operations: int
    enforce_when: Union[None, Unset, str] = UNSET
    rollout: Union[None, Unset, str] = UNSET
    rollout_was: Union[None, Unset, str] = UNSET
    waits_for: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at_once = self.at_once

        changes = []
        for changes_item_data in self.changes:
            changes_item = changes_item_data.to_dict()
            changes.append(changes_item)

        class_: str = self.class_

        contract = self.contract

        effective = self.effective.isoformat()

        lint = []
        for lint_item_data in self.lint:
            lint_item = lint_item_data.to_dict()
            lint.append(lint_item)

        nothing_new = self.nothing_new

        notice = self.notice

        operations = self.operations

        enforce_when: Union[None, Unset, str]
        if isinstance(self.enforce_when, Unset):
            enforce_when = UNSET
        else:
            enforce_when = self.enforce_when

        rollout: Union[None, Unset, str]
        if isinstance(self.rollout, Unset):
            rollout = UNSET
        else:
            rollout = self.rollout

        rollout_was: Union[None, Unset, str]
        if isinstance(self.rollout_was, Unset):
            rollout_was = UNSET
        else:
            rollout_was = self.rollout_was

        waits_for: Union[None, Unset, str]
        if isinstance(self.waits_for, Unset):
            waits_for = UNSET
        else:
            waits_for = self.waits_for

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at_once": at_once,
                "changes": changes,
                "class": class_,
                "contract": contract,
                "effective": effective,
                "lint": lint,
                "nothing_new": nothing_new,
                "notice": notice,
                "operations": operations,
            }
        )
        if enforce_when is not UNSET:
            field_dict["enforce_when"] = enforce_when
        if rollout is not UNSET:
            field_dict["rollout"] = rollout
        if rollout_was is not UNSET:
            field_dict["rollout_was"] = rollout_was
        if waits_for is not UNSET:
            field_dict["waits_for"] = waits_for

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.publishing_changes_item import PublishingChangesItem
        from ..models.publishing_lint_item import PublishingLintItem

        d = dict(src_dict)
        at_once = d.pop("at_once")

        changes = []
        _changes = d.pop("changes")
        for changes_item_data in _changes:
            changes_item = PublishingChangesItem.from_dict(changes_item_data)

            changes.append(changes_item)

        class_ = check_publishing_class(d.pop("class"))

        contract = d.pop("contract")

        effective = isoparse(d.pop("effective"))

        lint = []
        _lint = d.pop("lint")
        for lint_item_data in _lint:
            lint_item = PublishingLintItem.from_dict(lint_item_data)

            lint.append(lint_item)

        nothing_new = d.pop("nothing_new")

        notice = d.pop("notice")

        operations = d.pop("operations")

        def _parse_enforce_when(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        enforce_when = _parse_enforce_when(d.pop("enforce_when", UNSET))

        def _parse_rollout(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        rollout = _parse_rollout(d.pop("rollout", UNSET))

        def _parse_rollout_was(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        rollout_was = _parse_rollout_was(d.pop("rollout_was", UNSET))

        def _parse_waits_for(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        waits_for = _parse_waits_for(d.pop("waits_for", UNSET))

        publishing = cls(
            at_once=at_once,
            changes=changes,
            class_=class_,
            contract=contract,
            effective=effective,
            lint=lint,
            nothing_new=nothing_new,
            notice=notice,
            operations=operations,
            enforce_when=enforce_when,
            rollout=rollout,
            rollout_was=rollout_was,
            waits_for=waits_for,
        )

        publishing.additional_properties = d
        return publishing

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
