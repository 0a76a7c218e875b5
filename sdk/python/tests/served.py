"""The real binary, serving: processes of their own that end with whoever started them."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).parents[3]


def binary() -> str:
    """The binary that is tested."""
    return os.environ.get("PROBITY_BIN") or str(ROOT / "target" / "debug" / "probity")


def until(asks: Callable[[], T], is_it: Callable[[T], bool]) -> T:
    """Asks until it is so: what is told from another thread or process comes a moment later."""
    for _ in range(5000):
        found = asks()
        if is_it(found):
            return found
    raise AssertionError(f"it stays at {found}")


class Process:
    """A process that says on standard error where it listens."""

    def __init__(self, *args: str) -> None:
        self._process = subprocess.Popen(
            [binary(), *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self._process.stderr is not None
        said = ""
        for line in self._process.stderr:
            said += line
            found = re.search(r"http://([0-9.]+:[0-9]+)", line)
            if found:
                self.address = found[1]
                break
        else:
            raise AssertionError(f"it does not listen: {said}")
        # What it says later is read, so that it can go on.
        threading.Thread(target=self._process.stderr.read, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


class Server(Process):
    """`probity serve` on the sample contract; by its database it can be started again."""

    def __init__(self, folder: Path, listen: str = "127.0.0.1:0") -> None:
        self._folder = folder
        database = str(folder / "probity.db")
        contract = str(ROOT / "contracts" / "jobscout")
        is_new = not (folder / "probity.db").exists()
        super().__init__("serve", contract, "--database", database, "--listen", listen)
        if is_new:
            assert self._process.stdout is not None
            keys = [self._process.stdout.readline() for _ in range(2)]
            self.live, self.sandbox = (line.split(": ")[1].strip() for line in keys)

    def again(self) -> Server:
        """Ends it at once, and starts it anew on the same port and database."""
        self.end()
        after = Server(self._folder, self.address)
        after.live, after.sandbox = self.live, self.sandbox
        return after
