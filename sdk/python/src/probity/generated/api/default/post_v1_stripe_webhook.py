from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.problem import Problem
from ...models.stripe_event import StripeEvent
from ...models.stripe_told import StripeTold
from ...types import Response


def _get_kwargs(
    *,
    body: StripeEvent,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/stripe/webhook",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[StripeTold, Union["Denial", "Problem"]]:
    if response.status_code == 200:
        response_200 = StripeTold.from_dict(response.json())

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
) -> Response[Union[StripeTold, Union["Denial", "Problem"]]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    body: StripeEvent,
) -> Response[Union[StripeTold, Union["Denial", "Problem"]]]:
    """What Stripe tells of payments, refunds, disputes and subscriptions; signed by it.

     The header `Stripe-Signature` says who sent it.

    Args:
        body (StripeEvent): An event as Stripe sends it, with all that it has besides.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[StripeTold, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: Union[AuthenticatedClient, Client],
    body: StripeEvent,
) -> Optional[Union[StripeTold, Union["Denial", "Problem"]]]:
    """What Stripe tells of payments, refunds, disputes and subscriptions; signed by it.

     The header `Stripe-Signature` says who sent it.

    Args:
        body (StripeEvent): An event as Stripe sends it, with all that it has besides.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[StripeTold, Union['Denial', 'Problem']]
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    body: StripeEvent,
) -> Response[Union[StripeTold, Union["Denial", "Problem"]]]:
    """What Stripe tells of payments, refunds, disputes and subscriptions; signed by it.

     The header `Stripe-Signature` says who sent it.

    Args:
        body (StripeEvent): An event as Stripe sends it, with all that it has besides.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[StripeTold, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: Union[AuthenticatedClient, Client],
    body: StripeEvent,
) -> Optional[Union[StripeTold, Union["Denial", "Problem"]]]:
    """What Stripe tells of payments, refunds, disputes and subscriptions; signed by it.

     The header `Stripe-Signature` says who sent it.

    Args:
        body (StripeEvent): An event as Stripe sends it, with all that it has besides.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[StripeTold, Union['Denial', 'Problem']]
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
