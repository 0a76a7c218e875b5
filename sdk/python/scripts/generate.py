"""Makes `src/probity/generated` anew from the OpenAPI of a server.

    python scripts/generate.py openapi.json [FOLDER]

Needs openapi-python-client and ruff, as `requirements/dev.txt` pins them. What it writes is never
changed by hand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GENERATED = Path(__file__).parents[1] / "src" / "probity" / "generated"
SETTINGS = """\
literal_enums: true
post_hooks: []
"""
TOOLS = Path(sys.executable).parent


def generate(document: Path, folder: Path) -> None:
    """Writes the client for this document into a folder, in place of what is there."""
    with tempfile.TemporaryDirectory() as below:
        settings, made = Path(below) / "settings.yaml", Path(below) / "made"
        settings.write_text(SETTINGS)
        command = [TOOLS / "openapi-python-client", "generate", "--path", document]
        command += ["--output-path", made, "--meta", "none", "--config", settings]
        # Whatever it cannot read is an error: nothing may be left out in silence.
        subprocess.run([*command, "--fail-on-warning"], check=True, stdout=subprocess.DEVNULL)
        ruff = [TOOLS / "ruff", "--quiet", "--isolated"]
        subprocess.run(
            [ruff[0], "check", *ruff[1:], "--select", "I,F401,F811", "--fix", "--exit-zero", made],
            check=True,
        )
        subprocess.run([ruff[0], "format", *ruff[1:], "--line-length", "100", made], check=True)
        shutil.rmtree(made / ".ruff_cache", ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)


if __name__ == "__main__":
    generate(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else GENERATED)
