import datetime
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
from dateutil.parser import isoparse

from ..models.run_kind import RunKind, check_run_kind
from ..models.run_mode import RunMode, check_run_mode
from ..models.run_outcome_type_0 import RunOutcomeType0, check_run_outcome_type_0
from ..models.run_status import RunStatus, check_run_status
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.wallet_line import WalletLine
    from ..models.would_be import WouldBe


T = TypeVar("T", bound="Run")


@_attrs_define
class Run:
    """A run that began. With `outcome` in the request the answer is the receipt.

    Attributes:
        contract (str): the contract and its version
        held (str): what is set aside
        kind (RunKind): what kind it is
        mode (RunMode): the mode it lives in
        run (str): its id
        seq (int): the last entry it wrote
        status (RunStatus): where it stands
        wallet (WalletLine): The wallet in one line.
        words (str): what the customer reads
        expires_at (Union[None, Unset, datetime.datetime]): held until before this instant
        models_allowed (Union[None, Unset, list[str]]): the models it may use; null: any
        outcome (Union[None, RunOutcomeType0, Unset]): only where it has ended
        price (Union[None, Unset, str]): what it costs if delivered
        tell (Union[None, Unset, str]): what the contract tells of runs on the customer's own key
        would (Union['WouldBe', None, Unset]): what would be, in shadow and announce
    """

    contract: str
    held: str
    kind: RunKind
    mode: RunMode
    run: str
    seq: int
    status: RunStatus
    wallet: "WalletLine"
    words: str
    expires_at: Union[None, Unset, datetime.datetime] = UNSET
    models_allowed: Union[None, Unset, list[str]] = UNSET
    outcome: Union[None, RunOutcomeType0, Unset] = UNSET
    price: Union[None, Unset, str] = UNSET
    tell: Union[None, Unset, str] = UNSET
    would: Union["WouldBe", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.would_be import WouldBe

        contract = self.contract

        held = self.held

        kind: str = self.kind

        mode: str = self.mode

        run = self.run

        seq = self.seq

        status: str = self.status

        wallet = self.wallet.to_dict()

        words = self.words

        expires_at: Union[None, Unset, str]
        if isinstance(self.expires_at, Unset):
            expires_at = UNSET
        elif isinstance(self.expires_at, datetime.datetime):
            expires_at = self.expires_at.isoformat()
        else:
            expires_at = self.expires_at

        models_allowed: Union[None, Unset, list[str]]
        if isinstance(self.models_allowed, Unset):
            models_allowed = UNSET
        elif isinstance(self.models_allowed, list):
            models_allowed = self.models_allowed

        else:
            models_allowed = self.models_allowed

        outcome: Union[None, Unset, str]
        if isinstance(self.outcome, Unset):
            outcome = UNSET
        elif isinstance(self.outcome, str):
            outcome = self.outcome
        else:
            outcome = self.outcome

        price: Union[None, Unset, str]
        if isinstance(self.price, Unset):
            price = UNSET
        else:
            price = self.price

        tell: Union[None, Unset, str]
        if isinstance(self.tell, Unset):
            tell = UNSET
        else:
            tell = self.tell

        would: Union[None, Unset, dict[str, Any]]
        if isinstance(self.would, Unset):
            would = UNSET
        elif isinstance(self.would, WouldBe):
            would = self.would.to_dict()
        else:
            would = self.would

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contract": contract,
                "held": held,
                "kind": kind,
                "mode": mode,
                "run": run,
                "seq": seq,
                "status": status,
                "wallet": wallet,
                "words": words,
            }
        )
        if expires_at is not UNSET:
            field_dict["expires_at"] = expires_at
        if models_allowed is not UNSET:
            field_dict["models_allowed"] = models_allowed
        if outcome is not UNSET:
            field_dict["outcome"] = outcome
        if price is not UNSET:
            field_dict["price"] = price
        if tell is not UNSET:
            field_dict["tell"] = tell
        if would is not UNSET:
            field_dict["would"] = would

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_line import WalletLine
        from ..models.would_be import WouldBe

        d = dict(src_dict)
        contract = d.pop("contract")

        held = d.pop("held")

        kind = check_run_kind(d.pop("kind"))

        mode = check_run_mode(d.pop("mode"))

        run = d.pop("run")

        seq = d.pop("seq")

        status = check_run_status(d.pop("status"))

        wallet = WalletLine.from_dict(d.pop("wallet"))

        words = d.pop("words")

        def _parse_expires_at(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_at_type_0 = isoparse(data)

                return expires_at_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        expires_at = _parse_expires_at(d.pop("expires_at", UNSET))

        def _parse_models_allowed(data: object) -> Union[None, Unset, list[str]]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                models_allowed_type_0 = cast(list[str], data)

                return models_allowed_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, list[str]], data)

        models_allowed = _parse_models_allowed(d.pop("models_allowed", UNSET))

        def _parse_outcome(data: object) -> Union[None, RunOutcomeType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                outcome_type_0 = check_run_outcome_type_0(data)

                return outcome_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, RunOutcomeType0, Unset], data)

        outcome = _parse_outcome(d.pop("outcome", UNSET))

        def _parse_price(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        price = _parse_price(d.pop("price", UNSET))

        def _parse_tell(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        tell = _parse_tell(d.pop("tell", UNSET))

        def _parse_would(data: object) -> Union["WouldBe", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                would_type_0 = WouldBe.from_dict(data)

                return would_type_0
            except:  # noqa: E722
                pass
            return cast(Union["WouldBe", None, Unset], data)

        would = _parse_would(d.pop("would", UNSET))

        run = cls(
            contract=contract,
            held=held,
            kind=kind,
            mode=mode,
            run=run,
            seq=seq,
            status=status,
            wallet=wallet,
            words=words,
            expires_at=expires_at,
            models_allowed=models_allowed,
            outcome=outcome,
            price=price,
            tell=tell,
            would=would,
        )

        run.additional_properties = d
        return run

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
