from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.claw_back import ClawBack
from ...models.clawed_back import ClawedBack
from ...models.denial import Denial
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    id: str,
    payment: str,
    *,
    body: ClawBack,
    idempotency_key: Union[Unset, str] = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/customers/{id}/top-ups/{payment}/claw-back".format(
            id=id,
            payment=payment,
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[ClawedBack, Union["Denial", "Problem"]]:
    if response.status_code == 200:
        response_200 = ClawedBack.from_dict(response.json())

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
) -> Response[Union[ClawedBack, Union["Denial", "Problem"]]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    id: str,
    payment: str,
    *,
    client: Union[AuthenticatedClient, Client],
    body: ClawBack,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Response[Union[ClawedBack, Union["Denial", "Problem"]]]:
    """A payment was taken back, or unused credits are given back for money.

    Args:
        id (str):
        payment (str):
        idempotency_key (Union[Unset, str]):
        body (ClawBack): A payment was taken back, or unused credits are given back for money.
            Beside refunds and disputes that the payment provider tells of it is the same money: the
            greater counts, whichever came first.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[ClawedBack, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        id=id,
        payment=payment,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    payment: str,
    *,
    client: Union[AuthenticatedClient, Client],
    body: ClawBack,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Optional[Union[ClawedBack, Union["Denial", "Problem"]]]:
    """A payment was taken back, or unused credits are given back for money.

    Args:
        id (str):
        payment (str):
        idempotency_key (Union[Unset, str]):
        body (ClawBack): A payment was taken back, or unused credits are given back for money.
            Beside refunds and disputes that the payment provider tells of it is the same money: the
            greater counts, whichever came first.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[ClawedBack, Union['Denial', 'Problem']]
    """

    return sync_detailed(
        id=id,
        payment=payment,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    id: str,
    payment: str,
    *,
    client: Union[AuthenticatedClient, Client],
    body: ClawBack,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Response[Union[ClawedBack, Union["Denial", "Problem"]]]:
    """A payment was taken back, or unused credits are given back for money.

    Args:
        id (str):
        payment (str):
        idempotency_key (Union[Unset, str]):
        body (ClawBack): A payment was taken back, or unused credits are given back for money.
            Beside refunds and disputes that the payment provider tells of it is the same money: the
            greater counts, whichever came first.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[ClawedBack, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        id=id,
        payment=payment,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    payment: str,
    *,
    client: Union[AuthenticatedClient, Client],
    body: ClawBack,
    idempotency_key: Union[Unset, str] = UNSET,
) -> Optional[Union[ClawedBack, Union["Denial", "Problem"]]]:
    """A payment was taken back, or unused credits are given back for money.

    Args:
        id (str):
        payment (str):
        idempotency_key (Union[Unset, str]):
        body (ClawBack): A payment was taken back, or unused credits are given back for money.
            Beside refunds and disputes that the payment provider tells of it is the same money: the
            greater counts, whichever came first.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[ClawedBack, Union['Denial', 'Problem']]
    """

    return (
        await asyncio_detailed(
            id=id,
            payment=payment,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
