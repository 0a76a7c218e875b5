"""A TCP proxy before the server, with faults: what a network does on its bad days."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable

#: Answers of something in between.
AWAY = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\nretry-after: 0\r\n\r\naway"
BUSY = (
    b"HTTP/1.1 409 Conflict\r\ncontent-type: application/problem+json\r\nretry-after: 0\r\n"
    b'content-length: 62\r\n\r\n{"code":"idempotency_in_progress","applied":"unknown","x":"y"}'
)


def problem(status: int, code: str, applied: object) -> bytes:
    """An answer in Probity's own words."""
    body = json.dumps({"code": code, "applied": applied, "detail": code}).encode()
    kind = "content-type: application/problem+json\r\nretry-after: 0"
    return f"HTTP/1.1 {status} x\r\n{kind}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


def close(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


class Proxy:
    """Each request to `path` takes the next fault; without any left it passes.

    `drop_after`: the server applies it, and the answer is dropped. `drop_before`: it never gets
    there. An event: it passes once that is set. Bytes: they are the answer; `away` after them:
    nobody listens any more.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.faults: list[object] = []
        self.path = ""
        self.heard: list[bytes] = []
        self._on_heard: Callable[[bytes], None] = lambda request: None
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def on_heard(self, told: Callable[[bytes], None]) -> None:
        self._on_heard = told

    def end(self) -> None:
        close(self._listener)

    def requests(self, text: str) -> list[bytes]:
        """Those that hold this text."""
        return [request for request in self.heard if text.encode() in request]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                request = _message(client)
                if not request:
                    break
                self.heard.append(request)
                self._on_heard(request)
                is_meant = self.path.encode() in request.split(b"\r\n")[0]
                fault = self.faults.pop(0) if is_meant and self.faults else None
                if fault == "drop_before":
                    break
                if isinstance(fault, threading.Event):
                    fault.wait()
                if isinstance(fault, bytes):
                    is_away = self.faults[:1] == ["away"]
                    if is_away:
                        self.end()
                    client.sendall(fault)
                    if is_away:
                        break
                    continue
                host, port = self.upstream.split(":")
                with socket.create_connection((host, int(port))) as server:
                    server.sendall(request)
                    answer = _message(server)
                if fault == "drop_after" or not answer:
                    break
                client.sendall(answer)
        close(client)


def _message(one: socket.socket) -> bytes:
    """A whole message whose length is told."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = one.recv(65536)
        if not more:
            return b""
        got += more
    head, body = got.split(b"\r\n\r\n", 1)
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        body += one.recv(65536)
    return head + b"\r\n\r\n" + body
