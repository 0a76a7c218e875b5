from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.shadow_cause_verdict import ShadowCauseVerdict, check_shadow_cause_verdict

if TYPE_CHECKING:
    from ..models.shadow_example import ShadowExample


T = TypeVar("T", bound="ShadowCause")


@_attrs_define
class ShadowCause:
    """Runs that would be otherwise than today, for one cause.

    Attributes:
        cause (str): the rule or the code that explains it
        examples (list['ShadowExample']): a few of them
        runs (int): how many runs
        says (str): the same in a sentence
        today (str): what today's billing charged for them
        verdict (ShadowCauseVerdict): how
        would (str): what would be charged for them
    """

    cause: str
    examples: list["ShadowExample"]
    runs: int
    says: str
    today: str
    verdict: ShadowCauseVerdict
    would: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cause = self.cause

        examples = []
        for examples_item_data in self.examples:
            examples_item = examples_item_data.to_dict()
            examples.append(examples_item)

        runs = self.runs

        says = self.says

        today = self.today

        verdict: str = self.verdict

        would = self.would

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cause": cause,
                "examples": examples,
                "runs": runs,
                "says": says,
                "today": today,
                "verdict": verdict,
                "would": would,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.shadow_example import ShadowExample

        d = dict(src_dict)
        cause = d.pop("cause")

        examples = []
        _examples = d.pop("examples")
        for examples_item_data in _examples:
            examples_item = ShadowExample.from_dict(examples_item_data)

            examples.append(examples_item)

        runs = d.pop("runs")

        says = d.pop("says")

        today = d.pop("today")

        verdict = check_shadow_cause_verdict(d.pop("verdict"))

        would = d.pop("would")

        shadow_cause = cls(
            cause=cause,
            examples=examples,
            runs=runs,
            says=says,
            today=today,
            verdict=verdict,
            would=would,
        )

        shadow_cause.additional_properties = d
        return shadow_cause

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
