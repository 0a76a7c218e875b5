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

from ..models.idempotency_state import IdempotencyState, check_idempotency_state
from ..types import UNSET, Unset

T = TypeVar("T", bound="Idempotency")


@_attrs_define
class Idempotency:
    """What was answered to a key.

    Attributes:
        state (IdempotencyState): whether it was applied, as far back as keys are remembered: 7 days
        body (Union[Any, None, Unset]): the JSON it was answered with
        detail (Union[None, Unset, str]): where it was not applied: what that means, and what to do
        since (Union[None, Unset, datetime.datetime]): not applied since then; what was before is not known any more
        status (Union[None, Unset, int]): the status it was answered with
    """

    state: IdempotencyState
    body: Union[Any, None, Unset] = UNSET
    detail: Union[None, Unset, str] = UNSET
    since: Union[None, Unset, datetime.datetime] = UNSET
    status: Union[None, Unset, int] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        state: str = self.state

        body: Union[Any, None, Unset]
        if isinstance(self.body, Unset):
            body = UNSET
        else:
            body = self.body

        detail: Union[None, Unset, str]
        if isinstance(self.detail, Unset):
            detail = UNSET
        else:
            detail = self.detail

        since: Union[None, Unset, str]
        if isinstance(self.since, Unset):
            since = UNSET
        elif isinstance(self.since, datetime.datetime):
            since = self.since.isoformat()
        else:
            since = self.since

        status: Union[None, Unset, int]
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "state": state,
            }
        )
        if body is not UNSET:
            field_dict["body"] = body
        if detail is not UNSET:
            field_dict["detail"] = detail
        if since is not UNSET:
            field_dict["since"] = since
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        state = check_idempotency_state(d.pop("state"))

        def _parse_body(data: object) -> Union[Any, None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[Any, None, Unset], data)

        body = _parse_body(d.pop("body", UNSET))

        def _parse_detail(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        detail = _parse_detail(d.pop("detail", UNSET))

        def _parse_since(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                since_type_0 = isoparse(data)

                return since_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        since = _parse_since(d.pop("since", UNSET))

        def _parse_status(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        status = _parse_status(d.pop("status", UNSET))

        idempotency = cls(
            state=state,
            body=body,
            detail=detail,
            since=since,
            status=status,
        )

        idempotency.additional_properties = d
        return idempotency

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
