"""The released binary in the user's cache folder: fetched once, written only after its checksum was
seen to be right, and there whole or not at all. Two at once do no harm: the first to finish stays.

The folder is the same as that of the npm package.
"""

import base64
import hashlib
import http.client
import io
import os
import shutil
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from ._target import archive, release
from ._trouble import ANOTHER_WAY, Trouble

# Since the last byte, not since the start: slow is not broken.
SILENCE = 30


def installed():
    """The path of the binary, which is there when this returns."""
    wanted = archive(release())
    cache = _cache_folder()
    # By its checksum: another archive of the same number is another binary.
    folder = cache / f"{wanted.folder}-{wanted.sha256[:16]}"
    binary = folder / "probity"
    if not binary.is_file():
        _place(_fetched(wanted), cache, folder)
    return str(binary)


def _cache_folder():
    home = "Library/Caches" if sys.platform == "darwin" else ".cache"
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / home) / "probity" / "cli"


def _fetched(wanted):
    """The binary out of the archive, which is what was released."""
    size = f"{wanted.bytes / 1e6:.1f} MB"
    sys.stderr.write(f"probity {wanted.version}: fetching {wanted.file} ({size}), once\n")
    sys.stderr.flush()
    content = _received(wanted)
    if len(content) < wanted.bytes:
        what = f"the download broke off: {len(content)} of {wanted.bytes} bytes came"
        raise Trouble("cut_off", what, f"try again; where it stays so, {ANOTHER_WAY}")
    if len(content) > wanted.bytes or hashlib.sha256(content).hexdigest() != wanted.sha256:
        raise Trouble(
            "wrong_checksum",
            f"{_without_credentials(wanted.url)[0]} is not what was released: "
            "its checksum is another one",
            "do not use what is there; try again from another network or without PROBITY_MIRROR, "
            "and report it where it stays so",
        )
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as tar:
        return tar.extractfile(f"{wanted.folder}/probity").read()


def _received(wanted):
    """The bytes at the address; fewer where it broke off, and no more than shows that they are too
    many.
    """
    url, headers = _without_credentials(wanted.url)
    request = urllib.request.Request(url, headers={"User-Agent": "probity-cli"})
    for name, value in headers.items():
        # Not for whomever the mirror leads on to.
        request.add_unredirected_header(name, value)
    parts = []
    try:
        # Knows the proxies that the environment names.
        with urllib.request.urlopen(request, timeout=SILENCE) as answer:
            while sum(map(len, parts)) <= wanted.bytes:
                part = answer.read(1 << 20)
                if not part:
                    break
                parts.append(part)
    except http.client.IncompleteRead as cut:
        parts.append(cut.partial)
    except (OSError, ValueError, http.client.HTTPException) as error:
        if parts:
            return b"".join(parts)
        raise Trouble(
            "not_fetched",
            f"{url} could not be fetched: {_why(error)}",
            "check the network, the proxy (https_proxy, no_proxy) and the certificates "
            "(SSL_CERT_FILE); PROBITY_MIRROR names another place that has the archives",
        ) from error
    return b"".join(parts)


def _why(error):
    if isinstance(error, urllib.error.HTTPError):
        return f"{urlsplit(error.url).hostname} answers {error.code}"
    return getattr(error, "reason", None) or error


def _without_credentials(url):
    """An address without the name and password that a mirror may want, and the header that takes
    them.
    """
    parts = urlsplit(url)
    credentials, _, host = parts.netloc.rpartition("@")
    shown = urlunsplit(parts._replace(netloc=host))
    if not credentials:
        return shown, {}
    told = base64.b64encode(unquote(credentials).encode()).decode()
    return shown, {"Authorization": f"Basic {told}"}


def _place(binary, cache, folder):
    aside = None
    try:
        cache.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=cache))
        (aside / "probity").write_bytes(binary)
        (aside / "probity").chmod(0o755)
        aside.rename(folder)
        aside = None
    except OSError as error:
        # Somebody else was sooner.
        if (folder / "probity").is_file():
            return
        what = f"{folder} could not be written: {error.strerror}"
        fix = "make room and remove what is there, or name another cache folder with XDG_CACHE_HOME"
        raise Trouble("not_written", what, fix) from error
    finally:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)
