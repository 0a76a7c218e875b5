from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.problem import Problem
from ...models.rotate_request import RotateRequest
from ...models.webhook_endpoint import WebhookEndpoint
from ...types import UNSET, Response, Unset


def _get_kwargs(
    id: str,
    *,
    body: RotateRequest,
    idempotency_key: Union[Unset, str] = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/webhook-endpoints/{id}/rotate".format(
            id=id,
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[Union["Denial", "Problem"], WebhookEndpoint]:
    if response.status_code == 200:
        response_200 = WebhookEndpoint.from_dict(response.json())

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
) -> Response[Union[Union["Denial", "Problem"], WebhookEndpoint]]:
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
    body: RotateRequest,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Response[Union[Union["Denial", "Problem"], WebhookEndpoint]]:
    """A new secret, shown once; the old one signs beside it for a while.

    Args:
        id (str):
        idempotency_key (Union[Unset, str]):
        body (RotateRequest): A new secret for an endpoint.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Union['Denial', 'Problem'], WebhookEndpoint]]
    """

    kwargs = _get_kwargs(
        id=id,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    body: RotateRequest,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Optional[Union[Union["Denial", "Problem"], WebhookEndpoint]]:
    """A new secret, shown once; the old one signs beside it for a while.

    Args:
        id (str):
        idempotency_key (Union[Unset, str]):
        body (RotateRequest): A new secret for an endpoint.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Union['Denial', 'Problem'], WebhookEndpoint]
    """

    return sync_detailed(
        id=id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    body: RotateRequest,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Response[Union[Union["Denial", "Problem"], WebhookEndpoint]]:
    """A new secret, shown once; the old one signs beside it for a while.

    Args:
        id (str):
        idempotency_key (Union[Unset, str]):
        body (RotateRequest): A new secret for an endpoint.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Union['Denial', 'Problem'], WebhookEndpoint]]
    """

    kwargs = _get_kwargs(
        id=id,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    body: RotateRequest,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Optional[Union[Union["Denial", "Problem"], WebhookEndpoint]]:
    """A new secret, shown once; the old one signs beside it for a while.

    Args:
        id (str):
        idempotency_key (Union[Unset, str]):
        body (RotateRequest): A new secret for an endpoint.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Union['Denial', 'Problem'], WebhookEndpoint]
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
