#!/usr/bin/env python3
"""A product with a credits table written by hand, as many have one: what docs/recipes/from-a-credits-table.md moves away from.

It takes a credit before it calls the AI, and keeps it when the call fails. Only the standard library.

    python3 app.py init                      a database with some users
    python3 app.py serve                     the backend, on 127.0.0.1:3000
    python3 app.py traffic                   some hundred calls through the gateway, as a busy morning has them
    python3 app.py export > users.csv        the credits table
    python3 app.py charges > ours.csv        what it charged
"""

import argparse
import csv
import datetime
import http.server
import json
import sqlite3
import sys
import urllib.error
import urllib.request

DATABASE = "users.db"
PRICE = 1


def connect():
    database = sqlite3.connect(DATABASE, timeout=30, isolation_level=None)
    database.row_factory = sqlite3.Row
    return database


def init():
    database = connect()
    database.executescript(
        """
        CREATE TABLE users (id TEXT PRIMARY KEY, tier TEXT NOT NULL, credits INTEGER NOT NULL);
        CREATE TABLE charges (user_id TEXT, action TEXT, question TEXT, created_at TEXT, charged INTEGER);
        """
    )
    for n in range(1, 41):
        tier = "premium" if n % 4 == 0 else "free"
        credits = 100 + 10 * n if tier == "premium" else 10 + n
        database.execute("INSERT INTO users VALUES (?, ?, ?)", (f"user_{n}", tier, credits))
    print("users.db: 40 users")


class Backend(http.server.BaseHTTPRequestHandler):
    """POST /api/answers {"question": "q1", "model": "gpt-4o-mini"} by X-User-Id."""

    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True
    upstream = ""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        user, headers = self.headers.get("X-User-Id", ""), {}
        # The one line that moving away needs: what Probity charges is not charged here, too.
        if self.headers.get("Probity-Mode") != "enforce":
            if not self.charge(user, body):
                return self.answer(402, {"error": "You have no credits left."}, headers)
            # What Probity compares itself with, while it watches.
            headers["Probity-Now-Charged"] = str(PRICE)
        try:
            text = self.ask(body)
        except (urllib.error.URLError, OSError, ValueError, KeyError, IndexError):
            # The credit stays taken: this is why people write to support.
            return self.answer(502, {"error": "The AI did not answer."}, headers)
        self.answer(200, {"answer": text}, headers)

    def charge(self, user, body):
        database = connect()
        taken = database.execute(
            "UPDATE users SET credits = credits - ? WHERE id = ? AND credits >= ?", (PRICE, user, PRICE)
        )
        if taken.rowcount != 1:
            return False
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        row = (user, "answer", body.get("question"), now, PRICE)
        database.execute("INSERT INTO charges VALUES (?, ?, ?, ?, ?)", row)
        return True

    def ask(self, body):
        sent = {"model": body.get("model"), "messages": [{"role": "user", "content": body.get("question")}]}
        request = urllib.request.Request(
            self.upstream + "/v1/chat/completions",
            json.dumps(sent).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as said:
            text = json.load(said)["choices"][0]["message"]["content"]
        if not text:
            raise ValueError("nothing was said")
        return text

    def answer(self, status, body, headers):
        body = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve(listen, upstream):
    host, port = listen.rsplit(":", 1)
    Backend.upstream = upstream
    http.server.ThreadingHTTPServer((host, int(port)), Backend).serve_forever()


def traffic(gateway, morning):
    """Every user asks some questions; one answer in ten fails."""
    ends = {}
    for n in range(200):
        user = f"user_{n % 40 + 1}"
        model = "fake-status-500" if n % 10 == 3 else "gpt-4o-mini"
        sent = json.dumps({"question": f"{morning}_q{n}", "model": model}).encode()
        headers = {"Content-Type": "application/json", "X-User-Id": user}
        request = urllib.request.Request(gateway + "/api/answers", sent, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as said:
                end = said.status
                said.read()
        except urllib.error.HTTPError as error:
            end = error.code
            error.read()
        ends[end] = ends.get(end, 0) + 1
    print(", ".join(f"{count} × {status}" for status, count in sorted(ends.items())))


def table(query):
    rows = connect().execute(query)
    out = csv.writer(sys.stdout)
    out.writerow([column[0] for column in rows.description])
    out.writerows(tuple(row) for row in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("do", choices=["init", "serve", "traffic", "export", "charges"])
    parser.add_argument("--listen", default="127.0.0.1:3000")
    parser.add_argument("--upstream", default="http://127.0.0.1:8788")
    parser.add_argument("--gateway", default="http://127.0.0.1:8787")
    parser.add_argument("--morning", default="monday")
    said = parser.parse_args()
    if said.do == "init":
        init()
    elif said.do == "serve":
        serve(said.listen, said.upstream)
    elif said.do == "traffic":
        traffic(said.gateway, said.morning)
    elif said.do == "export":
        table("SELECT id, tier, credits FROM users ORDER BY id")
    else:
        table("SELECT user_id, action, question, created_at, charged FROM charges")


if __name__ == "__main__":
    main()
