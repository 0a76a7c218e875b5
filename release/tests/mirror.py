"""A small server with the archives of a release, and with what can go wrong on the way to them.

The first part of a path says how it is answered: `good`, `cut` (half of it, then the line is dead),
`altered` (one byte is another), `longer`, `moved` (led on to `good`), `endless` (led on to itself),
`locked` (good, for whoever knows the password; then led on). It is a proxy, too: for http and, by
CONNECT, for https. It keeps what it was asked.
"""

import base64
import select
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

PASSWORD = "Basic " + base64.b64encode(b"ana:s3cret").decode()


class Mirror:
    """Serves a folder until it is closed; `asked` has each request: method, path, headers."""

    def __init__(self, dist, certificate=None):
        self.dist = Path(dist)
        self.asked = []
        self.leads_to = None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
        self.server.daemon_threads = True
        self.server.mirror = self
        self.port = self.server.server_address[1]
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.scheme = "https"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def at(self, how, credentials=""):
        return f"{self.scheme}://{credentials}127.0.0.1:{self.port}/{how}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        mirror = self.server.mirror
        mirror.asked.append(("GET", self.path, dict(self.headers)))
        _, how, name = urlsplit(self.path).path.split("/", 2)
        if how == "locked" and self.headers.get("Authorization") != PASSWORD:
            return self.say(401)
        if how in ("moved", "endless", "locked"):
            to = mirror.leads_to or f"/{'endless' if how == 'endless' else 'good'}"
            return self.say(302, {"Location": f"{to}/{name}"})
        file = mirror.dist / name
        if not file.is_file():
            return self.say(404)
        content = file.read_bytes()
        if how == "altered":
            content = content[:-1] + bytes([content[-1] ^ 1])
        if how == "longer":
            content += b"more"
        self.say(
            200, {"Content-Length": len(content)}, content[: len(content) // (1 + (how == "cut"))]
        )
        self.close_connection = how == "cut"

    def do_CONNECT(self):
        self.server.mirror.asked.append(("CONNECT", self.path, dict(self.headers)))
        host, port = self.path.split(":")
        with socket.create_connection((host, int(port))) as there:
            self.say(200, {})
            try:
                self.pass_on(self.connection, there)
            except OSError:
                # Whoever does not trust the certificate hangs up.
                pass
        self.close_connection = True

    def pass_on(self, here, there):
        while True:
            for ready in select.select([here, there], [], [])[0]:
                part = ready.recv(1 << 16)
                if not part:
                    return
                (there if ready is here else here).sendall(part)

    def say(self, status, headers=None, content=b""):
        self.send_response(status)
        for name, value in ({"Content-Length": 0} if headers is None else headers).items():
            self.send_header(name, value)
        if headers and "Location" in headers:
            self.send_header("Content-Length", 0)
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            pass

    def log_message(self, *_):
        pass
