"""Clients that leave, and a web server that is real."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import uvicorn


class Web:
    """An ASGI application on uvicorn, in a thread with an event loop of its own."""

    def __init__(self, app: Any) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    @property
    def port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def end(self) -> None:
        self._server.should_exit = True
        self._thread.join()


def ask(port: int, path: str, customer: str) -> socket.socket:
    """Sends a request, and does not wait for its answer."""
    client = socket.create_connection(("127.0.0.1", port))
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\nx-customer: {customer}\r\ncontent-length: 0\r\n\r\n"
    client.sendall(head.encode())
    return client


def read_until(client: socket.socket, text: bytes) -> bytes:
    """What comes, until this stands in it."""
    got = b""
    while text not in got:
        more = client.recv(4096)
        assert more, got
        got += more
    return got
