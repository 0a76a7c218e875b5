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
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="AttemptsBooked")


@_attrs_define
class AttemptsBooked:
    """Late usage was booked.

    Attributes:
        cost_known (bool): is it known?
        run (str): its id
        seq (int): the last entry it wrote
        wallet (WalletLine): The wallet in one line.
        cost (Union[None, Unset, str]): what the run's calls cost, in USD; null where unknown
    """

    cost_known: bool
    run: str
    seq: int
    wallet: "WalletLine"
    cost: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cost_known = self.cost_known

        run = self.run

        seq = self.seq

        wallet = self.wallet.to_dict()

        cost: Union[None, Unset, str]
        if isinstance(self.cost, Unset):
            cost = UNSET
        else:
            cost = self.cost

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cost_known": cost_known,
                "run": run,
                "seq": seq,
                "wallet": wallet,
            }
        )
        if cost is not UNSET:
            field_dict["cost"] = cost

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        cost_known = d.pop("cost_known")

        run = d.pop("run")

        seq = d.pop("seq")

        wallet = WalletLine.from_dict(d.pop("wallet"))

        def _parse_cost(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        cost = _parse_cost(d.pop("cost", UNSET))

        attempts_booked = cls(
            cost_known=cost_known,
            run=run,
            seq=seq,
            wallet=wallet,
            cost=cost,
        )

        attempts_booked.additional_properties = d
        return attempts_booked

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
