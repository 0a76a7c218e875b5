from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..models.attempt_source_type_0 import (
    AttemptSourceType0,
    check_attempt_source_type_0,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.attempt_services_type_0 import AttemptServicesType0
    from ..models.usage import Usage


T = TypeVar("T", bound="Attempt")


@_attrs_define
class Attempt:
    """One call to a model or a supplier.

    Attributes:
        asked (Union[None, Unset, str]): which model was asked for
        model (Union[None, Unset, str]): which model answered
        own_key (Union[None, Unset, bool]): made with the customer's own key
        provider (Union[None, Unset, str]): whose model
        services (Union['AttemptServicesType0', None, Unset]): calls to suppliers, by service
        source (Union[AttemptSourceType0, None, Unset]): where the tokens are known from
        usage (Union['Usage', None, Unset]): tokens; null is not known, zero is zero
    """

    asked: Union[None, Unset, str] = UNSET
    model: Union[None, Unset, str] = UNSET
    own_key: Union[None, Unset, bool] = UNSET
    provider: Union[None, Unset, str] = UNSET
    services: Union["AttemptServicesType0", None, Unset] = UNSET
    source: Union[AttemptSourceType0, None, Unset] = UNSET
    usage: Union["Usage", None, Unset] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.attempt_services_type_0 import AttemptServicesType0
        from ..models.usage import Usage

        asked: Union[None, Unset, str]
        if isinstance(self.asked, Unset):
            asked = UNSET
        else:
            asked = self.asked

        model: Union[None, Unset, str]
        if isinstance(self.model, Unset):
            model = UNSET
        else:
            model = self.model

        own_key: Union[None, Unset, bool]
        if isinstance(self.own_key, Unset):
            own_key = UNSET
        else:
            own_key = self.own_key

        provider: Union[None, Unset, str]
        if isinstance(self.provider, Unset):
            provider = UNSET
        else:
            provider = self.provider

        services: Union[None, Unset, dict[str, Any]]
        if isinstance(self.services, Unset):
            services = UNSET
        elif isinstance(self.services, AttemptServicesType0):
            services = self.services.to_dict()
        else:
            services = self.services

        source: Union[None, Unset, str]
        if isinstance(self.source, Unset):
            source = UNSET
        elif isinstance(self.source, str):
            source = self.source
        else:
            source = self.source

        usage: Union[None, Unset, dict[str, Any]]
        if isinstance(self.usage, Unset):
            usage = UNSET
        elif isinstance(self.usage, Usage):
            usage = self.usage.to_dict()
        else:
            usage = self.usage

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if asked is not UNSET:
            field_dict["asked"] = asked
        if model is not UNSET:
            field_dict["model"] = model
        if own_key is not UNSET:
            field_dict["own_key"] = own_key
        if provider is not UNSET:
            field_dict["provider"] = provider
        if services is not UNSET:
            field_dict["services"] = services
        if source is not UNSET:
            field_dict["source"] = source
        if usage is not UNSET:
            field_dict["usage"] = usage

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attempt_services_type_0 import AttemptServicesType0
        from ..models.usage import Usage

        d = dict(src_dict)

        def _parse_asked(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        asked = _parse_asked(d.pop("asked", UNSET))

        def _parse_model(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        model = _parse_model(d.pop("model", UNSET))

        def _parse_own_key(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        own_key = _parse_own_key(d.pop("own_key", UNSET))

        def _parse_provider(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        provider = _parse_provider(d.pop("provider", UNSET))

        def _parse_services(data: object) -> Union["AttemptServicesType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                services_type_0 = AttemptServicesType0.from_dict(data)

                return services_type_0
            except:  # noqa: E722
                pass
            return cast(Union["AttemptServicesType0", None, Unset], data)

        services = _parse_services(d.pop("services", UNSET))

        def _parse_source(data: object) -> Union[AttemptSourceType0, None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                source_type_0 = check_attempt_source_type_0(data)

                return source_type_0
            except:  # noqa: E722
                pass
            return cast(Union[AttemptSourceType0, None, Unset], data)

        source = _parse_source(d.pop("source", UNSET))

        def _parse_usage(data: object) -> Union["Usage", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                usage_type_0 = Usage.from_dict(data)

                return usage_type_0
            except:  # noqa: E722
                pass
            return cast(Union["Usage", None, Unset], data)

        usage = _parse_usage(d.pop("usage", UNSET))

        attempt = cls(
            asked=asked,
            model=model,
            own_key=own_key,
            provider=provider,
            services=services,
            source=source,
            usage=usage,
        )

        return attempt
