from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Pause")


@_attrs_define
class Pause:
    """Stop this customer's runs.

    Attributes:
        reason (str): why, in words for the customer: they read it as it stands, unless the contract's own sentence for
            `paused_by_us` leaves the reason out
    """

    reason: str

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        pause = cls(
            reason=reason,
        )

        return pause
