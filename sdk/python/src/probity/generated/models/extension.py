from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Extension")


@_attrs_define
class Extension:
    """More time, counted from now.

    Attributes:
        for_ (str): how much, such as "20 minutes"
    """

    for_: str

    def to_dict(self) -> dict[str, Any]:
        for_ = self.for_

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "for": for_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        for_ = d.pop("for")

        extension = cls(
            for_=for_,
        )

        return extension
