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

from ..models.receipt_decided_by_type_0 import (
    ReceiptDecidedByType0,
    check_receipt_decided_by_type_0,
)
from ..models.receipt_kind import ReceiptKind, check_receipt_kind
from ..models.receipt_mode import ReceiptMode, check_receipt_mode
from ..models.receipt_outcome_type_0 import (
    ReceiptOutcomeType0,
    check_receipt_outcome_type_0,
)
from ..models.receipt_purpose import ReceiptPurpose, check_receipt_purpose
from ..models.receipt_rule_type_0 import ReceiptRuleType0, check_receipt_rule_type_0
from ..models.receipt_status import ReceiptStatus, check_receipt_status
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.asked_about_receipt import AskedAboutReceipt
    from ..models.drawn import Drawn
    from ..models.receipt_attempts_type_0_item import ReceiptAttemptsType0Item
    from ..models.receipt_confirmation_type_0 import ReceiptConfirmationType0
    from ..models.refund_line import RefundLine
    from ..models.wallet_line import WalletLine
    from ..models.would_be import WouldBe


T = TypeVar("T", bound="Receipt")


@_attrs_define
class Receipt:
    """A run explained, also when it cost nothing.

    Attributes:
        action (str): which action
        charged (str): what was charged
        contract (str): the contract and its version
        customer (str): whose
        drawn (list['Drawn']): what the charge was drawn from
        held (str): what was set aside
        kind (ReceiptKind): what kind it is
        late (bool): reported after its time was up
        mode (ReceiptMode): the mode it lives in
        opened_at (datetime.datetime): when it began
        operations (int): the revision of operations
        purpose (ReceiptPurpose): production or experiment
        refunded (str): what was given back since
        refunds (list['RefundLine']): each time something was given back, the oldest first; of more than 64 the last
            ones
        released (str): what was released when it ended
        run (str): its id
        seq (int): the last entry it wrote
        status (ReceiptStatus): where it stands
        units_free (int): units the allowance covered
        wallet (WalletLine): The wallet in one line.
        why (str): the rule in one sentence
        words (str): what the customer reads
        artifact (Union[None, Unset, str]): for which artifact
        as_of_seq (Union[None, Unset, int]): the last entry it has seen
        attempts (Union[None, Unset, list['ReceiptAttemptsType0Item']]): calls; only for secret keys
        confirmation (Union['ReceiptConfirmationType0', None, Unset]): what was agreed to
        cost (Union[None, Unset, str]): what they cost, in USD; only for secret keys, null where unknown
        decided_by (Union[None, ReceiptDecidedByType0, Unset]): who said so
        ended_at (Union[None, Unset, datetime.datetime]): when it ended
        member (Union[None, Unset, str]): by which member
        outcome (Union[None, ReceiptOutcomeType0, Unset]): how it ended; null while it runs
        parts (Union[None, Unset, int]): parts that this run brought; on a `rest` beside those of runs before
        parts_total (Union[None, Unset, int]): parts of the whole
        quantity (Union[None, Unset, int]): units that arrived, or were asked for
        questions (Union[None, Unset, list['AskedAboutReceipt']]): what the customer asked about it, the oldest first;
            only where one receipt is read
        quote (Union[None, Unset, str]): the `id` of the quote it used
        quoted (Union[None, Unset, str]): the price a quote promised
        reason (Union[None, Unset, str]): a finer reason
        rule (Union[None, ReceiptRuleType0, Unset]): the rule that decided; null while it runs
        would (Union['WouldBe', None, Unset]): what would be, in shadow and announce
    """

    action: str
    charged: str
    contract: str
    customer: str
    drawn: list["Drawn"]
    held: str
    kind: ReceiptKind
    late: bool
    mode: ReceiptMode
    opened_at: datetime.datetime
    operations: int
    purpose: ReceiptPurpose
    refunded: str
    refunds: list["RefundLine"]
    released: str
    run: str
    seq: int
    status: ReceiptStatus
    units_free: int
    wallet: "WalletLine"
    why: str
    words: str
    artifact: Union[None, Unset, str] = UNSET
    as_of_seq: Union[None, Unset, int] = UNSET
    attempts: Union[None, Unset, list["ReceiptAttemptsType0Item"]] = UNSET
    confirmation: Union["ReceiptConfirmationType0", None, Unset] = UNSET
    cost: Union[None, Unset, str] = UNSET
    decided_by: Union[None, ReceiptDecidedByType0, Unset] = UNSET
    ended_at: Union[None, Unset, datetime.datetime] = UNSET
    member: Union[None, Unset, str] = UNSET
    outcome: Union[None, ReceiptOutcomeType0, Unset] = UNSET
    parts: Union[None, Unset, int] = UNSET
    parts_total: Union[None, Unset, int] = UNSET
    quantity: Union[None, Unset, int] = UNSET
    questions: Union[None, Unset, list["AskedAboutReceipt"]] = UNSET
    quote: Union[None, Unset, str] = UNSET
    quoted: Union[None, Unset, str] = UNSET
    reason: Union[None, Unset, str] = UNSET
    rule: Union[None, ReceiptRuleType0, Unset] = UNSET
    would: Union["WouldBe", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.receipt_confirmation_type_0 import ReceiptConfirmationType0
        from ..models.would_be import WouldBe

        action = self.action

        charged = self.charged

        contract = self.contract

        customer = self.customer

        drawn = []
        for drawn_item_data in self.drawn:
            drawn_item = drawn_item_data.to_dict()
            drawn.append(drawn_item)

        held = self.held

        kind: str = self.kind

        late = self.late

        mode: str = self.mode

        opened_at = self.opened_at.isoformat()

        operations = self.operations

        purpose: str = self.purpose

        refunded = self.refunded

        refunds = []
        for refunds_item_data in self.refunds:
            refunds_item = refunds_item_data.to_dict()
            refunds.append(refunds_item)

        released = self.released

        run = self.run

        seq = self.seq

        status: str = self.status

        units_free = self.units_free

        wallet = self.wallet.to_dict()

        why = self.why

        words = self.words

        artifact: Union[None, Unset, str]
        if isinstance(self.artifact, Unset):
            artifact = UNSET
        else:
            artifact = self.artifact

        as_of_seq: Union[None, Unset, int]
        if isinstance(self.as_of_seq, Unset):
            as_of_seq = UNSET
        else:
            as_of_seq = self.as_of_seq

        attempts: Union[None, Unset, list[dict[str, Any]]]
        if isinstance(self.attempts, Unset):
            attempts = UNSET
        elif isinstance(self.attempts, list):
            attempts = []
            for attempts_type_0_item_data in self.attempts:
                attempts_type_0_item = attempts_type_0_item_data.to_dict()
                attempts.append(attempts_type_0_item)

        else:
            attempts = self.attempts

        confirmation: Union[None, Unset, dict[str, Any]]
        if isinstance(self.confirmation, Unset):
            confirmation = UNSET
        elif isinstance(self.confirmation, ReceiptConfirmationType0):
            confirmation = self.confirmation.to_dict()
        else:
            confirmation = self.confirmation

        cost: Union[None, Unset, str]
        if isinstance(self.cost, Unset):
            cost = UNSET
        else:
            cost = self.cost

        decided_by: Union[None, Unset, str]
        if isinstance(self.decided_by, Unset):
            decided_by = UNSET
        elif isinstance(self.decided_by, str):
            decided_by = self.decided_by
        else:
            decided_by = self.decided_by

        ended_at: Union[None, Unset, str]
        if isinstance(self.ended_at, Unset):
            ended_at = UNSET
        elif isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        member: Union[None, Unset, str]
        if isinstance(self.member, Unset):
            member = UNSET
        else:
            member = self.member

        outcome: Union[None, Unset, str]
        if isinstance(self.outcome, Unset):
            outcome = UNSET
        elif isinstance(self.outcome, str):
            outcome = self.outcome
        else:
            outcome = self.outcome

        parts: Union[None, Unset, int]
        if isinstance(self.parts, Unset):
            parts = UNSET
        else:
            parts = self.parts

        parts_total: Union[None, Unset, int]
        if isinstance(self.parts_total, Unset):
            parts_total = UNSET
        else:
            parts_total = self.parts_total

        quantity: Union[None, Unset, int]
        if isinstance(self.quantity, Unset):
            quantity = UNSET
        else:
            quantity = self.quantity

        questions: Union[None, Unset, list[dict[str, Any]]]
        if isinstance(self.questions, Unset):
            questions = UNSET
        elif isinstance(self.questions, list):
            questions = []
            for questions_type_0_item_data in self.questions:
                questions_type_0_item = questions_type_0_item_data.to_dict()
                questions.append(questions_type_0_item)

        else:
            questions = self.questions

        quote: Union[None, Unset, str]
        if isinstance(self.quote, Unset):
            quote = UNSET
        else:
            quote = self.quote

        quoted: Union[None, Unset, str]
        if isinstance(self.quoted, Unset):
            quoted = UNSET
        else:
            quoted = self.quoted

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
                "action": action,
                "charged": charged,
                "contract": contract,
                "customer": customer,
                "drawn": drawn,
                "held": held,
                "kind": kind,
                "late": late,
                "mode": mode,
                "opened_at": opened_at,
                "operations": operations,
                "purpose": purpose,
                "refunded": refunded,
                "refunds": refunds,
                "released": released,
                "run": run,
                "seq": seq,
                "status": status,
                "units_free": units_free,
                "wallet": wallet,
                "why": why,
                "words": words,
            }
        )
        if artifact is not UNSET:
            field_dict["artifact"] = artifact
        if as_of_seq is not UNSET:
            field_dict["as_of_seq"] = as_of_seq
        if attempts is not UNSET:
            field_dict["attempts"] = attempts
        if confirmation is not UNSET:
            field_dict["confirmation"] = confirmation
        if cost is not UNSET:
            field_dict["cost"] = cost
        if decided_by is not UNSET:
            field_dict["decided_by"] = decided_by
        if ended_at is not UNSET:
            field_dict["ended_at"] = ended_at
        if member is not UNSET:
            field_dict["member"] = member
        if outcome is not UNSET:
            field_dict["outcome"] = outcome
        if parts is not UNSET:
            field_dict["parts"] = parts
        if parts_total is not UNSET:
            field_dict["parts_total"] = parts_total
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if questions is not UNSET:
            field_dict["questions"] = questions
        if quote is not UNSET:
            field_dict["quote"] = quote
        if quoted is not UNSET:
            field_dict["quoted"] = quoted
        if reason is not UNSET:
            field_dict["reason"] = reason
        if rule is not UNSET:
            field_dict["rule"] = rule
        if would is not UNSET:
            field_dict["would"] = would

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.asked_about_receipt import AskedAboutReceipt
        from ..models.drawn import Drawn
        from ..models.receipt_attempts_type_0_item import ReceiptAttemptsType0Item
        from ..models.receipt_confirmation_type_0 import ReceiptConfirmationType0
        from ..models.refund_line import RefundLine
        from ..models.wallet_line import WalletLine
        from ..models.would_be import WouldBe

        d = dict(src_dict)
        action = d.pop("action")

        charged = d.pop("charged")

        contract = d.pop("contract")

        customer = d.pop("customer")

        drawn = []
        _drawn = d.pop("drawn")
        for drawn_item_data in _drawn:
            drawn_item = Drawn.from_dict(drawn_item_data)

            drawn.append(drawn_item)

        held = d.pop("held")

        kind = check_receipt_kind(d.pop("kind"))

        late = d.pop("late")

        mode = check_receipt_mode(d.pop("mode"))

        opened_at = isoparse(d.pop("opened_at"))

        operations = d.pop("operations")

        purpose = check_receipt_purpose(d.pop("purpose"))

        refunded = d.pop("refunded")

        refunds = []
        _refunds = d.pop("refunds")
        for refunds_item_data in _refunds:
            refunds_item = RefundLine.from_dict(refunds_item_data)

            refunds.append(refunds_item)

        released = d.pop("released")

        run = d.pop("run")

        seq = d.pop("seq")

        status = check_receipt_status(d.pop("status"))

        units_free = d.pop("units_free")

        wallet = WalletLine.from_dict(d.pop("wallet"))

        why = d.pop("why")

        words = d.pop("words")

        def _parse_artifact(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        artifact = _parse_artifact(d.pop("artifact", UNSET))

        def _parse_as_of_seq(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        as_of_seq = _parse_as_of_seq(d.pop("as_of_seq", UNSET))

        def _parse_attempts(data: object) -> Union[None, Unset, list["ReceiptAttemptsType0Item"]]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                attempts_type_0 = []
                _attempts_type_0 = data
                for attempts_type_0_item_data in _attempts_type_0:
                    attempts_type_0_item = ReceiptAttemptsType0Item.from_dict(
                        attempts_type_0_item_data
                    )

                    attempts_type_0.append(attempts_type_0_item)

                return attempts_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, list["ReceiptAttemptsType0Item"]], data)

        attempts = _parse_attempts(d.pop("attempts", UNSET))

        def _parse_confirmation(data: object) -> Union["ReceiptConfirmationType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                confirmation_type_0 = ReceiptConfirmationType0.from_dict(data)

                return confirmation_type_0
            except:  # noqa: E722
                pass
            return cast(Union["ReceiptConfirmationType0", None, Unset], data)

        confirmation = _parse_confirmation(d.pop("confirmation", UNSET))

        def _parse_cost(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        cost = _parse_cost(d.pop("cost", UNSET))

        def _parse_decided_by(data: object) -> Union[None, ReceiptDecidedByType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                decided_by_type_0 = check_receipt_decided_by_type_0(data)

                return decided_by_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, ReceiptDecidedByType0, Unset], data)

        decided_by = _parse_decided_by(d.pop("decided_by", UNSET))

        def _parse_ended_at(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_at_type_0 = isoparse(data)

                return ended_at_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        ended_at = _parse_ended_at(d.pop("ended_at", UNSET))

        def _parse_member(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        member = _parse_member(d.pop("member", UNSET))

        def _parse_outcome(data: object) -> Union[None, ReceiptOutcomeType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                outcome_type_0 = check_receipt_outcome_type_0(data)

                return outcome_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, ReceiptOutcomeType0, Unset], data)

        outcome = _parse_outcome(d.pop("outcome", UNSET))

        def _parse_parts(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        parts = _parse_parts(d.pop("parts", UNSET))

        def _parse_parts_total(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        parts_total = _parse_parts_total(d.pop("parts_total", UNSET))

        def _parse_quantity(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        quantity = _parse_quantity(d.pop("quantity", UNSET))

        def _parse_questions(data: object) -> Union[None, Unset, list["AskedAboutReceipt"]]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                questions_type_0 = []
                _questions_type_0 = data
                for questions_type_0_item_data in _questions_type_0:
                    questions_type_0_item = AskedAboutReceipt.from_dict(questions_type_0_item_data)

                    questions_type_0.append(questions_type_0_item)

                return questions_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, list["AskedAboutReceipt"]], data)

        questions = _parse_questions(d.pop("questions", UNSET))

        def _parse_quote(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        quote = _parse_quote(d.pop("quote", UNSET))

        def _parse_quoted(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        quoted = _parse_quoted(d.pop("quoted", UNSET))

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_rule(data: object) -> Union[None, ReceiptRuleType0, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                rule_type_0 = check_receipt_rule_type_0(data)

                return rule_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, ReceiptRuleType0, Unset], data)

        rule = _parse_rule(d.pop("rule", UNSET))

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

        receipt = cls(
            action=action,
            charged=charged,
            contract=contract,
            customer=customer,
            drawn=drawn,
            held=held,
            kind=kind,
            late=late,
            mode=mode,
            opened_at=opened_at,
            operations=operations,
            purpose=purpose,
            refunded=refunded,
            refunds=refunds,
            released=released,
            run=run,
            seq=seq,
            status=status,
            units_free=units_free,
            wallet=wallet,
            why=why,
            words=words,
            artifact=artifact,
            as_of_seq=as_of_seq,
            attempts=attempts,
            confirmation=confirmation,
            cost=cost,
            decided_by=decided_by,
            ended_at=ended_at,
            member=member,
            outcome=outcome,
            parts=parts,
            parts_total=parts_total,
            quantity=quantity,
            questions=questions,
            quote=quote,
            quoted=quoted,
            reason=reason,
            rule=rule,
            would=would,
        )

        receipt.additional_properties = d
        return receipt

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
