from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.get_v1_webhook_endpoints_id_deliveries_state import (
    GetV1WebhookEndpointsIdDeliveriesState,
)
from ...models.problem import Problem
from ...models.webhook_deliveries import WebhookDeliveries
from ...types import UNSET, Response, Unset


def _get_kwargs(
    id: str,
    *,
    state: Union[Unset, GetV1WebhookEndpointsIdDeliveriesState] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    json_state: Union[Unset, str] = UNSET
    if not isinstance(state, Unset):
        json_state = state

    params["state"] = json_state

    params["cursor"] = cursor

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/webhook-endpoints/{id}/deliveries".format(
            id=id,
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[Union["Denial", "Problem"], WebhookDeliveries]:
    if response.status_code == 200:
        response_200 = WebhookDeliveries.from_dict(response.json())

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
) -> Response[Union[Union["Denial", "Problem"], WebhookDeliveries]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    state: Union[Unset, GetV1WebhookEndpointsIdDeliveriesState] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Response[Union[Union["Denial", "Problem"], WebhookDeliveries]]:
    """What was sent to an endpoint, or will be: tries, answers, the next try.

    Args:
        id (str):
        state (Union[Unset, GetV1WebhookEndpointsIdDeliveriesState]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Union['Denial', 'Problem'], WebhookDeliveries]]
    """

    kwargs = _get_kwargs(
        id=id,
        state=state,
        cursor=cursor,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    state: Union[Unset, GetV1WebhookEndpointsIdDeliveriesState] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Optional[Union[Union["Denial", "Problem"], WebhookDeliveries]]:
    """What was sent to an endpoint, or will be: tries, answers, the next try.

    Args:
        id (str):
        state (Union[Unset, GetV1WebhookEndpointsIdDeliveriesState]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Union['Denial', 'Problem'], WebhookDeliveries]
    """

    return sync_detailed(
        id=id,
        client=client,
        state=state,
        cursor=cursor,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    state: Union[Unset, GetV1WebhookEndpointsIdDeliveriesState] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Response[Union[Union["Denial", "Problem"], WebhookDeliveries]]:
    """What was sent to an endpoint, or will be: tries, answers, the next try.

    Args:
        id (str):
        state (Union[Unset, GetV1WebhookEndpointsIdDeliveriesState]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Union['Denial', 'Problem'], WebhookDeliveries]]
    """

    kwargs = _get_kwargs(
        id=id,
        state=state,
        cursor=cursor,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    state: Union[Unset, GetV1WebhookEndpointsIdDeliveriesState] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Optional[Union[Union["Denial", "Problem"], WebhookDeliveries]]:
    """What was sent to an endpoint, or will be: tries, answers, the next try.

    Args:
        id (str):
        state (Union[Unset, GetV1WebhookEndpointsIdDeliveriesState]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Union['Denial', 'Problem'], WebhookDeliveries]
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            state=state,
            cursor=cursor,
            limit=limit,
        )
    ).parsed
