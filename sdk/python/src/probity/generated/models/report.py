from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..models.report_outcome import ReportOutcome, check_report_outcome
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.attempt import Attempt
    from ..models.present_billing import PresentBilling


T = TypeVar("T", bound="Report")


@_attrs_define
class Report:
    """How a run ended: an outcome, never an amount.

    Attributes:
        outcome (ReportOutcome): how it ended
        attempts (Union[None, Unset, list['Attempt']]): calls to models and suppliers
        now (Union['PresentBilling', None, Unset]): what your present billing did, for comparison
        parts (Union[None, Unset, int]): how many parts this run brought; left out where the whole is there now, also on
            a `rest`; `delivered` with fewer than the action has is `partial`
        quantity (Union[None, Unset, int]): how many units arrived; never charged above what was held
        reason (Union[None, Unset, str]): a finer reason, for the receipt
    """

    outcome: ReportOutcome
    attempts: Union[None, Unset, list["Attempt"]] = UNSET
    now: Union["PresentBilling", None, Unset] = UNSET
    parts: Union[None, Unset, int] = UNSET
    quantity: Union[None, Unset, int] = UNSET
    reason: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.present_billing import PresentBilling

        outcome: str = self.outcome

        attempts: Union[None, Unset, list[dict[str, Any]]]
        if isinstance(self.attempts, Unset):
            attempts = UNSET
        elif isinstance(self.attempts, list):
            attempts = []
            for attempts_type_0_item_data in self.attempts:
                attempts_type_0_item = attempts_type_0_item_data.to_dict()
                attempts.append(attempts_type_0_item)

        else:
            attempts = self.attempts

        now: Union[None, Unset, dict[str, Any]]
        if isinstance(self.now, Unset):
            now = UNSET
        elif isinstance(self.now, PresentBilling):
            now = self.now.to_dict()
        else:
            now = self.now

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
        if attempts is not UNSET:
            field_dict["attempts"] = attempts
        if now is not UNSET:
            field_dict["now"] = now
        if parts is not UNSET:
            field_dict["parts"] = parts
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attempt import Attempt
        from ..models.present_billing import PresentBilling

        d = dict(src_dict)
        outcome = check_report_outcome(d.pop("outcome"))

        def _parse_attempts(data: object) -> Union[None, Unset, list["Attempt"]]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                attempts_type_0 = []
                _attempts_type_0 = data
                for attempts_type_0_item_data in _attempts_type_0:
                    attempts_type_0_item = Attempt.from_dict(attempts_type_0_item_data)

                    attempts_type_0.append(attempts_type_0_item)

                return attempts_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, list["Attempt"]], data)

        attempts = _parse_attempts(d.pop("attempts", UNSET))

        def _parse_now(data: object) -> Union["PresentBilling", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                now_type_0 = PresentBilling.from_dict(data)

                return now_type_0
            except:  # noqa: E722
                pass
            return cast(Union["PresentBilling", None, Unset], data)

        now = _parse_now(d.pop("now", UNSET))

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

        report = cls(
            outcome=outcome,
            attempts=attempts,
            now=now,
            parts=parts,
            quantity=quantity,
            reason=reason,
        )

        return report
