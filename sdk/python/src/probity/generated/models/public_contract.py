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

from ..models.public_contract_mode_type_0 import (
    PublicContractModeType0,
    check_public_contract_mode_type_0,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.public_contract_actions_item import PublicContractActionsItem
    from ..models.public_contract_links import PublicContractLinks
    from ..models.public_contract_plans_item import PublicContractPlansItem
    from ..models.public_contract_promises_item import PublicContractPromisesItem
    from ..models.public_contract_summary import PublicContractSummary
    from ..models.public_contract_terms import PublicContractTerms


T = TypeVar("T", bound="PublicContract")


@_attrs_define
class PublicContract:
    """The contract in force, in plain words.

    Attributes:
        about (list[str]): for whom, what a credit is worth
        actions (list['PublicContractActionsItem']): each action
        contract (str): the contract and its version
        currency (str): its currency
        links (PublicContractLinks): where customers buy credits, choose a plan, add a key, talk to somebody; null:
            nowhere
        name (str): its name
        plans (list['PublicContractPlansItem']): each plan
        promises (list['PublicContractPromisesItem']): what else is promised
        summary (PublicContractSummary): free, paid, paid even if nothing is found
        terms (PublicContractTerms): as values: the time zone, the smallest amount, how long credits last by kind, where
            new customers begin, the most a month unless they set another, whether automatic top-ups may be asked for, by
            plan its credits and whether it sells more
        version (int): its version
        effective (Union[None, Unset, datetime.datetime]): since when; null: from the beginning
        mode (Union[None, PublicContractModeType0, Unset]): of roll-out; shadow is told to secret keys only
        rollout (Union[None, Unset, str]): who is charged and refused, in words; to secret keys only
    """

    about: list[str]
    actions: list["PublicContractActionsItem"]
    contract: str
    currency: str
    links: "PublicContractLinks"
    name: str
    plans: list["PublicContractPlansItem"]
    promises: list["PublicContractPromisesItem"]
    summary: "PublicContractSummary"
    terms: "PublicContractTerms"
    version: int
    effective: Union[None, Unset, datetime.datetime] = UNSET
    mode: Union[None, PublicContractModeType0, Unset] = UNSET
    rollout: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        about = self.about

        actions = []
        for actions_item_data in self.actions:
            actions_item = actions_item_data.to_dict()
            actions.append(actions_item)

        contract = self.contract

        currency = self.currency

        links = self.links.to_dict()

        name = self.name

        plans = []
        for plans_item_data in self.plans:
            plans_item = plans_item_data.to_dict()
            plans.append(plans_item)

        promises = []
        for promises_item_data in self.promises:
            promises_item = promises_item_data.to_dict()
            promises.append(promises_item)

        summary = self.summary.to_dict()

        terms = self.terms.to_dict()

        version = self.version

        effective: Union[None, Unset, str]
        if isinstance(self.effective, Unset):
            effective = UNSET
        elif isinstance(self.effective, datetime.datetime):
            effective = self.effective.isoformat()
        else:
            effective = self.effective

        mode: Union[None, Unset, str]
        if isinstance(self.mode, Unset):
            mode = UNSET
        elif isinstance(self.mode, str):
            mode = self.mode
        else:
            mode = self.mode

        rollout: Union[None, Unset, str]
        if isinstance(self.rollout, Unset):
            rollout = UNSET
        else:
            rollout = self.rollout

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "about": about,
                "actions": actions,
                "contract": contract,
                "currency": currency,
                "links": links,
                "name": name,
                "plans": plans,
                "promises": promises,
                "summary": summary,
                "terms": terms,
                "version": version,
            }
        )
        if effective is not UNSET:
            field_dict["effective"] = effective
        if mode is not UNSET:
            field_dict["mode"] = mode
        if rollout is not UNSET:
            field_dict["rollout"] = rollout

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.public_contract_actions_item import PublicContractActionsItem
        from ..models.public_contract_links import PublicContractLinks
        from ..models.public_contract_plans_item import PublicContractPlansItem
        from ..models.public_contract_promises_item import PublicContractPromisesItem
        from ..models.public_contract_summary import PublicContractSummary
        from ..models.public_contract_terms import PublicContractTerms

        d = dict(src_dict)
        about = cast(list[str], d.pop("about"))

        actions = []
        _actions = d.pop("actions")
        for actions_item_data in _actions:
            actions_item = PublicContractActionsItem.from_dict(actions_item_data)

            actions.append(actions_item)

        contract = d.pop("contract")

        currency = d.pop("currency")

        links = PublicContractLinks.from_dict(d.pop("links"))

        name = d.pop("name")

        plans = []
        _plans = d.pop("plans")
        for plans_item_data in _plans:
            plans_item = PublicContractPlansItem.from_dict(plans_item_data)

            plans.append(plans_item)

        promises = []
        _promises = d.pop("promises")
        for promises_item_data in _promises:
            promises_item = PublicContractPromisesItem.from_dict(promises_item_data)

            promises.append(promises_item)

        summary = PublicContractSummary.from_dict(d.pop("summary"))

        terms = PublicContractTerms.from_dict(d.pop("terms"))

        version = d.pop("version")

        def _parse_effective(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                effective_type_0 = isoparse(data)

                return effective_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        effective = _parse_effective(d.pop("effective", UNSET))

        def _parse_mode(data: object) -> Union[None, PublicContractModeType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                mode_type_0 = check_public_contract_mode_type_0(data)

                return mode_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, PublicContractModeType0, Unset], data)

        mode = _parse_mode(d.pop("mode", UNSET))

        def _parse_rollout(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        rollout = _parse_rollout(d.pop("rollout", UNSET))

        public_contract = cls(
            about=about,
            actions=actions,
            contract=contract,
            currency=currency,
            links=links,
            name=name,
            plans=plans,
            promises=promises,
            summary=summary,
            terms=terms,
            version=version,
            effective=effective,
            mode=mode,
            rollout=rollout,
        )

        public_contract.additional_properties = d
        return public_contract

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
