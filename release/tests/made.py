"""A release as it would be made, once for all tests: an archive of the binary that `PROBITY_BINARY`
names, by release/build, and copies of both packages that know its checksum, by release/checksums.
"""

import atexit
import functools
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RELEASE = Path(__file__).resolve().parent.parent
SYSTEM = {"Linux": "unknown-linux-musl", "Darwin": "apple-darwin"}[platform.system()]
TARGET = f"{platform.machine().replace('arm64', 'aarch64')}-{SYSTEM}"
REPOSITORY = "https://code.example/probity/probity"
VERSION = json.loads((RELEASE / "npx/release.json").read_text())["version"]
ARCHIVE = f"probity-{VERSION}-{TARGET}.tar.gz"


@functools.cache
def scratch():
    """A folder that goes when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="probity-release-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def folder():
    """An empty folder of its own."""
    return Path(tempfile.mkdtemp(dir=scratch()))


def environment(**more):
    """This process's environment without what would change the way to an archive."""
    changes = ("proxy", "_proxy", "PROBITY_", "XDG_CACHE_HOME", "NODE_", "PYTHON")
    kept = {
        k: v for k, v in os.environ.items() if not any(c in k or c.upper() in k for c in changes)
    }
    return {**kept, **{name: str(value) for name, value in more.items()}}


def build(dist, *args):
    env = environment(DIST=dist)
    return subprocess.run([RELEASE / "build", *args], env=env, capture_output=True, text=True)


def checksums(dist, packages):
    command = [RELEASE / "checksums", dist, "--repository", REPOSITORY, "--packages", packages]
    return subprocess.run(command, capture_output=True, text=True)


@functools.cache
def made():
    """The folder with `dist` (the archive) and the packages `npx` and `uvx`, filled in."""
    top = scratch()
    binary = top / "probity"
    shutil.copy(os.environ["PROBITY_BINARY"], binary)
    # A debug build is ten times as large; without what debuggers read it is packed in no time.
    if shutil.which("strip"):
        subprocess.run(["strip", binary], check=True)
    packed = build(top / "dist", TARGET, "--binary", binary)
    assert packed.returncode == 0, packed.stderr
    for package in ("npx", "uvx"):
        shutil.copytree(
            RELEASE / package, top / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    filled = checksums(top / "dist", top)
    assert filled.returncode == 0, filled.stderr
    return top


def npx(packages):
    """The command of the npm package, from a folder that holds it, and its environment."""
    return ["node", str(packages / "npx/bin/probity.mjs")], {}


def uvx(packages):
    """The command of the Python package, from a folder that holds it, and its environment."""
    path = {"PYTHONPATH": packages / "uvx/src", "PYTHONDONTWRITEBYTECODE": "1"}
    return [sys.executable, "-m", "probity_cli"], path
