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
    from ..models.rollout import Rollout


T = TypeVar("T", bound="PublishedOperations")


@_attrs_define
class PublishedOperations:
    """A revision of operations that was published.

    Attributes:
        by (str): the name of the key
        operations (int): its number
        published_at (datetime.datetime): when
        rollout (Rollout): What is rolled out how; the most lenient of action and plan applies.
        reason (Union[None, Unset, str]): why
        rollout_was (Union['Rollout', None, Unset]): the same before, where it was otherwise
    """

    by: str
    operations: int
    published_at: datetime.datetime
    rollout: "Rollout"
    reason: Union[None, Unset, str] = UNSET
    rollout_was: Union["Rollout", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.rollout import Rollout

        by = self.by

        operations = self.operations

        published_at = self.published_at.isoformat()

        rollout = self.rollout.to_dict()

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        rollout_was: Union[None, Unset, dict[str, Any]]
        if isinstance(self.rollout_was, Unset):
            rollout_was = UNSET
        elif isinstance(self.rollout_was, Rollout):
            rollout_was = self.rollout_was.to_dict()
        else:
            rollout_was = self.rollout_was

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by": by,
                "operations": operations,
                "published_at": published_at,
                "rollout": rollout,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason
        if rollout_was is not UNSET:
            field_dict["rollout_was"] = rollout_was

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rollout import Rollout

        d = dict(src_dict)
        by = d.pop("by")

        operations = d.pop("operations")

        published_at = isoparse(d.pop("published_at"))

        rollout = Rollout.from_dict(d.pop("rollout"))

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_rollout_was(data: object) -> Union["Rollout", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                rollout_was_type_0 = Rollout.from_dict(data)

                return rollout_was_type_0
            except:  # noqa: E722
                pass
            return cast(Union["Rollout", None, Unset], data)

        rollout_was = _parse_rollout_was(d.pop("rollout_was", UNSET))

        published_operations = cls(
            by=by,
            operations=operations,
            published_at=published_at,
            rollout=rollout,
            reason=reason,
            rollout_was=rollout_was,
        )

        published_operations.additional_properties = d
        return published_operations

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
