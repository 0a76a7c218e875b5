"""Which archive fits this machine, and where it is. It asks nothing of the network."""

import json
import os
import platform
import re
from pathlib import Path
from typing import NamedTuple

from ._trouble import Trouble

# Binaries for Linux are static: the libraries of a distribution do not matter.
TARGETS = {
    ("Linux", "x86_64"): "x86_64-unknown-linux-musl",
    ("Linux", "aarch64"): "aarch64-unknown-linux-musl",
    ("Darwin", "x86_64"): "x86_64-apple-darwin",
    ("Darwin", "arm64"): "aarch64-apple-darwin",
}


class Archive(NamedTuple):
    """The archive for this machine."""

    version: str
    folder: str
    url: str
    sha256: str
    bytes: int

    @property
    def file(self):
        return f"{self.folder}.tar.gz"


def release():
    """What the release that this package belongs to consists of."""
    return json.loads(Path(__file__).with_name("release.json").read_text(encoding="utf-8"))


def archive(told):
    """The archive for this machine: its name, address, checksum and size."""
    version, repository, archives = told["version"], told["repository"], told["archives"]
    system, machine = platform.system(), platform.machine()
    if not archives:
        what = "this probity-cli comes from a source tree, not from a release: it knows no archive"
        raise Trouble("not_released", what, _from_source(version, repository))
    target = TARGETS.get((system, machine))
    if target not in archives:
        what = f"probity {version} has no binary for {system} on {machine}"
        windows = "run it inside WSL, or " if system == "Windows" else ""
        raise Trouble("no_binary", what, windows + _from_source(version, repository))
    folder = f"probity-{version}-{target}"
    base = _mirror() or f"{repository}/releases/download/v{version}"
    return Archive(version, folder, f"{base}/{folder}.tar.gz", **archives[target])


def _mirror():
    """Where PROBITY_MIRROR says that archives are; what is there must have the same checksums."""
    named = os.environ.get("PROBITY_MIRROR", "").rstrip("/")
    if named and not re.match(r"https?://[^/]", named):
        what = "PROBITY_MIRROR is not an address that begins with https:// or http://"
        fix = "name the folder that holds the archives, or unset it"
        raise Trouble("bad_mirror", what, fix)
    return named


def _from_source(version, repository):
    tagged = f"--git {repository} --tag v{version} probity-cli"
    which = tagged if repository else "--path crates/cli"
    return f"build it from the source, with Rust: cargo install --locked {which}"
