from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.rollout import Rollout
    from ..models.texts import Texts


T = TypeVar("T", bound="LatestTexts")


@_attrs_define
class LatestTexts:
    """What was published last, as it was written.

    Attributes:
        contract (str): the contract and its version
        operations (int): the revision of operations
        rollout (Rollout): What is rolled out how; the most lenient of action and plan applies.
        texts (Texts): The files of a contract.
    """

    contract: str
    operations: int
    rollout: "Rollout"
    texts: "Texts"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contract = self.contract

        operations = self.operations

        rollout = self.rollout.to_dict()

        texts = self.texts.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contract": contract,
                "operations": operations,
                "rollout": rollout,
                "texts": texts,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rollout import Rollout
        from ..models.texts import Texts

        d = dict(src_dict)
        contract = d.pop("contract")

        operations = d.pop("operations")

        rollout = Rollout.from_dict(d.pop("rollout"))

        texts = Texts.from_dict(d.pop("texts"))

        latest_texts = cls(
            contract=contract,
            operations=operations,
            rollout=rollout,
            texts=texts,
        )

        latest_texts.additional_properties = d
        return latest_texts

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
