from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.shadow_unforeseen_what import (
    ShadowUnforeseenWhat,
    check_shadow_unforeseen_what,
)

if TYPE_CHECKING:
    from ..models.shadow_example import ShadowExample


T = TypeVar("T", bound="ShadowUnforeseen")


@_attrs_define
class ShadowUnforeseen:
    """Endings of one action that the contract does not speak of.

    Attributes:
        action (str): what was run
        examples (list['ShadowExample']): a few of them
        outcome (str): how it ended
        runs (int): how many runs
        says (str): what happens now, and what to do
        what (ShadowUnforeseenWhat): in what way
    """

    action: str
    examples: list["ShadowExample"]
    outcome: str
    runs: int
    says: str
    what: ShadowUnforeseenWhat
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        examples = []
        for examples_item_data in self.examples:
            examples_item = examples_item_data.to_dict()
            examples.append(examples_item)

        outcome = self.outcome

        runs = self.runs

        says = self.says

        what: str = self.what

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "examples": examples,
                "outcome": outcome,
                "runs": runs,
                "says": says,
                "what": what,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.shadow_example import ShadowExample

        d = dict(src_dict)
        action = d.pop("action")

        examples = []
        _examples = d.pop("examples")
        for examples_item_data in _examples:
            examples_item = ShadowExample.from_dict(examples_item_data)

            examples.append(examples_item)

        outcome = d.pop("outcome")

        runs = d.pop("runs")

        says = d.pop("says")

        what = check_shadow_unforeseen_what(d.pop("what"))

        shadow_unforeseen = cls(
            action=action,
            examples=examples,
            outcome=outcome,
            runs=runs,
            says=says,
            what=what,
        )

        shadow_unforeseen.additional_properties = d
        return shadow_unforeseen

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
