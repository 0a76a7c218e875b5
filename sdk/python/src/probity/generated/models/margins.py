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
    from ..models.costs_in_force import CostsInForce
    from ..models.margin_customer import MarginCustomer
    from ..models.margin_row import MarginRow
    from ..models.unknown_model import UnknownModel


T = TypeVar("T", bound="Margins")


@_attrs_define
class Margins:
    """What runs cost and brought, against what the contract in force reckons.

    Attributes:
        contract (str): the version that it is held against
        customers (list['MarginCustomer']): those who cost more than they bring first, then those who cost most
        customers_whole (bool): false: of some customers only a part is known
        looked_at (int): entries of the journal that were read
        operations (CostsInForce): The costs in force.
        rows (list['MarginRow']): each action on each plan
        since (datetime.datetime): nothing before this instant
        totals (list['MarginRow']): all together, by `books`
        unknown_models (list['UnknownModel']): models of calls whose cost is not known
        until (datetime.datetime): nothing from this instant on
        credit (Union[None, Unset, str]): the lowest value of a credit; null: nothing says it
        keep_margin (Union[None, Unset, str]): the margin that is to be kept, `keep_margin.typical`
    """

    contract: str
    customers: list["MarginCustomer"]
    customers_whole: bool
    looked_at: int
    operations: "CostsInForce"
    rows: list["MarginRow"]
    since: datetime.datetime
    totals: list["MarginRow"]
    unknown_models: list["UnknownModel"]
    until: datetime.datetime
    credit: Union[None, Unset, str] = UNSET
    keep_margin: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contract = self.contract

        customers = []
        for customers_item_data in self.customers:
            customers_item = customers_item_data.to_dict()
            customers.append(customers_item)

        customers_whole = self.customers_whole

        looked_at = self.looked_at

        operations = self.operations.to_dict()

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        since = self.since.isoformat()

        totals = []
        for totals_item_data in self.totals:
            totals_item = totals_item_data.to_dict()
            totals.append(totals_item)

        unknown_models = []
        for unknown_models_item_data in self.unknown_models:
            unknown_models_item = unknown_models_item_data.to_dict()
            unknown_models.append(unknown_models_item)

        until = self.until.isoformat()

        credit: Union[None, Unset, str]
        if isinstance(self.credit, Unset):
            credit = UNSET
        else:
            credit = self.credit

        keep_margin: Union[None, Unset, str]
        if isinstance(self.keep_margin, Unset):
            keep_margin = UNSET
        else:
            keep_margin = self.keep_margin

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contract": contract,
                "customers": customers,
                "customers_whole": customers_whole,
                "looked_at": looked_at,
                "operations": operations,
                "rows": rows,
                "since": since,
                "totals": totals,
                "unknown_models": unknown_models,
                "until": until,
            }
        )
        if credit is not UNSET:
            field_dict["credit"] = credit
        if keep_margin is not UNSET:
            field_dict["keep_margin"] = keep_margin

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.costs_in_force import CostsInForce
        from ..models.margin_customer import MarginCustomer
        from ..models.margin_row import MarginRow
        from ..models.unknown_model import UnknownModel

        d = dict(src_dict)
        contract = d.pop("contract")

        customers = []
        _customers = d.pop("customers")
        for customers_item_data in _customers:
            customers_item = MarginCustomer.from_dict(customers_item_data)

            customers.append(customers_item)

        customers_whole = d.pop("customers_whole")

        looked_at = d.pop("looked_at")

        operations = CostsInForce.from_dict(d.pop("operations"))

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = MarginRow.from_dict(rows_item_data)

            rows.append(rows_item)

        since = isoparse(d.pop("since"))

        totals = []
        _totals = d.pop("totals")
        for totals_item_data in _totals:
            totals_item = MarginRow.from_dict(totals_item_data)

            totals.append(totals_item)

        unknown_models = []
        _unknown_models = d.pop("unknown_models")
        for unknown_models_item_data in _unknown_models:
            unknown_models_item = UnknownModel.from_dict(unknown_models_item_data)

            unknown_models.append(unknown_models_item)

        until = isoparse(d.pop("until"))

        def _parse_credit(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        credit = _parse_credit(d.pop("credit", UNSET))

        def _parse_keep_margin(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        keep_margin = _parse_keep_margin(d.pop("keep_margin", UNSET))

        margins = cls(
            contract=contract,
            customers=customers,
            customers_whole=customers_whole,
            looked_at=looked_at,
            operations=operations,
            rows=rows,
            since=since,
            totals=totals,
            unknown_models=unknown_models,
            until=until,
            credit=credit,
            keep_margin=keep_margin,
        )

        margins.additional_properties = d
        return margins

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
