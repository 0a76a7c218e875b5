"""A server for all tests, and customers of their own for each."""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from probity import AsyncProbity, Probity

from served import Process, Server

_n = itertools.count(1)
#: LiteLLM has an environment of its own, without the rest.
_is_litellm = importlib.util.find_spec("litellm") is not None
collect_ignore = [] if _is_litellm else ["test_litellm.py"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("served"))
    yield server
    server.end()


@pytest.fixture(scope="session")
def upstream() -> Iterator[Process]:
    """An AI provider that is made up."""
    upstream = Process("fake-upstream", "--listen", "127.0.0.1:0", "--pace", "100")
    yield upstream
    upstream.end()


@pytest.fixture
def probity(server: Server) -> Iterator[Probity]:
    with Probity(server.url, server.live) as probity:
        yield probity


@pytest.fixture
async def aprobity(server: Server) -> Any:
    async with AsyncProbity(server.url, server.live) as probity:
        yield probity


@pytest.fixture
def customer(probity: Probity) -> str:
    """Somebody on pro, with 120 credits."""
    name = f"customer{next(_n)}"
    probity.customer(name, plan="pro")
    return name


@pytest.fixture
def poor(probity: Probity) -> str:
    """Somebody on discovery, with 25 credits and nothing for sale."""
    name = f"customer{next(_n)}"
    probity.customer(name, plan="discovery")
    return name


@pytest.fixture
def used(probity: Probity, customer: str) -> Any:
    """How many credits the customer has used."""
    return lambda: Decimal(120) - probity.wallet(customer).balance
