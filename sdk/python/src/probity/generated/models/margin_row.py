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

from ..models.margin_row_above_type_0 import (
    MarginRowAboveType0,
    check_margin_row_above_type_0,
)
from ..models.margin_row_books import MarginRowBooks, check_margin_row_books
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.free_runs import FreeRuns
    from ..models.harsh_pair import HarshPair
    from ..models.spent import Spent


T = TypeVar("T", bound="MarginRow")


@_attrs_define
class MarginRow:
    """An action on a plan, or everything.

    Attributes:
        attempts (int): calls that we pay
        below (bool): `margin` is below `keep_margin`
        books (MarginRowBooks): enforced: what was charged; would_be: shadow and announce, what would have been
        delivered (int): of those: delivered
        empty (int): of those: nothing was found
        ended (int): runs that ended
        failed (int): of those: failed, or not reported in time
        fallbacks (int): calls on another model than the call before
        free (FreeRuns): Runs that brought nothing, and what they cost us.
        free_by (list['FreeRuns']): the same by cause, the dearest first
        own_key (Spent): What calls cost.
        partial (int): of those: in part
        retried (int): runs with more than one call
        runs (int): runs that began
        silent (int): runs that ended without any call reported: not in `cost` either
        told (int): runs that ended with calls reported
        units (str): units that customers got or paid for; a part is its share
        unknown (int): of those: calls whose cost is not known, so not in `cost`
        whole (bool): everything is known that it cost
        above (Union[MarginRowAboveType0, None, Unset]): `unit_cost` is above it
        action (Union[None, Unset, str]): the action; null in totals
        charged (Union[None, Unset, str]): credits that were charged
        cost (Union[None, Unset, str]): what its calls cost, as far as it is known; null: nothing of it is
        empty_rate (Union[None, Unset, str]): of runs that looked for something: the share that found nothing
        expected_margin (Union[None, Unset, str]): the margin at the usual price and the typical cost
        given (Union[None, Unset, str]): of `charged`: gifts, goodwill, credits of plans without a price
        margin (Union[None, Unset, str]): profit as a share of revenue; at most that where `whole` is false
        pair (Union['HarshPair', None, Unset]): charged even if nothing is found: the price that earns as much
        plan (Union[None, Unset, str]): the plan; null in totals
        profit (Union[None, Unset, str]): revenue less overhead less `cost`
        refunded (Union[None, Unset, str]): credits of charges that were given back
        revenue (Union[None, Unset, str]): charged less refunded, of credits that were paid for, at their lowest value
        typical (Union[None, Unset, str]): what a unit costs typically, by the contract's costs
        unclear (Union[None, Unset, str]): of `charged`: from a credit line, so perhaps never paid: not in `revenue`
        unit_cost (Union[None, Unset, str]): `cost` ÷ `units`: with failures, redos and retries
        worst (Union[None, Unset, str]): and at worst
        worst_margin (Union[None, Unset, str]): and at worst
    """

    attempts: int
    below: bool
    books: MarginRowBooks
    delivered: int
    empty: int
    ended: int
    failed: int
    fallbacks: int
    free: "FreeRuns"
    free_by: list["FreeRuns"]
    own_key: "Spent"
    partial: int
    retried: int
    runs: int
    silent: int
    told: int
    units: str
    unknown: int
    whole: bool
    above: Union[MarginRowAboveType0, None, Unset] = UNSET
    action: Union[None, Unset, str] = UNSET
    charged: Union[None, Unset, str] = UNSET
    cost: Union[None, Unset, str] = UNSET
    empty_rate: Union[None, Unset, str] = UNSET
    expected_margin: Union[None, Unset, str] = UNSET
    given: Union[None, Unset, str] = UNSET
    margin: Union[None, Unset, str] = UNSET
    pair: Union["HarshPair", None, Unset] = UNSET
    plan: Union[None, Unset, str] = UNSET
    profit: Union[None, Unset, str] = UNSET
    refunded: Union[None, Unset, str] = UNSET
    revenue: Union[None, Unset, str] = UNSET
    typical: Union[None, Unset, str] = UNSET
    unclear: Union[None, Unset, str] = UNSET
    unit_cost: Union[None, Unset, str] = UNSET
    worst: Union[None, Unset, str] = UNSET
    worst_margin: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.harsh_pair import HarshPair

        attempts = self.attempts

        below = self.below

        books: str = self.books

        delivered = self.delivered

        empty = self.empty

        ended = self.ended

        failed = self.failed

        fallbacks = self.fallbacks

        free = self.free.to_dict()

        free_by = []
        for free_by_item_data in self.free_by:
            free_by_item = free_by_item_data.to_dict()
            free_by.append(free_by_item)

        own_key = self.own_key.to_dict()

        partial = self.partial

        retried = self.retried

        runs = self.runs

        silent = self.silent

        told = self.told

        units = self.units

        unknown = self.unknown

        whole = self.whole

        above: Union[None, Unset, str]
        if isinstance(self.above, Unset):
            above = UNSET
        elif isinstance(self.above, str):
            above = self.above
        else:
            above = self.above

        action: Union[None, Unset, str]
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        charged: Union[None, Unset, str]
        if isinstance(self.charged, Unset):
            charged = UNSET
        else:
            charged = self.charged

        cost: Union[None, Unset, str]
        if isinstance(self.cost, Unset):
            cost = UNSET
        else:
            cost = self.cost

        empty_rate: Union[None, Unset, str]
        if isinstance(self.empty_rate, Unset):
            empty_rate = UNSET
        else:
            empty_rate = self.empty_rate

        expected_margin: Union[None, Unset, str]
        if isinstance(self.expected_margin, Unset):
            expected_margin = UNSET
        else:
            expected_margin = self.expected_margin

        given: Union[None, Unset, str]
        if isinstance(self.given, Unset):
            given = UNSET
        else:
            given = self.given

        margin: Union[None, Unset, str]
        if isinstance(self.margin, Unset):
            margin = UNSET
        else:
            margin = self.margin

        pair: Union[None, Unset, dict[str, Any]]
        if isinstance(self.pair, Unset):
            pair = UNSET
        elif isinstance(self.pair, HarshPair):
            pair = self.pair.to_dict()
        else:
            pair = self.pair

        plan: Union[None, Unset, str]
        if isinstance(self.plan, Unset):
            plan = UNSET
        else:
            plan = self.plan

        profit: Union[None, Unset, str]
        if isinstance(self.profit, Unset):
            profit = UNSET
        else:
            profit = self.profit

        refunded: Union[None, Unset, str]
        if isinstance(self.refunded, Unset):
            refunded = UNSET
        else:
            refunded = self.refunded

        revenue: Union[None, Unset, str]
        if isinstance(self.revenue, Unset):
            revenue = UNSET
        else:
            revenue = self.revenue

        typical: Union[None, Unset, str]
        if isinstance(self.typical, Unset):
            typical = UNSET
        else:
            typical = self.typical

        unclear: Union[None, Unset, str]
        if isinstance(self.unclear, Unset):
            unclear = UNSET
        else:
            unclear = self.unclear

        unit_cost: Union[None, Unset, str]
        if isinstance(self.unit_cost, Unset):
            unit_cost = UNSET
        else:
            unit_cost = self.unit_cost

        worst: Union[None, Unset, str]
        if isinstance(self.worst, Unset):
            worst = UNSET
        else:
            worst = self.worst

        worst_margin: Union[None, Unset, str]
        if isinstance(self.worst_margin, Unset):
            worst_margin = UNSET
        else:
            worst_margin = self.worst_margin

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "attempts": attempts,
                "below": below,
                "books": books,
                "delivered": delivered,
                "empty": empty,
                "ended": ended,
                "failed": failed,
                "fallbacks": fallbacks,
                "free": free,
                "free_by": free_by,
                "own_key": own_key,
                "partial": partial,
                "retried": retried,
                "runs": runs,
                "silent": silent,
                "told": told,
                "units": units,
                "unknown": unknown,
                "whole": whole,
            }
        )
        if above is not UNSET:
            field_dict["above"] = above
        if action is not UNSET:
            field_dict["action"] = action
        if charged is not UNSET:
            field_dict["charged"] = charged
        if cost is not UNSET:
            field_dict["cost"] = cost
        if empty_rate is not UNSET:
            field_dict["empty_rate"] = empty_rate
        if expected_margin is not UNSET:
            field_dict["expected_margin"] = expected_margin
        if given is not UNSET:
            field_dict["given"] = given
        if margin is not UNSET:
            field_dict["margin"] = margin
        if pair is not UNSET:
            field_dict["pair"] = pair
        if plan is not UNSET:
            field_dict["plan"] = plan
        if profit is not UNSET:
            field_dict["profit"] = profit
        if refunded is not UNSET:
            field_dict["refunded"] = refunded
        if revenue is not UNSET:
            field_dict["revenue"] = revenue
        if typical is not UNSET:
            field_dict["typical"] = typical
        if unclear is not UNSET:
            field_dict["unclear"] = unclear
        if unit_cost is not UNSET:
            field_dict["unit_cost"] = unit_cost
        if worst is not UNSET:
            field_dict["worst"] = worst
        if worst_margin is not UNSET:
            field_dict["worst_margin"] = worst_margin

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.free_runs import FreeRuns
        from ..models.harsh_pair import HarshPair
        from ..models.spent import Spent

        d = dict(src_dict)
        attempts = d.pop("attempts")

        below = d.pop("below")

        books = check_margin_row_books(d.pop("books"))

        delivered = d.pop("delivered")

        empty = d.pop("empty")

        ended = d.pop("ended")

        failed = d.pop("failed")

        fallbacks = d.pop("fallbacks")

        free = FreeRuns.from_dict(d.pop("free"))

        free_by = []
        _free_by = d.pop("free_by")
        for free_by_item_data in _free_by:
            free_by_item = FreeRuns.from_dict(free_by_item_data)

            free_by.append(free_by_item)

        own_key = Spent.from_dict(d.pop("own_key"))

        partial = d.pop("partial")

        retried = d.pop("retried")

        runs = d.pop("runs")

        silent = d.pop("silent")

        told = d.pop("told")

        units = d.pop("units")

        unknown = d.pop("unknown")

        whole = d.pop("whole")

        def _parse_above(data: object) -> Union[MarginRowAboveType0, None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                above_type_0 = check_margin_row_above_type_0(data)

                return above_type_0
            except:  # noqa: E722
                pass
            return cast(Union[MarginRowAboveType0, None, Unset], data)

        above = _parse_above(d.pop("above", UNSET))

        def _parse_action(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_charged(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        charged = _parse_charged(d.pop("charged", UNSET))

        def _parse_cost(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        cost = _parse_cost(d.pop("cost", UNSET))

        def _parse_empty_rate(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        empty_rate = _parse_empty_rate(d.pop("empty_rate", UNSET))

        def _parse_expected_margin(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        expected_margin = _parse_expected_margin(d.pop("expected_margin", UNSET))

        def _parse_given(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        given = _parse_given(d.pop("given", UNSET))

        def _parse_margin(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        margin = _parse_margin(d.pop("margin", UNSET))

        def _parse_pair(data: object) -> Union["HarshPair", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                pair_type_0 = HarshPair.from_dict(data)

                return pair_type_0
            except:  # noqa: E722
                pass
            return cast(Union["HarshPair", None, Unset], data)

        pair = _parse_pair(d.pop("pair", UNSET))

        def _parse_plan(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        plan = _parse_plan(d.pop("plan", UNSET))

        def _parse_profit(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        profit = _parse_profit(d.pop("profit", UNSET))

        def _parse_refunded(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        refunded = _parse_refunded(d.pop("refunded", UNSET))

        def _parse_revenue(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        revenue = _parse_revenue(d.pop("revenue", UNSET))

        def _parse_typical(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        typical = _parse_typical(d.pop("typical", UNSET))

        def _parse_unclear(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        unclear = _parse_unclear(d.pop("unclear", UNSET))

        def _parse_unit_cost(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        unit_cost = _parse_unit_cost(d.pop("unit_cost", UNSET))

        def _parse_worst(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        worst = _parse_worst(d.pop("worst", UNSET))

        def _parse_worst_margin(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        worst_margin = _parse_worst_margin(d.pop("worst_margin", UNSET))

        margin_row = cls(
            attempts=attempts,
            below=below,
            books=books,
            delivered=delivered,
            empty=empty,
            ended=ended,
            failed=failed,
            fallbacks=fallbacks,
            free=free,
            free_by=free_by,
            own_key=own_key,
            partial=partial,
            retried=retried,
            runs=runs,
            silent=silent,
            told=told,
            units=units,
            unknown=unknown,
            whole=whole,
            above=above,
            action=action,
            charged=charged,
            cost=cost,
            empty_rate=empty_rate,
            expected_margin=expected_margin,
            given=given,
            margin=margin,
            pair=pair,
            plan=plan,
            profit=profit,
            refunded=refunded,
            revenue=revenue,
            typical=typical,
            unclear=unclear,
            unit_cost=unit_cost,
            worst=worst,
            worst_margin=worst_margin,
        )

        margin_row.additional_properties = d
        return margin_row

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
