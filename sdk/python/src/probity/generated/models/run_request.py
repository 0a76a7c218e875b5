from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..models.run_request_again_type_0 import (
    RunRequestAgainType0,
    check_run_request_again_type_0,
)
from ..models.run_request_outcome_type_0 import (
    RunRequestOutcomeType0,
    check_run_request_outcome_type_0,
)
from ..models.run_request_purpose_type_0 import (
    RunRequestPurposeType0,
    check_run_request_purpose_type_0,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.attempt import Attempt
    from ..models.present_billing import PresentBilling
    from ..models.run_request_inputs_type_0 import RunRequestInputsType0
    from ..models.run_request_metadata_type_0 import RunRequestMetadataType0


T = TypeVar("T", bound="RunRequest")


@_attrs_define
class RunRequest:
    """A run is asked for. With `outcome` it is held and settled in one.

    Attributes:
        customer (str): whose run it is
        action (Union[None, Unset, str]): which action; a quote says it too
        again (Union[None, RunRequestAgainType0, Unset]): another try, or a fresh run
        arrived (Union[None, Unset, int]): with an outcome: units that arrived, if not `quantity`
        artifact (Union[None, Unset, str]): the customer's own thing the result belongs to
        attempts (Union[None, Unset, list['Attempt']]): calls to models and suppliers
        confirmed (Union[None, Unset, bool]): the customer agreed; secret keys only
        hold_for (Union[None, Unset, str]): how long to hold
        inputs (Union['RunRequestInputsType0', None, Unset]): what the action needs, by name
        max_price (Union[None, Unset, str]): the most you will pay
        member (Union[None, Unset, str]): which member asks
        metadata (Union['RunRequestMetadataType0', None, Unset]): your own notes, at most 1 KiB
        model (Union[None, Unset, str]): which model it will use
        now (Union['PresentBilling', None, Unset]): what your present billing did, for comparison
        outcome (Union[None, RunRequestOutcomeType0, Unset]): how it ended: hold and settle in one
        own_key (Union[None, Unset, bool]): the call brings a working key of its own
        parts (Union[None, Unset, int]): how many parts this run brought; left out where the whole is there now, also on
            a `rest`; `delivered` with fewer than the action has is `partial`
        purpose (Union[None, RunRequestPurposeType0, Unset]): experiments never touch the wallet
        quantity (Union[None, Unset, int]): how many units, where the price is by quantity
        quote (Union[None, Unset, str]): the signed quote it is to use
        reason (Union[None, Unset, str]): a finer reason, for the receipt
    """

    customer: str
    action: Union[None, Unset, str] = UNSET
    again: Union[None, RunRequestAgainType0, Unset] = UNSET
    arrived: Union[None, Unset, int] = UNSET
    artifact: Union[None, Unset, str] = UNSET
    attempts: Union[None, Unset, list["Attempt"]] = UNSET
    confirmed: Union[None, Unset, bool] = UNSET
    hold_for: Union[None, Unset, str] = UNSET
    inputs: Union["RunRequestInputsType0", None, Unset] = UNSET
    max_price: Union[None, Unset, str] = UNSET
    member: Union[None, Unset, str] = UNSET
    metadata: Union["RunRequestMetadataType0", None, Unset] = UNSET
    model: Union[None, Unset, str] = UNSET
    now: Union["PresentBilling", None, Unset] = UNSET
    outcome: Union[None, RunRequestOutcomeType0, Unset] = UNSET
    own_key: Union[None, Unset, bool] = UNSET
    parts: Union[None, Unset, int] = UNSET
    purpose: Union[None, RunRequestPurposeType0, Unset] = UNSET
    quantity: Union[None, Unset, int] = UNSET
    quote: Union[None, Unset, str] = UNSET
    reason: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.present_billing import PresentBilling
        from ..models.run_request_inputs_type_0 import RunRequestInputsType0
        from ..models.run_request_metadata_type_0 import RunRequestMetadataType0

        customer = self.customer

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

        arrived: Union[None, Unset, int]
        if isinstance(self.arrived, Unset):
            arrived = UNSET
        else:
            arrived = self.arrived

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        attempts: Union[None, Unset, list[dict[str, Any]]]
        if isinstance(self.attempts, Unset):
            attempts = UNSET
        elif isinstance(self.attempts, list):
            attempts = []
            for attempts_type_0_item_data in self.attempts:
                attempts_type_0_item = attempts_type_0_item_data.to_dict()
                attempts.append(attempts_type_0_item)

        else:
            attempts = self.attempts

        confirmed: Union[None, Unset, bool]
        if isinstance(self.confirmed, Unset):
            confirmed = UNSET
        else:
            confirmed = self.confirmed

        hold_for: Union[None, Unset, str]
        if isinstance(self.hold_for, Unset):
            hold_for = UNSET
        else:
            hold_for = self.hold_for

        inputs: Union[None, Unset, dict[str, Any]]
        if isinstance(self.inputs, Unset):
            inputs = UNSET
        elif isinstance(self.inputs, RunRequestInputsType0):
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

        metadata: Union[None, Unset, dict[str, Any]]
        if isinstance(self.metadata, Unset):
            metadata = UNSET
        elif isinstance(self.metadata, RunRequestMetadataType0):
            metadata = self.metadata.to_dict()
        else:
            metadata = self.metadata

        model: Union[None, Unset, str]
        if isinstance(self.model, Unset):
            model = UNSET
        else:
            model = self.model

        now: Union[None, Unset, dict[str, Any]]
        if isinstance(self.now, Unset):
            now = UNSET
        elif isinstance(self.now, PresentBilling):
            now = self.now.to_dict()
        else:
            now = self.now

        outcome: Union[None, Unset, str]
        if isinstance(self.outcome, Unset):
            outcome = UNSET
        elif isinstance(self.outcome, str):
            outcome = self.outcome
        else:
            outcome = self.outcome

        own_key: Union[None, Unset, bool]
        if isinstance(self.own_key, Unset):
            own_key = UNSET
        else:
            own_key = self.own_key

        parts: Union[None, Unset, int]
        if isinstance(self.parts, Unset):
            parts = UNSET
        else:
            parts = self.parts

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

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "customer": customer,
            }
        )
        if action is not UNSET:
            field_dict["action"] = action
        if again is not UNSET:
            field_dict["again"] = again
        if arrived is not UNSET:
            field_dict["arrived"] = arrived
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if attempts is not UNSET:
            field_dict["attempts"] = attempts
        if confirmed is not UNSET:
            field_dict["confirmed"] = confirmed
        if hold_for is not UNSET:
            field_dict["hold_for"] = hold_for
        if inputs is not UNSET:
            field_dict["inputs"] = inputs
        if max_price is not UNSET:
            field_dict["max_price"] = max_price
        if member is not UNSET:
            field_dict["member"] = member
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if model is not UNSET:
            field_dict["model"] = model
        if now is not UNSET:
            field_dict["now"] = now
        if outcome is not UNSET:
            field_dict["outcome"] = outcome
        if own_key is not UNSET:
            field_dict["own_key"] = own_key
        if parts is not UNSET:
            field_dict["parts"] = parts
        if purpose is not UNSET:
            field_dict["purpose"] = purpose
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if quote is not UNSET:
            field_dict["quote"] = quote
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attempt import Attempt
        from ..models.present_billing import PresentBilling
        from ..models.run_request_inputs_type_0 import RunRequestInputsType0
        from ..models.run_request_metadata_type_0 import RunRequestMetadataType0

        d = dict(src_dict)
        customer = d.pop("customer")

        def _parse_action(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_again(data: object) -> Union[None, RunRequestAgainType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                again_type_0 = check_run_request_again_type_0(data)

                return again_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, RunRequestAgainType0, Unset], data)

        again = _parse_again(d.pop("again", UNSET))

        def _parse_arrived(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        arrived = _parse_arrived(d.pop("arrived", UNSET))

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_attempts(data: object) -> Union[None, Unset, list["Attempt"]]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                attempts_type_0 = []
                _attempts_type_0 = data
                for attempts_type_0_item_data in _attempts_type_0:
                    attempts_type_0_item = Attempt.from_dict(attempts_type_0_item_data)

                    attempts_type_0.append(attempts_type_0_item)

                return attempts_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, list["Attempt"]], data)

        attempts = _parse_attempts(d.pop("attempts", UNSET))

        def _parse_confirmed(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        confirmed = _parse_confirmed(d.pop("confirmed", UNSET))

        def _parse_hold_for(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        hold_for = _parse_hold_for(d.pop("hold_for", UNSET))

        def _parse_inputs(data: object) -> Union["RunRequestInputsType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                inputs_type_0 = RunRequestInputsType0.from_dict(data)

                return inputs_type_0
            except:  # noqa: E722
                pass
            return cast(Union["RunRequestInputsType0", None, Unset], data)

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

        def _parse_metadata(data: object) -> Union["RunRequestMetadataType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                metadata_type_0 = RunRequestMetadataType0.from_dict(data)

                return metadata_type_0
            except:  # noqa: E722
                pass
            return cast(Union["RunRequestMetadataType0", None, Unset], data)

        metadata = _parse_metadata(d.pop("metadata", UNSET))

        def _parse_model(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        model = _parse_model(d.pop("model", UNSET))

        def _parse_now(data: object) -> Union["PresentBilling", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                now_type_0 = PresentBilling.from_dict(data)

                return now_type_0
            except:  # noqa: E722
                pass
            return cast(Union["PresentBilling", None, Unset], data)

        now = _parse_now(d.pop("now", UNSET))

        def _parse_outcome(data: object) -> Union[None, RunRequestOutcomeType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                outcome_type_0 = check_run_request_outcome_type_0(data)

                return outcome_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, RunRequestOutcomeType0, Unset], data)

        outcome = _parse_outcome(d.pop("outcome", UNSET))

        def _parse_own_key(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        own_key = _parse_own_key(d.pop("own_key", UNSET))

        def _parse_parts(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        parts = _parse_parts(d.pop("parts", UNSET))

        def _parse_purpose(data: object) -> Union[None, RunRequestPurposeType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                purpose_type_0 = check_run_request_purpose_type_0(data)

                return purpose_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, RunRequestPurposeType0, Unset], data)

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

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        run_request = cls(
            customer=customer,
            action=action,
            again=again,
            arrived=arrived,
            artifact=artifact,
            attempts=attempts,
            confirmed=confirmed,
            hold_for=hold_for,
            inputs=inputs,
            max_price=max_price,
            member=member,
            metadata=metadata,
            model=model,
            now=now,
            outcome=outcome,
            own_key=own_key,
            parts=parts,
            purpose=purpose,
            quantity=quantity,
            quote=quote,
            reason=reason,
        )

        return run_request
