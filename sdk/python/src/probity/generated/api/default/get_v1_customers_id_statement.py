import datetime
from http import HTTPStatus
from typing import Any, Optional, Union

import httpx

from ...client import AuthenticatedClient, Client
from ...models.denial import Denial
from ...models.get_v1_customers_id_statement_format import (
    GetV1CustomersIdStatementFormat,
)
from ...models.get_v1_customers_id_statement_only import (
    GetV1CustomersIdStatementOnly,
)
from ...models.problem import Problem
from ...models.statement import Statement
from ...types import UNSET, Response, Unset


def _get_kwargs(
    id: str,
    *,
    only: Union[Unset, GetV1CustomersIdStatementOnly] = UNSET,
    action: Union[Unset, str] = UNSET,
    from_: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
    format_: Union[Unset, GetV1CustomersIdStatementFormat] = UNSET,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    json_only: Union[Unset, str] = UNSET
    if not isinstance(only, Unset):
        json_only = only

    params["only"] = json_only

    params["action"] = action

    json_from_: Union[Unset, str] = UNSET
    if not isinstance(from_, Unset):
        json_from_ = from_.isoformat()
    params["from"] = json_from_

    json_until: Union[Unset, str] = UNSET
    if not isinstance(until, Unset):
        json_until = until.isoformat()
    params["until"] = json_until

    params["cursor"] = cursor

    params["limit"] = limit

    json_format_: Union[Unset, str] = UNSET
    if not isinstance(format_, Unset):
        json_format_ = format_

    params["format"] = json_format_

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/customers/{id}/statement".format(
            id=id,
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: Union[AuthenticatedClient, Client], response: httpx.Response
) -> Union[Statement, Union["Denial", "Problem"]]:
    if response.status_code == 200:
        response_200 = Statement.from_dict(response.json())

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
) -> Response[Union[Statement, Union["Denial", "Problem"]]]:
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
    only: Union[Unset, GetV1CustomersIdStatementOnly] = UNSET,
    action: Union[Unset, str] = UNSET,
    from_: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
    format_: Union[Unset, GetV1CustomersIdStatementFormat] = UNSET,
) -> Response[Union[Statement, Union["Denial", "Problem"]]]:
    """What happened to a customer's credits, the newest first; in JSON, or whole in CSV.

     Also with a customer token.

    Args:
        id (str):
        only (Union[Unset, GetV1CustomersIdStatementOnly]):
        action (Union[Unset, str]):
        from_ (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):
        format_ (Union[Unset, GetV1CustomersIdStatementFormat]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Statement, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        id=id,
        only=only,
        action=action,
        from_=from_,
        until=until,
        cursor=cursor,
        limit=limit,
        format_=format_,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    only: Union[Unset, GetV1CustomersIdStatementOnly] = UNSET,
    action: Union[Unset, str] = UNSET,
    from_: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
    format_: Union[Unset, GetV1CustomersIdStatementFormat] = UNSET,
) -> Optional[Union[Statement, Union["Denial", "Problem"]]]:
    """What happened to a customer's credits, the newest first; in JSON, or whole in CSV.

     Also with a customer token.

    Args:
        id (str):
        only (Union[Unset, GetV1CustomersIdStatementOnly]):
        action (Union[Unset, str]):
        from_ (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):
        format_ (Union[Unset, GetV1CustomersIdStatementFormat]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Statement, Union['Denial', 'Problem']]
    """

    return sync_detailed(
        id=id,
        client=client,
        only=only,
        action=action,
        from_=from_,
        until=until,
        cursor=cursor,
        limit=limit,
        format_=format_,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    only: Union[Unset, GetV1CustomersIdStatementOnly] = UNSET,
    action: Union[Unset, str] = UNSET,
    from_: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
    format_: Union[Unset, GetV1CustomersIdStatementFormat] = UNSET,
) -> Response[Union[Statement, Union["Denial", "Problem"]]]:
    """What happened to a customer's credits, the newest first; in JSON, or whole in CSV.

     Also with a customer token.

    Args:
        id (str):
        only (Union[Unset, GetV1CustomersIdStatementOnly]):
        action (Union[Unset, str]):
        from_ (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):
        format_ (Union[Unset, GetV1CustomersIdStatementFormat]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Union[Statement, Union['Denial', 'Problem']]]
    """

    kwargs = _get_kwargs(
        id=id,
        only=only,
        action=action,
        from_=from_,
        until=until,
        cursor=cursor,
        limit=limit,
        format_=format_,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    *,
    client: Union[AuthenticatedClient, Client],
    only: Union[Unset, GetV1CustomersIdStatementOnly] = UNSET,
    action: Union[Unset, str] = UNSET,
    from_: Union[Unset, datetime.datetime] = UNSET,
    until: Union[Unset, datetime.datetime] = UNSET,
    cursor: Union[Unset, str] = UNSET,
    limit: Union[Unset, int] = UNSET,
    format_: Union[Unset, GetV1CustomersIdStatementFormat] = UNSET,
) -> Optional[Union[Statement, Union["Denial", "Problem"]]]:
    """What happened to a customer's credits, the newest first; in JSON, or whole in CSV.

     Also with a customer token.

    Args:
        id (str):
        only (Union[Unset, GetV1CustomersIdStatementOnly]):
        action (Union[Unset, str]):
        from_ (Union[Unset, datetime.datetime]):
        until (Union[Unset, datetime.datetime]):
        cursor (Union[Unset, str]):
        limit (Union[Unset, int]):
        format_ (Union[Unset, GetV1CustomersIdStatementFormat]):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Union[Statement, Union['Denial', 'Problem']]
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            only=only,
            action=action,
            from_=from_,
            until=until,
            cursor=cursor,
            limit=limit,
            format_=format_,
        )
    ).parsed
