"""The scripted work behind the buttons: what it brings stands in script.json, how it ends is picked
on the page. The client of the model is the real one; its provider is `probity fake-upstream`.
"""

import json
import os
from pathlib import Path
from typing import Any

from openai import OpenAI
from probity import Run

here = Path(__file__).resolve().parent.parent
openai = OpenAI(
    base_url=os.environ.get("OPENAI_BASE_URL", "http://127.0.0.1:8788/v1"),
    api_key=os.environ.get("OPENAI_API_KEY", "none"),
    max_retries=0,
)
script: dict[str, list[str]] = json.loads((here / "script.json").read_text())
Asked = dict[str, Any]  # the run as the customer agreed to it, and `story`: how it is to end
Found = list[str]


def ask(run: Run, asked: Asked, prompt: str) -> None:
    """Asks the best model that the plan allows, and reports what it used."""
    started = run.started.raw if run.started else {}
    allowed = [name for name in started.get("models_allowed") or () if name.startswith("gpt-")]
    model = "fake-status-500" if asked.get("story") == "fails" else (allowed or ["gpt-4o-mini"])[-1]
    messages: Any = [{"role": "user", "content": prompt}]
    run.attempt(openai.chat.completions.create(model=model, messages=messages))


def look_up(run: Run, asked: Asked, supplier: str, found: Found) -> Found:
    """Asks a supplier, who is away, or finds something or nothing."""
    if asked.get("story") == "fails":
        raise ConnectionError(f"{supplier} is away")
    run.attempt(services={supplier: 1})
    if asked.get("story") != "nothing":
        return found
    run.empty()
    return []
