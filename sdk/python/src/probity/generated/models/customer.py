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

from ..models.customer_renews import CustomerRenews, check_customer_renews
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.customer_metadata_type_0 import CustomerMetadataType0
    from ..models.member import Member
    from ..models.period import Period
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="Customer")


@_attrs_define
class Customer:
    """Who a customer is.

    Attributes:
        contract (str): the contract and its version
        customer (str): whose
        members (list['Member']): who acts for them
        period (Period): A window, half-open.
        plan (str): their plan
        renews (CustomerRenews): how periods renew
        seq (int): the last entry it wrote
        as_of_seq (Union[None, Unset, int]): the last entry it has seen
        changes_on (Union[None, Unset, datetime.datetime]): when it begins
        metadata (Union['CustomerMetadataType0', None, Unset]): your own notes, at most 1 KiB
        name (Union[None, Unset, str]): their name
        next_plan (Union[None, Unset, str]): a plan that waits
        paused (Union[None, Unset, str]): an operator's pause: its reason, to customers only where words tell it
        wallet (Union['WalletLine', None, Unset]): the wallet at exactly that `seq`
    """

    contract: str
    customer: str
    members: list["Member"]
    period: "Period"
    plan: str
    renews: CustomerRenews
    seq: int
    as_of_seq: Union[None, Unset, int] = UNSET
    changes_on: Union[None, Unset, datetime.datetime] = UNSET
    metadata: Union["CustomerMetadataType0", None, Unset] = UNSET
    name: Union[None, Unset, str] = UNSET
    next_plan: Union[None, Unset, str] = UNSET
    paused: Union[None, Unset, str] = UNSET
    wallet: Union["WalletLine", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.customer_metadata_type_0 import CustomerMetadataType0
        from ..models.wallet_line import WalletLine

        contract = self.contract

        customer = self.customer

        members = []
        for members_item_data in self.members:
            members_item = members_item_data.to_dict()
            members.append(members_item)

        period = self.period.to_dict()

        plan = self.plan

        renews: str = self.renews

        seq = self.seq

        as_of_seq: Union[None, Unset, int]
        if isinstance(self.as_of_seq, Unset):
            as_of_seq = UNSET
        else:
            as_of_seq = self.as_of_seq

        changes_on: Union[None, Unset, str]
        if isinstance(self.changes_on, Unset):
            changes_on = UNSET
        elif isinstance(self.changes_on, datetime.datetime):
            changes_on = self.changes_on.isoformat()
        else:
            changes_on = self.changes_on

        metadata: Union[None, Unset, dict[str, Any]]
        if isinstance(self.metadata, Unset):
            metadata = UNSET
        elif isinstance(self.metadata, CustomerMetadataType0):
            metadata = self.metadata.to_dict()
        else:
            metadata = self.metadata

        name: Union[None, Unset, str]
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        next_plan: Union[None, Unset, str]
        if isinstance(self.next_plan, Unset):
            next_plan = UNSET
        else:
            next_plan = self.next_plan

        paused: Union[None, Unset, str]
        if isinstance(self.paused, Unset):
            paused = UNSET
        else:
            paused = self.paused

        wallet: Union[None, Unset, dict[str, Any]]
        if isinstance(self.wallet, Unset):
            wallet = UNSET
        elif isinstance(self.wallet, WalletLine):
            wallet = self.wallet.to_dict()
        else:
            wallet = self.wallet

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contract": contract,
                "customer": customer,
                "members": members,
                "period": period,
                "plan": plan,
                "renews": renews,
                "seq": seq,
            }
        )
        if as_of_seq is not UNSET:
            field_dict["as_of_seq"] = as_of_seq
        if changes_on is not UNSET:
            field_dict["changes_on"] = changes_on
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if name is not UNSET:
            field_dict["name"] = name
        if next_plan is not UNSET:
            field_dict["next_plan"] = next_plan
        if paused is not UNSET:
            field_dict["paused"] = paused
        if wallet is not UNSET:
            field_dict["wallet"] = wallet

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.customer_metadata_type_0 import CustomerMetadataType0
        from ..models.member import Member
        from ..models.period import Period
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        contract = d.pop("contract")

        customer = d.pop("customer")

        members = []
        _members = d.pop("members")
        for members_item_data in _members:
            members_item = Member.from_dict(members_item_data)

            members.append(members_item)

        period = Period.from_dict(d.pop("period"))

        plan = d.pop("plan")

        renews = check_customer_renews(d.pop("renews"))

        seq = d.pop("seq")

        def _parse_as_of_seq(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        as_of_seq = _parse_as_of_seq(d.pop("as_of_seq", UNSET))

        def _parse_changes_on(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                changes_on_type_0 = isoparse(data)

                return changes_on_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        changes_on = _parse_changes_on(d.pop("changes_on", UNSET))

        def _parse_metadata(data: object) -> Union["CustomerMetadataType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                metadata_type_0 = CustomerMetadataType0.from_dict(data)

                return metadata_type_0
            except:  # noqa: E722
                pass
            return cast(Union["CustomerMetadataType0", None, Unset], data)

        metadata = _parse_metadata(d.pop("metadata", UNSET))

        def _parse_name(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_next_plan(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        next_plan = _parse_next_plan(d.pop("next_plan", UNSET))

        def _parse_paused(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        paused = _parse_paused(d.pop("paused", UNSET))

        def _parse_wallet(data: object) -> Union["WalletLine", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                wallet_type_0 = WalletLine.from_dict(data)

                return wallet_type_0
            except:  # noqa: E722
                pass
            return cast(Union["WalletLine", None, Unset], data)

        wallet = _parse_wallet(d.pop("wallet", UNSET))

        customer = cls(
            contract=contract,
            customer=customer,
            members=members,
            period=period,
            plan=plan,
            renews=renews,
            seq=seq,
            as_of_seq=as_of_seq,
            changes_on=changes_on,
            metadata=metadata,
            name=name,
            next_plan=next_plan,
            paused=paused,
            wallet=wallet,
        )

        customer.additional_properties = d
        return customer

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
