from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.prices import Prices
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    id: str,
    *,
    last_30_days: Union[Unset, bool] = UNSET,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    params["last_30_days"] = last_30_days

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/customers/{id}/prices".format(
            id=id,
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[Prices, Union["Denial", "Problem"]]:
    if response.status_code == 200:
        response_200 = Prices.from_dict(response.json())

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
) -> Response[Union[Prices, Union["Denial", "Problem"]]]:
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
    last_30_days: Union[Unset, bool] = UNSET,
) -> Response[Union[Prices, Union["Denial", "Problem"]]]:
    """Every action with its price, what allows or forbids it, words for its button.

     Also with a customer token.

    Args:
        id (str):
        last_30_days (Union[Unset, bool]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Prices, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        id=id,
        last_30_days=last_30_days,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    last_30_days: Union[Unset, bool] = UNSET,
) -> Optional[Union[Prices, Union["Denial", "Problem"]]]:
    """Every action with its price, what allows or forbids it, words for its button.

     Also with a customer token.

    Args:
        id (str):
        last_30_days (Union[Unset, bool]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Prices, Union['Denial', 'Problem']]
    """

    return sync_detailed(
        id=id,
        client=client,
        last_30_days=last_30_days,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    last_30_days: Union[Unset, bool] = UNSET,
) -> Response[Union[Prices, Union["Denial", "Problem"]]]:
    """Every action with its price, what allows or forbids it, words for its button.

     Also with a customer token.

    Args:
        id (str):
        last_30_days (Union[Unset, bool]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Prices, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        id=id,
        last_30_days=last_30_days,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    last_30_days: Union[Unset, bool] = UNSET,
) -> Optional[Union[Prices, Union["Denial", "Problem"]]]:
    """Every action with its price, what allows or forbids it, words for its button.

     Also with a customer token.

    Args:
        id (str):
        last_30_days (Union[Unset, bool]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Prices, Union['Denial', 'Problem']]
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            last_30_days=last_30_days,
        )
    ).parsed
