from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Usage")


@_attrs_define
class Usage:
    """Tokens of one call.

    Attributes:
        cache_read (Union[None, Unset, int]): of those, read from the cache
        cache_write (Union[None, Unset, int]): of those, written to the cache
        input_ (Union[None, Unset, int]): read by the model, cache included
        output (Union[None, Unset, int]): written by the model, reasoning included
        reasoning (Union[None, Unset, int]): of those, reasoning
    """

    cache_read: Union[None, Unset, int] = UNSET
    cache_write: Union[None, Unset, int] = UNSET
    input_: Union[None, Unset, int] = UNSET
    output: Union[None, Unset, int] = UNSET
    reasoning: Union[None, Unset, int] = UNSET

    def to_dict(self) -> dict[str, Any]:
        cache_read: Union[None, Unset, int]
        if isinstance(self.cache_read, Unset):
            cache_read = UNSET
        else:
            cache_read = self.cache_read

        cache_write: Union[None, Unset, int]
        if isinstance(self.cache_write, Unset):
            cache_write = UNSET
        else:
            cache_write = self.cache_write

        input_: Union[None, Unset, int]
        if isinstance(self.input_, Unset):
            input_ = UNSET
        else:
            input_ = self.input_

        output: Union[None, Unset, int]
        if isinstance(self.output, Unset):
            output = UNSET
        else:
            output = self.output

        reasoning: Union[None, Unset, int]
        if isinstance(self.reasoning, Unset):
            reasoning = UNSET
        else:
            reasoning = self.reasoning

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if cache_read is not UNSET:
            field_dict["cache_read"] = cache_read
        if cache_write is not UNSET:
            field_dict["cache_write"] = cache_write
        if input_ is not UNSET:
            field_dict["input"] = input_
        if output is not UNSET:
            field_dict["output"] = output
        if reasoning is not UNSET:
            field_dict["reasoning"] = reasoning

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_cache_read(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        cache_read = _parse_cache_read(d.pop("cache_read", UNSET))

        def _parse_cache_write(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        cache_write = _parse_cache_write(d.pop("cache_write", UNSET))

        def _parse_input_(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        input_ = _parse_input_(d.pop("input", UNSET))

        def _parse_output(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        output = _parse_output(d.pop("output", UNSET))

        def _parse_reasoning(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        reasoning = _parse_reasoning(d.pop("reasoning", UNSET))

        usage = cls(
            cache_read=cache_read,
            cache_write=cache_write,
            input_=input_,
            output=output,
            reasoning=reasoning,
        )

        return usage
