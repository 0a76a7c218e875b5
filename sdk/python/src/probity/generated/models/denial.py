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
    from ..models.denial_limit import DenialLimit
    from ..models.way_forward import WayForward


T = TypeVar("T", bound="Denial")


@_attrs_define
class Denial:
    """A refusal with its numbers, words and ways forward.

    Attributes:
        action (str): which action
        applied (bool): never: a refusal writes nothing
        as_of_seq (int): the last entry it has seen
        charged (str): nothing
        code (str): its code: `/problems/{code}` says what it means. There may be more of them in time: what is not
            known is read by `retry_helps` and shown by `words`
        contract (str): the contract and its version
        detail (str): what happened
        has (str): what can be spent
        held (str): what is set aside
        limit (DenialLimit): the limit, and whose it is
        retry_helps (bool): does asking again soon help?
        status (int): the HTTP status
        title (str): its title
        type_ (str): `/problems/` and its code
        ways_forward (list['WayForward']): each would allow this run
        words (str): what the customer reads
        missing (Union[None, Unset, str]): what is missing
        needs (Union[None, Unset, str]): what it would cost
        resets_at (Union[None, Unset, datetime.datetime]): when the limit begins anew
    """

    action: str
    applied: bool
    as_of_seq: int
    charged: str
    code: str
    contract: str
    detail: str
    has: str
    held: str
    limit: "DenialLimit"
    retry_helps: bool
    status: int
    title: str
    type_: str
    ways_forward: list["WayForward"]
    words: str
    missing: Union[None, Unset, str] = UNSET
    needs: Union[None, Unset, str] = UNSET
    resets_at: Union[None, Unset, datetime.datetime] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        applied = self.applied

        as_of_seq = self.as_of_seq

        charged = self.charged

        code = self.code

        contract = self.contract

        detail = self.detail

        has = self.has

        held = self.held

        limit = self.limit.to_dict()

        retry_helps = self.retry_helps

        status = self.status

        title = self.title

        type_ = self.type_

        ways_forward = []
        for ways_forward_item_data in self.ways_forward:
            ways_forward_item = ways_forward_item_data.to_dict()
            ways_forward.append(ways_forward_item)

        words = self.words

        missing: Union[None, Unset, str]
        if isinstance(self.missing, Unset):
            missing = UNSET
        else:
            missing = self.missing

        needs: Union[None, Unset, str]
        if isinstance(self.needs, Unset):
            needs = UNSET
        else:
            needs = self.needs

        resets_at: Union[None, Unset, str]
        if isinstance(self.resets_at, Unset):
            resets_at = UNSET
        elif isinstance(self.resets_at, datetime.datetime):
            resets_at = self.resets_at.isoformat()
        else:
            resets_at = self.resets_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "applied": applied,
                "as_of_seq": as_of_seq,
                "charged": charged,
                "code": code,
                "contract": contract,
                "detail": detail,
                "has": has,
                "held": held,
                "limit": limit,
                "retry_helps": retry_helps,
                "status": status,
                "title": title,
                "type": type_,
                "ways_forward": ways_forward,
                "words": words,
            }
        )
        if missing is not UNSET:
            field_dict["missing"] = missing
        if needs is not UNSET:
            field_dict["needs"] = needs
        if resets_at is not UNSET:
            field_dict["resets_at"] = resets_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.denial_limit import DenialLimit
        from ..models.way_forward import WayForward

        d = dict(src_dict)
        action = d.pop("action")

        applied = d.pop("applied")

        as_of_seq = d.pop("as_of_seq")

        charged = d.pop("charged")

        code = d.pop("code")

        contract = d.pop("contract")

        detail = d.pop("detail")

        has = d.pop("has")

        held = d.pop("held")

        limit = DenialLimit.from_dict(d.pop("limit"))

        retry_helps = d.pop("retry_helps")

        status = d.pop("status")

        title = d.pop("title")

        type_ = d.pop("type")

        ways_forward = []
        _ways_forward = d.pop("ways_forward")
        for ways_forward_item_data in _ways_forward:
            ways_forward_item = WayForward.from_dict(ways_forward_item_data)

            ways_forward.append(ways_forward_item)

        words = d.pop("words")

        def _parse_missing(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        missing = _parse_missing(d.pop("missing", UNSET))

        def _parse_needs(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        needs = _parse_needs(d.pop("needs", UNSET))

        def _parse_resets_at(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                resets_at_type_0 = isoparse(data)

                return resets_at_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        resets_at = _parse_resets_at(d.pop("resets_at", UNSET))

        denial = cls(
            action=action,
            applied=applied,
            as_of_seq=as_of_seq,
            charged=charged,
            code=code,
            contract=contract,
            detail=detail,
            has=has,
            held=held,
            limit=limit,
            retry_helps=retry_helps,
            status=status,
            title=title,
            type_=type_,
            ways_forward=ways_forward,
            words=words,
            missing=missing,
            needs=needs,
            resets_at=resets_at,
        )

        denial.additional_properties = d
        return denial

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
