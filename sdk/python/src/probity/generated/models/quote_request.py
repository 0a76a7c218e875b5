from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..models.quote_request_again_type_0 import (
    QuoteRequestAgainType0,
    check_quote_request_again_type_0,
)
from ..models.quote_request_purpose_type_0 import (
    QuoteRequestPurposeType0,
    check_quote_request_purpose_type_0,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quote_request_inputs_type_0 import QuoteRequestInputsType0


T = TypeVar("T", bound="QuoteRequest")


@_attrs_define
class QuoteRequest:
    """A price is to be promised for one run.

    Attributes:
        action (str): which action
        customer (str): whose run it is
        again (Union[None, QuoteRequestAgainType0, Unset]): another try, or a fresh run
        artifact (Union[None, Unset, str]): the customer's own thing the result belongs to
        inputs (Union['QuoteRequestInputsType0', None, Unset]): what the action needs, by name
        member (Union[None, Unset, str]): which member asks
        model (Union[None, Unset, str]): which model it will use
        own_key (Union[None, Unset, bool]): the call brings a working key of its own
        purpose (Union[None, QuoteRequestPurposeType0, Unset]): experiments never touch the wallet
        quantity (Union[None, Unset, int]): how many units, where the price is by quantity
    """

    action: str
    customer: str
    again: Union[None, QuoteRequestAgainType0, Unset] = UNSET
    artifact: Union[None, Unset, str] = UNSET
    inputs: Union["QuoteRequestInputsType0", None, Unset] = UNSET
    member: Union[None, Unset, str] = UNSET
    model: Union[None, Unset, str] = UNSET
    own_key: Union[None, Unset, bool] = UNSET
    purpose: Union[None, QuoteRequestPurposeType0, Unset] = UNSET
    quantity: Union[None, Unset, int] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.quote_request_inputs_type_0 import QuoteRequestInputsType0

        action = self.action

        customer = self.customer

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

        inputs: Union[None, Unset, dict[str, Any]]
        if isinstance(self.inputs, Unset):
            inputs = UNSET
        elif isinstance(self.inputs, QuoteRequestInputsType0):
            inputs = self.inputs.to_dict()
        else:
            inputs = self.inputs

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

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "action": action,
                "customer": customer,
            }
        )
        if again is not UNSET:
            field_dict["again"] = again
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if inputs is not UNSET:
            field_dict["inputs"] = inputs
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

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.quote_request_inputs_type_0 import QuoteRequestInputsType0

        d = dict(src_dict)
        action = d.pop("action")

        customer = d.pop("customer")

        def _parse_again(data: object) -> Union[None, QuoteRequestAgainType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                again_type_0 = check_quote_request_again_type_0(data)

                return again_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, QuoteRequestAgainType0, Unset], data)

        again = _parse_again(d.pop("again", UNSET))

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_inputs(data: object) -> Union["QuoteRequestInputsType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                inputs_type_0 = QuoteRequestInputsType0.from_dict(data)

                return inputs_type_0
            except:  # noqa: E722
                pass
            return cast(Union["QuoteRequestInputsType0", None, Unset], data)

        inputs = _parse_inputs(d.pop("inputs", UNSET))

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

        def _parse_purpose(data: object) -> Union[None, QuoteRequestPurposeType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                purpose_type_0 = check_quote_request_purpose_type_0(data)

                return purpose_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, QuoteRequestPurposeType0, Unset], data)

        purpose = _parse_purpose(d.pop("purpose", UNSET))

        def _parse_quantity(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        quantity = _parse_quantity(d.pop("quantity", UNSET))

        quote_request = cls(
            action=action,
            customer=customer,
            again=again,
            artifact=artifact,
            inputs=inputs,
            member=member,
            model=model,
            own_key=own_key,
            purpose=purpose,
            quantity=quantity,
        )

        return quote_request
