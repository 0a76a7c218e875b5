from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..models.correction_outcome import CorrectionOutcome, check_correction_outcome
from ..types import UNSET, Unset

T = TypeVar("T", bound="Correction")


@_attrs_define
class Correction:
    """How a run ended after all: towards the customer only.

    Attributes:
        outcome (CorrectionOutcome): how it really ended
        parts (Union[None, Unset, int]): how many parts this run brought; left out where the whole is there now, also on
            a `rest`; `delivered` with fewer than the action has is `partial`
        quantity (Union[None, Unset, int]): how many units arrived
        reason (Union[None, Unset, str]): a finer reason, for the receipt
    """

    outcome: CorrectionOutcome
    parts: Union[None, Unset, int] = UNSET
    quantity: Union[None, Unset, int] = UNSET
    reason: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        outcome: str = self.outcome

        parts: Union[None, Unset, int]
        if isinstance(self.parts, Unset):
            parts = UNSET
        else:
            parts = self.parts

        quantity: Union[None, Unset, int]
        if isinstance(self.quantity, Unset):
            quantity = UNSET
        else:
            quantity = self.quantity

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "outcome": outcome,
            }
        )
        if parts is not UNSET:
            field_dict["parts"] = parts
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        outcome = check_correction_outcome(d.pop("outcome"))

        def _parse_parts(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        parts = _parse_parts(d.pop("parts", UNSET))

        def _parse_quantity(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        quantity = _parse_quantity(d.pop("quantity", UNSET))

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        correction = cls(
            outcome=outcome,
            parts=parts,
            quantity=quantity,
            reason=reason,
        )

        return correction
