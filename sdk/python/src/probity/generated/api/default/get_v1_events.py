from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.events import Events
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    types: Union[Unset, str] = UNSET,
    customer: Union[Unset, str] = UNSET,
    after: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    params["types"] = types

    params["customer"] = customer

    params["after"] = after

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/events",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[Events, Union["Denial", "Problem"]]:
    if response.status_code == 200:
        response_200 = Events.from_dict(response.json())

        return response_200

    def _parse_response_default(data: object) -> Union["Denial", "Problem"]:
        try:
            if not isinstance(data, dict):
                raise TypeError()
            response_default_type_0 = Problem.from_dict(data)

            return response_default_type_0
        except:  # noqa: E722
            pass
        if not isinstance(data, dict):
            raise TypeError()
        response_default_type_1 = Denial.from_dict(data)

        return response_default_type_1

    response_default = _parse_response_default(response.json())

    return response_default


def _build_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Response[Union[Events, Union["Denial", "Problem"]]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    types: Union[Unset, str] = UNSET,
    customer: Union[Unset, str] = UNSET,
    after: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Response[Union[Events, Union["Denial", "Problem"]]]:
    """What happens to everybody, as server-sent events; as JSON a list of what did.

    Args:
        types (Union[Unset, str]):
        customer (Union[Unset, str]):
        after (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Events, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        types=types,
        customer=customer,
        after=after,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: Union[AuthenticatedClient, Client],
    types: Union[Unset, str] = UNSET,
    customer: Union[Unset, str] = UNSET,
    after: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Optional[Union[Events, Union["Denial", "Problem"]]]:
    """What happens to everybody, as server-sent events; as JSON a list of what did.

    Args:
        types (Union[Unset, str]):
        customer (Union[Unset, str]):
        after (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Events, Union['Denial', 'Problem']]
    """

    return sync_detailed(
        client=client,
        types=types,
        customer=customer,
        after=after,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    types: Union[Unset, str] = UNSET,
    customer: Union[Unset, str] = UNSET,
    after: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Response[Union[Events, Union["Denial", "Problem"]]]:
    """What happens to everybody, as server-sent events; as JSON a list of what did.

    Args:
        types (Union[Unset, str]):
        customer (Union[Unset, str]):
        after (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Events, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        types=types,
        customer=customer,
        after=after,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: Union[AuthenticatedClient, Client],
    types: Union[Unset, str] = UNSET,
    customer: Union[Unset, str] = UNSET,
    after: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Optional[Union[Events, Union["Denial", "Problem"]]]:
    """What happens to everybody, as server-sent events; as JSON a list of what did.

    Args:
        types (Union[Unset, str]):
        customer (Union[Unset, str]):
        after (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Events, Union['Denial', 'Problem']]
    """

    return (
        await asyncio_detailed(
            client=client,
            types=types,
            customer=customer,
            after=after,
            limit=limit,
        )
    ).parsed
