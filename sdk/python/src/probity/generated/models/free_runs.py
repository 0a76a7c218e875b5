from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="FreeRuns")


@_attrs_define
class FreeRuns:
    """Runs that brought nothing, and what they cost us.

    Attributes:
        attempts (int): calls that we pay
        runs (int): how many
        silent (int): runs that ended without any call reported: not in `cost` either
        unknown (int): of those: calls whose cost is not known, so not in `cost`
        cause (Union[None, Unset, str]): why: failed, redo, reopened, experiment, plan and others
        cost (Union[None, Unset, str]): what its calls cost, as far as it is known; null: nothing of it is
    """

    attempts: int
    runs: int
    silent: int
    unknown: int
    cause: Union[None, Unset, str] = UNSET
    cost: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        attempts = self.attempts

        runs = self.runs

        silent = self.silent

        unknown = self.unknown

        cause: Union[None, Unset, str]
        if isinstance(self.cause, Unset):
            cause = UNSET
        else:
            cause = self.cause

        cost: Union[None, Unset, str]
        if isinstance(self.cost, Unset):
            cost = UNSET
        else:
            cost = self.cost

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "attempts": attempts,
                "runs": runs,
                "silent": silent,
                "unknown": unknown,
            }
        )
        if cause is not UNSET:
            field_dict["cause"] = cause
        if cost is not UNSET:
            field_dict["cost"] = cost

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        attempts = d.pop("attempts")

        runs = d.pop("runs")

        silent = d.pop("silent")

        unknown = d.pop("unknown")

        def _parse_cause(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        cause = _parse_cause(d.pop("cause", UNSET))

        def _parse_cost(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        cost = _parse_cost(d.pop("cost", UNSET))

        free_runs = cls(
            attempts=attempts,
            runs=runs,
            silent=silent,
            unknown=unknown,
            cause=cause,
            cost=cost,
        )

        free_runs.additional_properties = d
        return free_runs

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
