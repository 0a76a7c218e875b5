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

from ..models.statement_item_kind import StatementItemKind, check_statement_item_kind
from ..models.statement_item_outcome_type_0 import (
    StatementItemOutcomeType0,
    check_statement_item_outcome_type_0,
)
from ..models.statement_item_rule_type_0 import (
    StatementItemRuleType0,
    check_statement_item_rule_type_0,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.drawn import Drawn


T = TypeVar("T", bound="StatementItem")


@_attrs_define
class StatementItem:
    """Something that happened to a customer's credits. Of a run that has ended one item, at its end; of one that is held
    one, at its beginning; what was given back of a charge stands apart.

        Attributes:
            amount (str): what it did to what can be used; `-6`: it took six
            at (datetime.datetime): when it happened
            contract (str): the contract and its version
            drawn (list['Drawn']): the credits it was taken from, by kind
            item (str): its id
            kind (StatementItemKind): what it is
            seq (int): the entry of the books that says it
            why (str): the rule in one sentence
            action (Union[None, Unset, str]): which action
            action_name (Union[None, Unset, str]): what its button says
            artifact (Union[None, Unset, str]): for which artifact
            grant (Union[None, Unset, str]): which grant
            member (Union[None, Unset, str]): by which member
            money (Union[None, Unset, str]): the same in money
            outcome (Union[None, StatementItemOutcomeType0, Unset]): how the run ended; of a correction, how it ended after
                all
            reason (Union[None, Unset, str]): a finer reason
            rule (Union[None, StatementItemRuleType0, Unset]): the rule that decided
            run (Union[None, Unset, str]): which run; its receipt says all of it
            usable_until (Union[None, Unset, datetime.datetime]): what came is usable until before this; null: for ever
            words (Union[None, Unset, str]): what the customer read then; of what counts down, as it is now. null: there is
                no receipt
    """

    amount: str
    at: datetime.datetime
    contract: str
    drawn: list["Drawn"]
    item: str
    kind: StatementItemKind
    seq: int
    why: str
    action: Union[None, Unset, str] = UNSET
    action_name: Union[None, Unset, str] = UNSET
    artifact: Union[None, Unset, str] = UNSET
    grant: Union[None, Unset, str] = UNSET
    member: Union[None, Unset, str] = UNSET
    money: Union[None, Unset, str] = UNSET
    outcome: Union[None, StatementItemOutcomeType0, Unset] = UNSET
    reason: Union[None, Unset, str] = UNSET
    rule: Union[None, StatementItemRuleType0, Unset] = UNSET
    run: Union[None, Unset, str] = UNSET
    usable_until: Union[None, Unset, datetime.datetime] = UNSET
    words: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        at = self.at.isoformat()

        contract = self.contract

        drawn = []
        for drawn_item_data in self.drawn:
            drawn_item = drawn_item_data.to_dict()
            drawn.append(drawn_item)

        item = self.item

        kind: str = self.kind

        seq = self.seq

        why = self.why

        action: Union[None, Unset, str]
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        action_name: Union[None, Unset, str]
        if isinstance(self.action_name, Unset):
            action_name = UNSET
        else:
            action_name = self.action_name

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        grant: Union[None, Unset, str]
        if isinstance(self.grant, Unset):
            grant = UNSET
        else:
            grant = self.grant

        member: Union[None, Unset, str]
        if isinstance(self.member, Unset):
            member = UNSET
        else:
            member = self.member

        money: Union[None, Unset, str]
        if isinstance(self.money, Unset):
            money = UNSET
        else:
            money = self.money

        outcome: Union[None, Unset, str]
        if isinstance(self.outcome, Unset):
            outcome = UNSET
        elif isinstance(self.outcome, str):
            outcome = self.outcome
        else:
            outcome = self.outcome

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        rule: Union[None, Unset, str]
        if isinstance(self.rule, Unset):
            rule = UNSET
        elif isinstance(self.rule, str):
            rule = self.rule
        else:
            rule = self.rule

        run: Union[None, Unset, str]
        if isinstance(self.run, Unset):
            run = UNSET
        else:
            run = self.run

        usable_until: Union[None, Unset, str]
        if isinstance(self.usable_until, Unset):
            usable_until = UNSET
        elif isinstance(self.usable_until, datetime.datetime):
            usable_until = self.usable_until.isoformat()
        else:
            usable_until = self.usable_until

        words: Union[None, Unset, str]
        if isinstance(self.words, Unset):
            words = UNSET
        else:
            words = self.words

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "amount": amount,
                "at": at,
                "contract": contract,
                "drawn": drawn,
                "item": item,
                "kind": kind,
                "seq": seq,
                "why": why,
            }
        )
        if action is not UNSET:
            field_dict["action"] = action
        if action_name is not UNSET:
            field_dict["action_name"] = action_name
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if grant is not UNSET:
            field_dict["grant"] = grant
        if member is not UNSET:
            field_dict["member"] = member
        if money is not UNSET:
            field_dict["money"] = money
        if outcome is not UNSET:
            field_dict["outcome"] = outcome
        if reason is not UNSET:
            field_dict["reason"] = reason
        if rule is not UNSET:
            field_dict["rule"] = rule
        if run is not UNSET:
            field_dict["run"] = run
        if usable_until is not UNSET:
            field_dict["usable_until"] = usable_until
        if words is not UNSET:
            field_dict["words"] = words

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.drawn import Drawn

        d = dict(src_dict)
        amount = d.pop("amount")

        at = isoparse(d.pop("at"))

        contract = d.pop("contract")

        drawn = []
        _drawn = d.pop("drawn")
        for drawn_item_data in _drawn:
            drawn_item = Drawn.from_dict(drawn_item_data)

            drawn.append(drawn_item)

        item = d.pop("item")

        kind = check_statement_item_kind(d.pop("kind"))

        seq = d.pop("seq")

        why = d.pop("why")

        def _parse_action(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_action_name(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        action_name = _parse_action_name(d.pop("action_name", UNSET))

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_grant(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        grant = _parse_grant(d.pop("grant", UNSET))

        def _parse_member(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        member = _parse_member(d.pop("member", UNSET))

        def _parse_money(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        money = _parse_money(d.pop("money", UNSET))

        def _parse_outcome(data: object) -> Union[None, StatementItemOutcomeType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                outcome_type_0 = check_statement_item_outcome_type_0(data)

                return outcome_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, StatementItemOutcomeType0, Unset], data)

        outcome = _parse_outcome(d.pop("outcome", UNSET))

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_rule(data: object) -> Union[None, StatementItemRuleType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                rule_type_0 = check_statement_item_rule_type_0(data)

                return rule_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, StatementItemRuleType0, Unset], data)

        rule = _parse_rule(d.pop("rule", UNSET))

        def _parse_run(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        run = _parse_run(d.pop("run", UNSET))

        def _parse_usable_until(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                usable_until_type_0 = isoparse(data)

                return usable_until_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        usable_until = _parse_usable_until(d.pop("usable_until", UNSET))

        def _parse_words(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        words = _parse_words(d.pop("words", UNSET))

        statement_item = cls(
            amount=amount,
            at=at,
            contract=contract,
            drawn=drawn,
            item=item,
            kind=kind,
            seq=seq,
            why=why,
            action=action,
            action_name=action_name,
            artifact=artifact,
            grant=grant,
            member=member,
            money=money,
            outcome=outcome,
            reason=reason,
            rule=rule,
            run=run,
            usable_until=usable_until,
            words=words,
        )

        statement_item.additional_properties = d
        return statement_item

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
