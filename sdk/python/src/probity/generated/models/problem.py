from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.problem_code import ProblemCode, check_problem_code
from ..types import UNSET, Unset

T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """A problem, as RFC 9457 has it.

    Attributes:
        applied (Union[Literal['unknown'], bool]): nothing was applied, or it is not known
        code (ProblemCode):
        detail (str):
        status (int):
        title (str):
        type_ (str):
        field (Union[Unset, str]): the field that is wrong
    """

    applied: Union[Literal["unknown"], bool]
    code: ProblemCode
    detail: str
    status: int
    title: str
    type_: str
    field: Union[Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        applied: Union[Literal["unknown"], bool]
        applied = self.applied

        code: str = self.code

        detail = self.detail

        status = self.status

        title = self.title

        type_ = self.type_

        field = self.field

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "applied": applied,
                "code": code,
                "detail": detail,
                "status": status,
                "title": title,
                "type": type_,
            }
        )
        if field is not UNSET:
            field_dict["field"] = field

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_applied(data: object) -> Union[Literal["unknown"], bool]:
            applied_type_1 = cast(Literal["unknown"], data)
            if applied_type_1 != "unknown":
                raise ValueError(
                    f"applied_type_1 must match const 'unknown', got '{applied_type_1}'"
                )
            return applied_type_1
            return cast(Union[Literal["unknown"], bool], data)

        applied = _parse_applied(d.pop("applied"))

        code = check_problem_code(d.pop("code"))

        detail = d.pop("detail")

        status = d.pop("status")

        title = d.pop("title")

        type_ = d.pop("type")

        field = d.pop("field", UNSET)

        problem = cls(
            applied=applied,
            code=code,
            detail=detail,
            status=status,
            title=title,
            type_=type_,
            field=field,
        )

        problem.additional_properties = d
        return problem

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
