from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..models.batch_item_do import BatchItemDo, check_batch_item_do
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.batch_item_body_type_0 import BatchItemBodyType0


T = TypeVar("T", bound="BatchItem")


@_attrs_define
class BatchItem:
    """One write of a batch.

    Attributes:
        do (BatchItemDo): what is to be done
        body (Union['BatchItemBodyType0', None, Unset]): the body, as for the single request
        id (Union[None, Unset, str]): which run; not for `run`
        key (Union[None, Unset, str]): its idempotency key
    """

    do: BatchItemDo
    body: Union["BatchItemBodyType0", None, Unset] = UNSET
    id: Union[None, Unset, str] = UNSET
    key: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.batch_item_body_type_0 import BatchItemBodyType0

        do: str = self.do

        body: Union[None, Unset, dict[str, Any]]
        if isinstance(self.body, Unset):
            body = UNSET
        elif isinstance(self.body, BatchItemBodyType0):
            body = self.body.to_dict()
        else:
            body = self.body

        id: Union[None, Unset, str]
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        key: Union[None, Unset, str]
        if isinstance(self.key, Unset):
            key = UNSET
        else:
            key = self.key

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "do": do,
            }
        )
        if body is not UNSET:
            field_dict["body"] = body
        if id is not UNSET:
            field_dict["id"] = id
        if key is not UNSET:
            field_dict["key"] = key

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.batch_item_body_type_0 import BatchItemBodyType0

        d = dict(src_dict)
        do = check_batch_item_do(d.pop("do"))

        def _parse_body(data: object) -> Union["BatchItemBodyType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                body_type_0 = BatchItemBodyType0.from_dict(data)

                return body_type_0
            except:  # noqa: E722
                pass
            return cast(Union["BatchItemBodyType0", None, Unset], data)

        body = _parse_body(d.pop("body", UNSET))

        def _parse_id(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_key(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        key = _parse_key(d.pop("key", UNSET))

        batch_item = cls(
            do=do,
            body=body,
            id=id,
            key=key,
        )

        return batch_item
