import datetime
from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.problem import Problem
from ...models.watched_runs import WatchedRuns
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    since: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    action: Union[Unset, str] = UNSET,
    plan: Union[Unset, str] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
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

    params["cursor"] = cursor

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/reports/shadow/runs",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[Union["Denial", "Problem"], WatchedRuns]:
    if response.status_code == 200:
        response_200 = WatchedRuns.from_dict(response.json())

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
) -> Response[Union[Union["Denial", "Problem"], WatchedRuns]]:
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
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Response[Union[Union["Denial", "Problem"], WatchedRuns]]:
    """The runs of the shadow report, the newest first.

    Args:
        since (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        action (Union[Unset, str]):
        plan (Union[Unset, str]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Union['Denial', 'Problem'], WatchedRuns]]
    """

    kwargs = _get_kwargs(
        since=since,
        until=until,
        action=action,
        plan=plan,
        cursor=cursor,
        limit=limit,
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
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Optional[Union[Union["Denial", "Problem"], WatchedRuns]]:
    """The runs of the shadow report, the newest first.

    Args:
        since (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        action (Union[Unset, str]):
        plan (Union[Unset, str]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Union['Denial', 'Problem'], WatchedRuns]
    """

    return sync_detailed(
        client=client,
        since=since,
        until=until,
        action=action,
        plan=plan,
        cursor=cursor,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: Union[AuthenticatedClient, Client],
    since: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    action: Union[Unset, str] = UNSET,
    plan: Union[Unset, str] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Response[Union[Union["Denial", "Problem"], WatchedRuns]]:
    """The runs of the shadow report, the newest first.

    Args:
        since (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        action (Union[Unset, str]):
        plan (Union[Unset, str]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Union['Denial', 'Problem'], WatchedRuns]]
    """

    kwargs = _get_kwargs(
        since=since,
        until=until,
        action=action,
        plan=plan,
        cursor=cursor,
        limit=limit,
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
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
) -> Optional[Union[Union["Denial", "Problem"], WatchedRuns]]:
    """The runs of the shadow report, the newest first.

    Args:
        since (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        action (Union[Unset, str]):
        plan (Union[Unset, str]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Union['Denial', 'Problem'], WatchedRuns]
    """

    return (
        await asyncio_detailed(
            client=client,
            since=since,
            until=until,
            action=action,
            plan=plan,
            cursor=cursor,
            limit=limit,
        )
    ).parsed
