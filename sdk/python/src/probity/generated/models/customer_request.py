from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..models.customer_request_renews_type_0 import (
    CustomerRequestRenewsType0,
    check_customer_request_renews_type_0,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.customer_request_metadata_type_0 import CustomerRequestMetadataType0
    from ..models.member import Member


T = TypeVar("T", bound="CustomerRequest")


@_attrs_define
class CustomerRequest:
    """Who a customer is. Left out: unchanged; null: cleared.

    Attributes:
        members (Union[None, Unset, list['Member']]): who acts for them
        metadata (Union['CustomerRequestMetadataType0', None, Unset]): your own notes, at most 1 KiB
        name (Union[None, Unset, str]): their name
        plan (Union[None, Unset, str]): their plan; the contract may name one for new customers
        renews (Union[CustomerRequestRenewsType0, None, Unset]): how periods renew
    """

    members: Union[None, Unset, list["Member"]] = UNSET
    metadata: Union["CustomerRequestMetadataType0", None, Unset] = UNSET
    name: Union[None, Unset, str] = UNSET
    plan: Union[None, Unset, str] = UNSET
    renews: Union[CustomerRequestRenewsType0, None, Unset] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.customer_request_metadata_type_0 import (
            CustomerRequestMetadataType0,
        )

        members: Union[None, Unset, list[dict[str, Any]]]
        if isinstance(self.members, Unset):
            members = UNSET
        elif isinstance(self.members, list):
            members = []
            for members_type_0_item_data in self.members:
                members_type_0_item = members_type_0_item_data.to_dict()
                members.append(members_type_0_item)

        else:
            members = self.members

        metadata: Union[None, Unset, dict[str, Any]]
        if isinstance(self.metadata, Unset):
            metadata = UNSET
        elif isinstance(self.metadata, CustomerRequestMetadataType0):
            metadata = self.metadata.to_dict()
        else:
            metadata = self.metadata

        name: Union[None, Unset, str]
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        plan: Union[None, Unset, str]
        if isinstance(self.plan, Unset):
            plan = UNSET
        else:
            plan = self.plan

        renews: Union[None, Unset, str]
        if isinstance(self.renews, Unset):
            renews = UNSET
        elif isinstance(self.renews, str):
            renews = self.renews
        else:
            renews = self.renews

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if members is not UNSET:
            field_dict["members"] = members
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if name is not UNSET:
            field_dict["name"] = name
        if plan is not UNSET:
            field_dict["plan"] = plan
        if renews is not UNSET:
            field_dict["renews"] = renews

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.customer_request_metadata_type_0 import (
            CustomerRequestMetadataType0,
        )
        from ..models.member import Member

        d = dict(src_dict)

        def _parse_members(data: object) -> Union[None, Unset, list["Member"]]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                members_type_0 = []
                _members_type_0 = data
                for members_type_0_item_data in _members_type_0:
                    members_type_0_item = Member.from_dict(members_type_0_item_data)

                    members_type_0.append(members_type_0_item)

                return members_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, list["Member"]], data)

        members = _parse_members(d.pop("members", UNSET))

        def _parse_metadata(data: object) -> Union["CustomerRequestMetadataType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                metadata_type_0 = CustomerRequestMetadataType0.from_dict(data)

                return metadata_type_0
            except:  # noqa: E722
                pass
            return cast(Union["CustomerRequestMetadataType0", None, Unset], data)

        metadata = _parse_metadata(d.pop("metadata", UNSET))

        def _parse_name(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_plan(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        plan = _parse_plan(d.pop("plan", UNSET))

        def _parse_renews(data: object) -> Union[CustomerRequestRenewsType0, None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                renews_type_0 = check_customer_request_renews_type_0(data)

                return renews_type_0
            except:  # noqa: E722
                pass
            return cast(Union[CustomerRequestRenewsType0, None, Unset], data)

        renews = _parse_renews(d.pop("renews", UNSET))

        customer_request = cls(
            members=members,
            metadata=metadata,
            name=name,
            plan=plan,
            renews=renews,
        )

        return customer_request
