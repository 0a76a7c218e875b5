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

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.caps import Caps
    from ..models.grant_line import GrantLine
    from ..models.period import Period
    from ..models.wallet_alerts_item import WalletAlertsItem
    from ..models.wallet_allowances import WalletAllowances
    from ..models.wallet_enough_for import WalletEnoughFor


T = TypeVar("T", bound="Wallet")


@_attrs_define
class Wallet:
    """A customer's credits.

    Attributes:
        alerts (list['WalletAlertsItem']): what is told before a limit is hit
        allowances (WalletAllowances): free units by action
        as_of_seq (int): the last entry it has seen
        available (str): balance less held
        balance (str): settled, less what is owed
        caps (Caps): Caps as they stand.
        customer (str): whose
        enough_for (WalletEnoughFor): how many of each priced action
        grants (list['GrantLine']): in the order they are drawn
        held (str): set aside for runs
        owed (str): owed on a credit line
        period (Period): A window, half-open.
        credit_line (Union[None, Unset, str]): how far below nothing available may go
        money (Union[None, Unset, str]): the balance in money
        runs_out_on (Union[None, Unset, datetime.datetime]): when they are gone at the customer's own pace
    """

    alerts: list["WalletAlertsItem"]
    allowances: "WalletAllowances"
    as_of_seq: int
    available: str
    balance: str
    caps: "Caps"
    customer: str
    enough_for: "WalletEnoughFor"
    grants: list["GrantLine"]
    held: str
    owed: str
    period: "Period"
    credit_line: Union[None, Unset, str] = UNSET
    money: Union[None, Unset, str] = UNSET
    runs_out_on: Union[None, Unset, datetime.datetime] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        alerts = []
        for alerts_item_data in self.alerts:
            alerts_item = alerts_item_data.to_dict()
            alerts.append(alerts_item)

        allowances = self.allowances.to_dict()

        as_of_seq = self.as_of_seq

        available = self.available

        balance = self.balance

        caps = self.caps.to_dict()

        customer = self.customer

        enough_for = self.enough_for.to_dict()

        grants = []
        for grants_item_data in self.grants:
            grants_item = grants_item_data.to_dict()
            grants.append(grants_item)

        held = self.held

        owed = self.owed

        period = self.period.to_dict()

        credit_line: Union[None, Unset, str]
        if isinstance(self.credit_line, Unset):
            credit_line = UNSET
        else:
            credit_line = self.credit_line

        money: Union[None, Unset, str]
        if isinstance(self.money, Unset):
            money = UNSET
        else:
            money = self.money

        runs_out_on: Union[None, Unset, str]
        if isinstance(self.runs_out_on, Unset):
            runs_out_on = UNSET
        elif isinstance(self.runs_out_on, datetime.datetime):
            runs_out_on = self.runs_out_on.isoformat()
        else:
            runs_out_on = self.runs_out_on

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "alerts": alerts,
                "allowances": allowances,
                "as_of_seq": as_of_seq,
                "available": available,
                "balance": balance,
                "caps": caps,
                "customer": customer,
                "enough_for": enough_for,
                "grants": grants,
                "held": held,
                "owed": owed,
                "period": period,
            }
        )
        if credit_line is not UNSET:
            field_dict["credit_line"] = credit_line
        if money is not UNSET:
            field_dict["money"] = money
        if runs_out_on is not UNSET:
            field_dict["runs_out_on"] = runs_out_on

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.caps import Caps
        from ..models.grant_line import GrantLine
        from ..models.period import Period
        from ..models.wallet_alerts_item import WalletAlertsItem
        from ..models.wallet_allowances import WalletAllowances
        from ..models.wallet_enough_for import WalletEnoughFor

        d = dict(src_dict)
        alerts = []
        _alerts = d.pop("alerts")
        for alerts_item_data in _alerts:
            alerts_item = WalletAlertsItem.from_dict(alerts_item_data)

            alerts.append(alerts_item)

        allowances = WalletAllowances.from_dict(d.pop("allowances"))

        as_of_seq = d.pop("as_of_seq")

        available = d.pop("available")

        balance = d.pop("balance")

        caps = Caps.from_dict(d.pop("caps"))

        customer = d.pop("customer")

        enough_for = WalletEnoughFor.from_dict(d.pop("enough_for"))

        grants = []
        _grants = d.pop("grants")
        for grants_item_data in _grants:
            grants_item = GrantLine.from_dict(grants_item_data)

            grants.append(grants_item)

        held = d.pop("held")

        owed = d.pop("owed")

        period = Period.from_dict(d.pop("period"))

        def _parse_credit_line(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        credit_line = _parse_credit_line(d.pop("credit_line", UNSET))

        def _parse_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        money = _parse_money(d.pop("money", UNSET))

        def _parse_runs_out_on(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                runs_out_on_type_0 = isoparse(data)

                return runs_out_on_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        runs_out_on = _parse_runs_out_on(d.pop("runs_out_on", UNSET))

        wallet = cls(
            alerts=alerts,
            allowances=allowances,
            as_of_seq=as_of_seq,
            available=available,
            balance=balance,
            caps=caps,
            customer=customer,
            enough_for=enough_for,
            grants=grants,
            held=held,
            owed=owed,
            period=period,
            credit_line=credit_line,
            money=money,
            runs_out_on=runs_out_on,
        )

        wallet.additional_properties = d
        return wallet

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
