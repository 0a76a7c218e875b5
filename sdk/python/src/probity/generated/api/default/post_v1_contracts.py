from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.contract_request import ContractRequest
from ...models.denial import Denial
from ...models.problem import Problem
from ...models.publishing import Publishing
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: ContractRequest,
    dry_run: Union[Unset, bool] = UNSET,
    idempotency_key: Union[Unset, str] = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    params["dry_run"] = dry_run

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/contracts",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[Publishing, Union["Denial", "Problem"]]:
    if response.status_code == 200:
        response_200 = Publishing.from_dict(response.json())

        return response_200

    if response.status_code == 201:
        response_201 = Publishing.from_dict(response.json())

        return response_201

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
) -> Response[Union[Publishing, Union["Denial", "Problem"]]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    body: ContractRequest,
    dry_run: Union[Unset, bool] = UNSET,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Response[Union[Publishing, Union["Denial", "Problem"]]]:
    """Publish a version, a revision of operations, or both: lint, diff, notice.

    Args:
        dry_run (Union[Unset, bool]):
        idempotency_key (Union[Unset, str]):
        body (ContractRequest): A version of the contract, a revision of operations, or both. Left
            out: unchanged.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Publishing, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: Union[AuthenticatedClient, Client],
    body: ContractRequest,
    dry_run: Union[Unset, bool] = UNSET,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Optional[Union[Publishing, Union["Denial", "Problem"]]]:
    """Publish a version, a revision of operations, or both: lint, diff, notice.

    Args:
        dry_run (Union[Unset, bool]):
        idempotency_key (Union[Unset, str]):
        body (ContractRequest): A version of the contract, a revision of operations, or both. Left
            out: unchanged.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Publishing, Union['Denial', 'Problem']]
    """

    return sync_detailed(
        client=client,
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    body: ContractRequest,
    dry_run: Union[Unset, bool] = UNSET,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Response[Union[Publishing, Union["Denial", "Problem"]]]:
    """Publish a version, a revision of operations, or both: lint, diff, notice.

    Args:
        dry_run (Union[Unset, bool]):
        idempotency_key (Union[Unset, str]):
        body (ContractRequest): A version of the contract, a revision of operations, or both. Left
            out: unchanged.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Publishing, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: Union[AuthenticatedClient, Client],
    body: ContractRequest,
    dry_run: Union[Unset, bool] = UNSET,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Optional[Union[Publishing, Union["Denial", "Problem"]]]:
    """Publish a version, a revision of operations, or both: lint, diff, notice.

    Args:
        dry_run (Union[Unset, bool]):
        idempotency_key (Union[Unset, str]):
        body (ContractRequest): A version of the contract, a revision of operations, or both. Left
            out: unchanged.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Publishing, Union['Denial', 'Problem']]
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            dry_run=dry_run,
            idempotency_key=idempotency_key,
        )
    ).parsed
