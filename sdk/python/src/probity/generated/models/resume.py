from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Resume")


@_attrs_define
class Resume:
    """Lift a pause: an operator's, an unusual day's, or that of one artifact.

    Attributes:
        action (Union[None, Unset, str]): of which action, where several have that artifact
        artifact (Union[None, Unset, str]): the artifact that failed too often; null: the customer
    """

    action: Union[None, Unset, str] = UNSET
    artifact: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        action: Union[None, Unset, str]
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if action is not UNSET:
            field_dict["action"] = action
        if artifact is not UNSET:
            field_dict["artifact"] = artifact

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_action(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        resume = cls(
            action=action,
            artifact=artifact,
        )

        return resume
