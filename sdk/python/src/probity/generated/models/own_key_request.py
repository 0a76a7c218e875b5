from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="OwnKeyRequest")


@_attrs_define
class OwnKeyRequest:
    """The customer's own AI key.

    Attributes:
        key (str): as its provider gave it: 8 to 512 visible letters
    """

    key: str

    def to_dict(self) -> dict[str, Any]:
        key = self.key

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "key": key,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        key = d.pop("key")

        own_key_request = cls(
            key=key,
        )

        return own_key_request
