import datetime
from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.problem import Problem
from ...models.shadow_report import ShadowReport
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    since: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    action: Union[Unset, str] = UNSET,
    plan: Union[Unset, str] = UNSET,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    json_since: Union[Unset, str] = UNSET
    if not isinstance(since, Unset):
        json_since = since.isoformat()
    params["since"] = json_since

    json_until: Union[Unset, str] = UNSET
    if not isinstance(until, Unset):
        json_until = until.isoformat()
    params["until"] = json_until

    params["action"] = action

    params["plan"] = plan

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/reports/shadow",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[ShadowReport, Union["Denial", "Problem"]]:
    if response.status_code == 200:
        response_200 = ShadowReport.from_dict(response.json())

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
) -> Response[Union[ShadowReport, Union["Denial", "Problem"]]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    since: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    action: Union[Unset, str] = UNSET,
    plan: Union[Unset, str] = UNSET,
) -> Response[Union[ShadowReport, Union["Denial", "Problem"]]]:
    """What was watched in shadow: would-be charges and refusals, beside today's billing.

    Args:
        since (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        action (Union[Unset, str]):
        plan (Union[Unset, str]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[ShadowReport, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        since=since,
        until=until,
        action=action,
        plan=plan,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: Union[AuthenticatedClient, Client],
    since: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    action: Union[Unset, str] = UNSET,
    plan: Union[Unset, str] = UNSET,
) -> Optional[Union[ShadowReport, Union["Denial", "Problem"]]]:
    """What was watched in shadow: would-be charges and refusals, beside today's billing.

    Args:
        since (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        action (Union[Unset, str]):
        plan (Union[Unset, str]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[ShadowReport, Union['Denial', 'Problem']]
    """

    return sync_detailed(
        client=client,
        since=since,
        until=until,
        action=action,
        plan=plan,
    ).parsed


async def asyncio_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    since: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    action: Union[Unset, str] = UNSET,
    plan: Union[Unset, str] = UNSET,
) -> Response[Union[ShadowReport, Union["Denial", "Problem"]]]:
    """What was watched in shadow: would-be charges and refusals, beside today's billing.

    Args:
        since (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        action (Union[Unset, str]):
        plan (Union[Unset, str]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[ShadowReport, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        since=since,
        until=until,
        action=action,
        plan=plan,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: Union[AuthenticatedClient, Client],
    since: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    action: Union[Unset, str] = UNSET,
    plan: Union[Unset, str] = UNSET,
) -> Optional[Union[ShadowReport, Union["Denial", "Problem"]]]:
    """What was watched in shadow: would-be charges and refusals, beside today's billing.

    Args:
        since (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        action (Union[Unset, str]):
        plan (Union[Unset, str]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[ShadowReport, Union['Denial', 'Problem']]
    """

    return (
        await asyncio_detailed(
            client=client,
            since=since,
            until=until,
            action=action,
            plan=plan,
        )
    ).parsed
