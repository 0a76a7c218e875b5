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
from dateutil.parser import isoparse

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.override_request_allowances_type_0 import OverrideRequestAllowancesType0
    from ..models.override_request_prices_type_0 import OverrideRequestPricesType0


T = TypeVar("T", bound="OverrideRequest")


@_attrs_define
class OverrideRequest:
    """Special terms for one customer, better than the plan.

    Attributes:
        reason (str): why
        until (datetime.date): the last day
        allowances (Union['OverrideRequestAllowancesType0', None, Unset]): free units by action
        at_once (Union[None, Unset, int]): how many runs at once
        best_model (Union[None, Unset, str]): the best class of models
        credit_line (Union[None, Unset, str]): how far below nothing the wallet may go
        prices (Union['OverrideRequestPricesType0', None, Unset]): prices by action
    """

    reason: str
    until: datetime.date
    allowances: Union["OverrideRequestAllowancesType0", None, Unset] = UNSET
    at_once: Union[None, Unset, int] = UNSET
    best_model: Union[None, Unset, str] = UNSET
    credit_line: Union[None, Unset, str] = UNSET
    prices: Union["OverrideRequestPricesType0", None, Unset] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.override_request_allowances_type_0 import (
            OverrideRequestAllowancesType0,
        )
        from ..models.override_request_prices_type_0 import OverrideRequestPricesType0

        reason = self.reason

        until = self.until.isoformat()

        allowances: Union[None, Unset, dict[str, Any]]
        if isinstance(self.allowances, Unset):
            allowances = UNSET
        elif isinstance(self.allowances, OverrideRequestAllowancesType0):
            allowances = self.allowances.to_dict()
        else:
            allowances = self.allowances

        at_once: Union[None, Unset, int]
        if isinstance(self.at_once, Unset):
            at_once = UNSET
        else:
            at_once = self.at_once

        best_model: Union[None, Unset, str]
        if isinstance(self.best_model, Unset):
            best_model = UNSET
        else:
            best_model = self.best_model

        credit_line: Union[None, Unset, str]
        if isinstance(self.credit_line, Unset):
            credit_line = UNSET
        else:
            credit_line = self.credit_line

        prices: Union[None, Unset, dict[str, Any]]
        if isinstance(self.prices, Unset):
            prices = UNSET
        elif isinstance(self.prices, OverrideRequestPricesType0):
            prices = self.prices.to_dict()
        else:
            prices = self.prices

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
                "until": until,
            }
        )
        if allowances is not UNSET:
            field_dict["allowances"] = allowances
        if at_once is not UNSET:
            field_dict["at_once"] = at_once
        if best_model is not UNSET:
            field_dict["best_model"] = best_model
        if credit_line is not UNSET:
            field_dict["credit_line"] = credit_line
        if prices is not UNSET:
            field_dict["prices"] = prices

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.override_request_allowances_type_0 import (
            OverrideRequestAllowancesType0,
        )
        from ..models.override_request_prices_type_0 import OverrideRequestPricesType0

        d = dict(src_dict)
        reason = d.pop("reason")

        until = isoparse(d.pop("until")).date()

        def _parse_allowances(data: object) -> Union["OverrideRequestAllowancesType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                allowances_type_0 = OverrideRequestAllowancesType0.from_dict(data)

                return allowances_type_0
            except:  # noqa: E722
                pass
            return cast(Union["OverrideRequestAllowancesType0", None, Unset], data)

        allowances = _parse_allowances(d.pop("allowances", UNSET))

        def _parse_at_once(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        at_once = _parse_at_once(d.pop("at_once", UNSET))

        def _parse_best_model(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        best_model = _parse_best_model(d.pop("best_model", UNSET))

        def _parse_credit_line(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        credit_line = _parse_credit_line(d.pop("credit_line", UNSET))

        def _parse_prices(data: object) -> Union["OverrideRequestPricesType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                prices_type_0 = OverrideRequestPricesType0.from_dict(data)

                return prices_type_0
            except:  # noqa: E722
                pass
            return cast(Union["OverrideRequestPricesType0", None, Unset], data)

        prices = _parse_prices(d.pop("prices", UNSET))

        override_request = cls(
            reason=reason,
            until=until,
            allowances=allowances,
            at_once=at_once,
            best_model=best_model,
            credit_line=credit_line,
            prices=prices,
        )

        return override_request
