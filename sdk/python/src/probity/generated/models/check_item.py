from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..models.check_item_again_type_0 import (
    CheckItemAgainType0,
    check_check_item_again_type_0,
)
from ..models.check_item_purpose_type_0 import (
    CheckItemPurposeType0,
    check_check_item_purpose_type_0,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.check_item_inputs_type_0 import CheckItemInputsType0


T = TypeVar("T", bound="CheckItem")


@_attrs_define
class CheckItem:
    """One of several runs that are asked about.

    Attributes:
        action (Union[None, Unset, str]): which action; a quote says it too
        again (Union[CheckItemAgainType0, None, Unset]): another try, or a fresh run
        artifact (Union[None, Unset, str]): the customer's own thing the result belongs to
        confirmed (Union[None, Unset, bool]): the customer agreed; secret keys only
        customer (Union[None, Unset, str]): whose run it would be; the same in all items
        inputs (Union['CheckItemInputsType0', None, Unset]): what the action needs, by name
        max_price (Union[None, Unset, str]): the most you will pay
        member (Union[None, Unset, str]): which member asks
        model (Union[None, Unset, str]): which model it will use
        own_key (Union[None, Unset, bool]): the call brings a working key of its own
        purpose (Union[CheckItemPurposeType0, None, Unset]): experiments never touch the wallet
        quantity (Union[None, Unset, int]): how many units, where the price is by quantity
        quote (Union[None, Unset, str]): the signed quote it is to use
    """

    action: Union[None, Unset, str] = UNSET
    again: Union[CheckItemAgainType0, None, Unset] = UNSET
    artifact: Union[None, Unset, str] = UNSET
    confirmed: Union[None, Unset, bool] = UNSET
    customer: Union[None, Unset, str] = UNSET
    inputs: Union["CheckItemInputsType0", None, Unset] = UNSET
    max_price: Union[None, Unset, str] = UNSET
    member: Union[None, Unset, str] = UNSET
    model: Union[None, Unset, str] = UNSET
    own_key: Union[None, Unset, bool] = UNSET
    purpose: Union[CheckItemPurposeType0, None, Unset] = UNSET
    quantity: Union[None, Unset, int] = UNSET
    quote: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.check_item_inputs_type_0 import CheckItemInputsType0

        action: Union[None, Unset, str]
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        again: Union[None, Unset, str]
        if isinstance(self.again, Unset):
            again = UNSET
        elif isinstance(self.again, str):
            again = self.again
        else:
            again = self.again

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        confirmed: Union[None, Unset, bool]
        if isinstance(self.confirmed, Unset):
            confirmed = UNSET
        else:
            confirmed = self.confirmed

        customer: Union[None, Unset, str]
        if isinstance(self.customer, Unset):
            customer = UNSET
        else:
            customer = self.customer

        inputs: Union[None, Unset, dict[str, Any]]
        if isinstance(self.inputs, Unset):
            inputs = UNSET
        elif isinstance(self.inputs, CheckItemInputsType0):
            inputs = self.inputs.to_dict()
        else:
            inputs = self.inputs

        max_price: Union[None, Unset, str]
        if isinstance(self.max_price, Unset):
            max_price = UNSET
        else:
            max_price = self.max_price

        member: Union[None, Unset, str]
        if isinstance(self.member, Unset):
            member = UNSET
        else:
            member = self.member

        model: Union[None, Unset, str]
        if isinstance(self.model, Unset):
            model = UNSET
        else:
            model = self.model

        own_key: Union[None, Unset, bool]
        if isinstance(self.own_key, Unset):
            own_key = UNSET
        else:
            own_key = self.own_key

        purpose: Union[None, Unset, str]
        if isinstance(self.purpose, Unset):
            purpose = UNSET
        elif isinstance(self.purpose, str):
            purpose = self.purpose
        else:
            purpose = self.purpose

        quantity: Union[None, Unset, int]
        if isinstance(self.quantity, Unset):
            quantity = UNSET
        else:
            quantity = self.quantity

        quote: Union[None, Unset, str]
        if isinstance(self.quote, Unset):
            quote = UNSET
        else:
            quote = self.quote

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if action is not UNSET:
            field_dict["action"] = action
        if again is not UNSET:
            field_dict["again"] = again
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if confirmed is not UNSET:
            field_dict["confirmed"] = confirmed
        if customer is not UNSET:
            field_dict["customer"] = customer
        if inputs is not UNSET:
            field_dict["inputs"] = inputs
        if max_price is not UNSET:
            field_dict["max_price"] = max_price
        if member is not UNSET:
            field_dict["member"] = member
        if model is not UNSET:
            field_dict["model"] = model
        if own_key is not UNSET:
            field_dict["own_key"] = own_key
        if purpose is not UNSET:
            field_dict["purpose"] = purpose
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if quote is not UNSET:
            field_dict["quote"] = quote

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.check_item_inputs_type_0 import CheckItemInputsType0

        d = dict(src_dict)

        def _parse_action(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_again(data: object) -> Union[CheckItemAgainType0, None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                again_type_0 = check_check_item_again_type_0(data)

                return again_type_0
            except:  # noqa: E722
                pass
            return cast(Union[CheckItemAgainType0, None, Unset], data)

        again = _parse_again(d.pop("again", UNSET))

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_confirmed(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        confirmed = _parse_confirmed(d.pop("confirmed", UNSET))

        def _parse_customer(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        customer = _parse_customer(d.pop("customer", UNSET))

        def _parse_inputs(data: object) -> Union["CheckItemInputsType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                inputs_type_0 = CheckItemInputsType0.from_dict(data)

                return inputs_type_0
            except:  # noqa: E722
                pass
            return cast(Union["CheckItemInputsType0", None, Unset], data)

        inputs = _parse_inputs(d.pop("inputs", UNSET))

        def _parse_max_price(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        max_price = _parse_max_price(d.pop("max_price", UNSET))

        def _parse_member(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        member = _parse_member(d.pop("member", UNSET))

        def _parse_model(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        model = _parse_model(d.pop("model", UNSET))

        def _parse_own_key(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        own_key = _parse_own_key(d.pop("own_key", UNSET))

        def _parse_purpose(data: object) -> Union[CheckItemPurposeType0, None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                purpose_type_0 = check_check_item_purpose_type_0(data)

                return purpose_type_0
            except:  # noqa: E722
                pass
            return cast(Union[CheckItemPurposeType0, None, Unset], data)

        purpose = _parse_purpose(d.pop("purpose", UNSET))

        def _parse_quantity(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        quantity = _parse_quantity(d.pop("quantity", UNSET))

        def _parse_quote(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        quote = _parse_quote(d.pop("quote", UNSET))

        check_item = cls(
            action=action,
            again=again,
            artifact=artifact,
            confirmed=confirmed,
            customer=customer,
            inputs=inputs,
            max_price=max_price,
            member=member,
            model=model,
            own_key=own_key,
            purpose=purpose,
            quantity=quantity,
            quote=quote,
        )

        return check_item
