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

from ..models.terms_renews import TermsRenews, check_terms_renews
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.changing import Changing
    from ..models.lived_under import LivedUnder
    from ..models.next_plan import NextPlan
    from ..models.period import Period
    from ..models.special_terms import SpecialTerms
    from ..models.terms_fact import TermsFact


T = TypeVar("T", bound="Terms")


@_attrs_define
class Terms:
    """What a customer agreed to, and what is changing.

    Attributes:
        as_of_seq (int): the last entry it has seen
        contract (str): the contract and its version
        customer (str): whose
        history (list['LivedUnder']): every version they have lived under, the newest first
        overrides (list['SpecialTerms']): special terms that are in force
        period (Period): A window, half-open.
        plan (str): their plan
        plan_name (str): what it is called
        plan_words (list['TermsFact']): the plan in plain words
        renews (TermsRenews): how periods renew
        since (datetime.datetime): since when they live under it
        changing (Union['Changing', None, Unset]): a version that is coming; null: none is
        kept (Union[None, Unset, str]): a later version has no plan like theirs: that they keep what they have
        next_plan (Union['NextPlan', None, Unset]): the plan from the next period on; null: the same
        price (Union[None, Unset, str]): what the plan costs; null: nothing
    """

    as_of_seq: int
    contract: str
    customer: str
    history: list["LivedUnder"]
    overrides: list["SpecialTerms"]
    period: "Period"
    plan: str
    plan_name: str
    plan_words: list["TermsFact"]
    renews: TermsRenews
    since: datetime.datetime
    changing: Union["Changing", None, Unset] = UNSET
    kept: Union[None, Unset, str] = UNSET
    next_plan: Union["NextPlan", None, Unset] = UNSET
    price: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.changing import Changing
        from ..models.next_plan import NextPlan

        as_of_seq = self.as_of_seq

        contract = self.contract

        customer = self.customer

        history = []
        for history_item_data in self.history:
            history_item = history_item_data.to_dict()
            history.append(history_item)

        overrides = []
        for overrides_item_data in self.overrides:
            overrides_item = overrides_item_data.to_dict()
            overrides.append(overrides_item)

        period = self.period.to_dict()

        plan = self.plan

        plan_name = self.plan_name

        plan_words = []
        for plan_words_item_data in self.plan_words:
            plan_words_item = plan_words_item_data.to_dict()
            plan_words.append(plan_words_item)

        renews: str = self.renews

        since = self.since.isoformat()

        changing: Union[None, Unset, dict[str, Any]]
        if isinstance(self.changing, Unset):
            changing = UNSET
        elif isinstance(self.changing, Changing):
            changing = self.changing.to_dict()
        else:
            changing = self.changing

        kept: Union[None, Unset, str]
        if isinstance(self.kept, Unset):
            kept = UNSET
        else:
            kept = self.kept

        next_plan: Union[None, Unset, dict[str, Any]]
        if isinstance(self.next_plan, Unset):
            next_plan = UNSET
        elif isinstance(self.next_plan, NextPlan):
            next_plan = self.next_plan.to_dict()
        else:
            next_plan = self.next_plan

        price: Union[None, Unset, str]
        if isinstance(self.price, Unset):
            price = UNSET
        else:
            price = self.price

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "as_of_seq": as_of_seq,
                "contract": contract,
                "customer": customer,
                "history": history,
                "overrides": overrides,
                "period": period,
                "plan": plan,
                "plan_name": plan_name,
                "plan_words": plan_words,
                "renews": renews,
                "since": since,
            }
        )
        if changing is not UNSET:
            field_dict["changing"] = changing
        if kept is not UNSET:
            field_dict["kept"] = kept
        if next_plan is not UNSET:
            field_dict["next_plan"] = next_plan
        if price is not UNSET:
            field_dict["price"] = price

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.changing import Changing
        from ..models.lived_under import LivedUnder
        from ..models.next_plan import NextPlan
        from ..models.period import Period
        from ..models.special_terms import SpecialTerms
        from ..models.terms_fact import TermsFact

        d = dict(src_dict)
        as_of_seq = d.pop("as_of_seq")

        contract = d.pop("contract")

        customer = d.pop("customer")

        history = []
        _history = d.pop("history")
        for history_item_data in _history:
            history_item = LivedUnder.from_dict(history_item_data)

            history.append(history_item)

        overrides = []
        _overrides = d.pop("overrides")
        for overrides_item_data in _overrides:
            overrides_item = SpecialTerms.from_dict(overrides_item_data)

            overrides.append(overrides_item)

        period = Period.from_dict(d.pop("period"))

        plan = d.pop("plan")

        plan_name = d.pop("plan_name")

        plan_words = []
        _plan_words = d.pop("plan_words")
        for plan_words_item_data in _plan_words:
            plan_words_item = TermsFact.from_dict(plan_words_item_data)

            plan_words.append(plan_words_item)

        renews = check_terms_renews(d.pop("renews"))

        since = isoparse(d.pop("since"))

        def _parse_changing(data: object) -> Union["Changing", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                changing_type_0 = Changing.from_dict(data)

                return changing_type_0
            except:  # noqa: E722
                pass
            return cast(Union["Changing", None, Unset], data)

        changing = _parse_changing(d.pop("changing", UNSET))

        def _parse_kept(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        kept = _parse_kept(d.pop("kept", UNSET))

        def _parse_next_plan(data: object) -> Union["NextPlan", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                next_plan_type_0 = NextPlan.from_dict(data)

                return next_plan_type_0
            except:  # noqa: E722
                pass
            return cast(Union["NextPlan", None, Unset], data)

        next_plan = _parse_next_plan(d.pop("next_plan", UNSET))

        def _parse_price(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        price = _parse_price(d.pop("price", UNSET))

        terms = cls(
            as_of_seq=as_of_seq,
            contract=contract,
            customer=customer,
            history=history,
            overrides=overrides,
            period=period,
            plan=plan,
            plan_name=plan_name,
            plan_words=plan_words,
            renews=renews,
            since=since,
            changing=changing,
            kept=kept,
            next_plan=next_plan,
            price=price,
        )

        terms.additional_properties = d
        return terms

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
