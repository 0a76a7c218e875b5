from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.idempotency import Idempotency
from ...models.problem import Problem
from ...types import UNSET, Response


def _get_kwargs(
    key: str,
    *,
    customer: str,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    params["customer"] = customer

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/idempotency/{key}".format(
            key=key,
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[Idempotency, Union["Denial", "Problem"]]:
    if response.status_code == 200:
        response_200 = Idempotency.from_dict(response.json())

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
) -> Response[Union[Idempotency, Union["Denial", "Problem"]]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    key: str,
    *,
    client: Union[AuthenticatedClient, Client],
    customer: str,
) -> Response[Union[Idempotency, Union["Denial", "Problem"]]]:
    """What was answered to a key within the last 7 days, asked through the writer.

    Args:
        key (str):
        customer (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Idempotency, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        key=key,
        customer=customer,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    key: str,
    *,
    client: Union[AuthenticatedClient, Client],
    customer: str,
) -> Optional[Union[Idempotency, Union["Denial", "Problem"]]]:
    """What was answered to a key within the last 7 days, asked through the writer.

    Args:
        key (str):
        customer (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Idempotency, Union['Denial', 'Problem']]
    """

    return sync_detailed(
        key=key,
        client=client,
        customer=customer,
    ).parsed


async def asyncio_detailed(
    key: str,
    *,
    client: Union[AuthenticatedClient, Client],
    customer: str,
) -> Response[Union[Idempotency, Union["Denial", "Problem"]]]:
    """What was answered to a key within the last 7 days, asked through the writer.

    Args:
        key (str):
        customer (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Idempotency, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        key=key,
        customer=customer,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    key: str,
    *,
    client: Union[AuthenticatedClient, Client],
    customer: str,
) -> Optional[Union[Idempotency, Union["Denial", "Problem"]]]:
    """What was answered to a key within the last 7 days, asked through the writer.

    Args:
        key (str):
        customer (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Idempotency, Union['Denial', 'Problem']]
    """

    return (
        await asyncio_detailed(
            key=key,
            client=client,
            customer=customer,
        )
    ).parsed
