"""What is shipped: generated from this server's API, typed, tidy, and running as it stands."""

from __future__ import annotations

import ast
import filecmp
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from probity import Probity

from served import Process, Server

SDK = Path(__file__).parents[1]
EXAMPLES = SDK / "examples"
LONGEST_FILE, LONGEST_FUNCTION = 520, 70


@pytest.fixture
def env(server: Server, upstream: Process, probity: Probity) -> dict[str, str]:
    """What the examples find in their environment; ana is new or known."""
    probity.customer("ana", plan="pro")
    told = {
        "PROBITY_URL": server.url,
        "PROBITY_KEY": server.live,
        "OPENAI_BASE_URL": upstream.url + "/v1",
        "OPENAI_API_KEY": "theirs",
        "PYTHONPATH": str(SDK / "src"),
    }
    return {**os.environ, **told}


def must(*command: Any, **more: Any) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def differences(one: filecmp.dircmp[str]) -> list[str]:
    found = [*one.left_only, *one.right_only, *one.diff_files]
    for below in one.subdirs.values():
        found += differences(below)
    return [name for name in found if name != "__pycache__"]


def test_the_client_is_generated_from_this_api(server: Server, tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(httpx.get(f"{server.url}/openapi.json").text)
    anew = tmp_path / "generated"
    must(sys.executable, SDK / "scripts" / "generate.py", document, anew)
    stale = differences(filecmp.dircmp(SDK / "src" / "probity" / "generated", anew))
    assert not stale, f"python scripts/generate.py openapi.json makes these anew: {stale}"
    assert len(list(anew.rglob("*.py"))) > 200


def test_the_whole_client_can_be_imported(env: dict[str, str]) -> None:
    walk = (
        "import pkgutil, importlib, probity.generated as g\n"
        "names = [m.name for m in pkgutil.walk_packages(g.__path__, g.__name__ + '.')]\n"
        "[importlib.import_module(name) for name in names]\n"
        "print(len(names))"
    )
    assert int(must(sys.executable, "-c", walk, env=env)) > 200


def test_it_is_typed_and_tidy() -> None:
    tools = Path(sys.executable).parent
    must(tools / "mypy", cwd=SDK)
    must(tools / "ruff", "check", ".", cwd=SDK)
    must(tools / "ruff", "format", "--check", ".", cwd=SDK)


def test_it_is_written_for_the_oldest_python_that_is_named() -> None:
    assert 'requires-python = ">=3.9"' in (SDK / "pyproject.toml").read_text()
    for path in (SDK / "src").rglob("*.py"):
        ast.parse(path.read_text(), feature_version=(3, 9))


def own_files() -> list[Path]:
    all_files = [path for path in SDK.rglob("*.py") if not path.relative_to(SDK).parts[0][0] == "."]
    return [path for path in all_files if "generated" not in path.parts]


def test_files_fit_the_eye_and_say_what_they_are_for() -> None:
    assert len(own_files()) > 25
    for path in own_files():
        text = path.read_text()
        tree = ast.parse(text)
        assert ast.get_docstring(tree), f"{path} does not open with what it is for"
        assert len(text.splitlines()) <= LONGEST_FILE, path
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        for node in ast.walk(tree):
            if isinstance(node, functions) and path.parent.name != "tests":
                assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, (path, node.name)


def test_what_is_public_says_what_it_is() -> None:
    for path in own_files():
        if path.parent.name != "probity":
            continue
        for node in ast.parse(path.read_text()).body:
            named = isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            if named and not node.name.startswith("_"):  # type: ignore[union-attr]
                assert ast.get_docstring(node), f"{path}: {node.name}"  # type: ignore[arg-type]


def test_the_readme_begins_with_the_example() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (SDK / "README.md").read_text(), re.S)
    assert blocks[0] == (EXAMPLES / "ten_lines.py").read_text().split("\n\n", 1)[1]
    for block in blocks:
        compile(block, "README.md", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def test_the_examples_run_as_they_stand(env: dict[str, str], server: Server) -> None:
    said = must(sys.executable, EXAMPLES / "ten_lines.py", env=env)
    assert "5 credits" in said or "You already have this" in said
    said = must(sys.executable, EXAMPLES / "background_job.py", env=env)
    assert "5 of 8 delivered" in said
    ask = (
        "import sys; sys.path.insert(0, 'examples')\n"
        "from fastapi.testclient import TestClient; from fastapi_app import app\n"
        "web = TestClient(app, headers={'x-customer': 'ana'})\n"
        "one, token = web.post('/drafts/draft_fastapi'), web.post('/billing/token')\n"
        "print(one.status_code, one.headers['probity-price'], token.json()['token'][:3])"
    )
    assert must(sys.executable, "-c", ask, env=env, cwd=SDK).split() == ["200", "5", "ct_"]


def test_the_wheel_installs_and_runs_the_ten_lines(env: dict[str, str], tmp_path: Path) -> None:
    must(sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path, SDK)
    (wheel,), (sdist,) = tmp_path.glob("*.whl"), tmp_path.glob("*.tar.gz")
    assert sdist.stat().st_size < 2_000_000
    names = zipfile.ZipFile(wheel).namelist()
    assert "probity/py.typed" in names and not [name for name in names if "tests" in name]
    metadata = zipfile.ZipFile(wheel).read("probity_sdk-0.1.0.dist-info/METADATA").decode()
    needs = re.findall(r"^Requires-Dist: ([a-z-]+)(?!.*extra)", metadata, re.M)
    assert needs == ["attrs", "httpx", "python-dateutil"]
    fresh = tmp_path / "fresh"
    venv.create(fresh, with_pip=True)
    python = fresh / "bin" / "python"
    must(python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel)
    # What it depends on is here already.
    (packages,) = fresh.glob("lib/python*/site-packages")
    (packages / "here.pth").write_text(sysconfig.get_path("purelib"))
    env.pop("PYTHONPATH")
    said = must(python, EXAMPLES / "ten_lines.py", env=env, cwd=tmp_path)
    assert "5 credits" in said or "You already have this" in said
    must(python, "-c", "import probity; assert 'fresh' in probity.__file__", env=env, cwd=tmp_path)
