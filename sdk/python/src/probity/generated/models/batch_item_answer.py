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

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.batch_item_answer_body import BatchItemAnswerBody


T = TypeVar("T", bound="BatchItemAnswer")


@_attrs_define
class BatchItemAnswer:
    """The answer to one item.

    Attributes:
        body (BatchItemAnswerBody): as of the single request
        status (int): its status
        replayed (Union[None, Unset, bool]): it is the answer to an earlier request with the same key
    """

    body: "BatchItemAnswerBody"
    status: int
    replayed: Union[None, Unset, bool] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        body = self.body.to_dict()

        status = self.status

        replayed: Union[None, Unset, bool]
        if isinstance(self.replayed, Unset):
            replayed = UNSET
        else:
            replayed = self.replayed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "body": body,
                "status": status,
            }
        )
        if replayed is not UNSET:
            field_dict["replayed"] = replayed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.batch_item_answer_body import BatchItemAnswerBody

        d = dict(src_dict)
        body = BatchItemAnswerBody.from_dict(d.pop("body"))

        status = d.pop("status")

        def _parse_replayed(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        replayed = _parse_replayed(d.pop("replayed", UNSET))

        batch_item_answer = cls(
            body=body,
            status=status,
            replayed=replayed,
        )

        batch_item_answer.additional_properties = d
        return batch_item_answer

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
