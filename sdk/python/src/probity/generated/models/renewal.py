from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Renewal")


@_attrs_define
class Renewal:
    """A period was paid for.

    Attributes:
        payment (Union[None, Unset, str]): the payment's id
    """

    payment: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        payment: Union[None, Unset, str]
        if isinstance(self.payment, Unset):
            payment = UNSET
        else:
            payment = self.payment

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if payment is not UNSET:
            field_dict["payment"] = payment

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_payment(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        payment = _parse_payment(d.pop("payment", UNSET))

        renewal = cls(
            payment=payment,
        )

        return renewal
