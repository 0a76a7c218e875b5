from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.money import Money


T = TypeVar("T", bound="TopUp")


@_attrs_define
class TopUp:
    """Credits were bought; unique by payment.

    Attributes:
        credits_ (str): how many
        payment (str): the payment's id
        paid (Union['Money', None, Unset]): what was paid; in another currency than the contract's it is kept as it is,
            never converted, and listed under exceptions
    """

    credits_: str
    payment: str
    paid: Union["Money", None, Unset] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.money import Money

        credits_ = self.credits_

        payment = self.payment

        paid: Union[None, Unset, dict[str, Any]]
        if isinstance(self.paid, Unset):
            paid = UNSET
        elif isinstance(self.paid, Money):
            paid = self.paid.to_dict()
        else:
            paid = self.paid

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "credits": credits_,
                "payment": payment,
            }
        )
        if paid is not UNSET:
            field_dict["paid"] = paid

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.money import Money

        d = dict(src_dict)
        credits_ = d.pop("credits")

        payment = d.pop("payment")

        def _parse_paid(data: object) -> Union["Money", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                paid_type_0 = Money.from_dict(data)

                return paid_type_0
            except:  # noqa: E722
                pass
            return cast(Union["Money", None, Unset], data)

        paid = _parse_paid(d.pop("paid", UNSET))

        top_up = cls(
            credits_=credits_,
            payment=payment,
            paid=paid,
        )

        return top_up
