import datetime
from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

if TYPE_CHECKING:
    from ..models.said_to_question import SaidToQuestion


T = TypeVar("T", bound="AskedAboutReceipt")


@_attrs_define
class AskedAboutReceipt:
    """A question about a receipt, with what was said to it.

    Attributes:
        answers (list['SaidToQuestion']): the oldest first; may be empty
        at (datetime.datetime): when it was asked
        question (str): its id
        text (str): what the customer asks
    """

    answers: list["SaidToQuestion"]
    at: datetime.datetime
    question: str
    text: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answers = []
        for answers_item_data in self.answers:
            answers_item = answers_item_data.to_dict()
            answers.append(answers_item)

        at = self.at.isoformat()

        question = self.question

        text = self.text

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answers": answers,
                "at": at,
                "question": question,
                "text": text,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.said_to_question import SaidToQuestion

        d = dict(src_dict)
        answers = []
        _answers = d.pop("answers")
        for answers_item_data in _answers:
            answers_item = SaidToQuestion.from_dict(answers_item_data)

            answers.append(answers_item)

        at = isoparse(d.pop("at"))

        question = d.pop("question")

        text = d.pop("text")

        asked_about_receipt = cls(
            answers=answers,
            at=at,
            question=question,
            text=text,
        )

        asked_about_receipt.additional_properties = d
        return asked_about_receipt

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
