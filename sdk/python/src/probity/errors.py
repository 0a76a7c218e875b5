"""What can go wrong, as exceptions: what happened, whether anything was applied, what to do.

Nothing is asked or decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Optional, Union

from .shapes import WayForward, read, read_decimal, read_time

Applied = Union[Literal[False], Literal["unknown"]]
#: These are told before the key is looked up: they say nothing of a try before.
_BEFORE_THE_KEY = (400, 401, 403, 408, 429)


class ProbityError(Exception):
    """A request that was not done.

    `applied` is False where nothing was applied, `"unknown"` where that could not be told: then the
    same call with `key=error.key` finds out, and never charges twice.
    """

    def __init__(
        self,
        detail: str,
        *,
        code: str,
        applied: Applied = False,
        status: Optional[int] = None,
        problem: Optional[Mapping[str, Any]] = None,
        key: Optional[str] = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        self.applied: Applied = applied
        self.status = status
        self.key = key
        #: The problem as JSON (RFC 9457).
        self.problem: dict[str, Any] = dict(problem or {})

    @property
    def field(self) -> Optional[str]:
        """The field that does not fit, where it is about one."""
        field = self.problem.get("field")
        return field if isinstance(field, str) else None

    @property
    def is_for_customers(self) -> bool:
        """May its problem be handed on to whoever asked? What is wrong with our own key may not."""
        return bool(self.problem) and self.code not in ("unauthenticated", "forbidden")


class Denied(ProbityError):
    """The contract says no: with the numbers, the customer's words, and ways forward.

    `problem` is the JSON to hand on to a browser, with `status`.
    """

    @property
    def words(self) -> str:
        """What the customer reads."""
        return str(self.problem.get("words", self.detail))

    @property
    def ways_forward(self) -> list[WayForward]:
        """What would allow this run, each with its words."""
        return [read(WayForward, way) for way in self.problem.get("ways_forward", [])]

    @property
    def retry_helps(self) -> bool:
        """Does asking again soon help?"""
        return bool(self.problem.get("retry_helps"))

    @property
    def needs(self) -> Any:
        """The credits it would cost, as a Decimal; None where that is not the question."""
        return read_decimal(self.problem.get("needs"))

    @property
    def has(self) -> Any:
        """The credits that can be spent, as a Decimal."""
        return read_decimal(self.problem.get("has"))

    @property
    def missing(self) -> Any:
        """The credits that are missing, as a Decimal; None where that is not the question."""
        return read_decimal(self.problem.get("missing"))

    @property
    def resets_at(self) -> Any:
        """When the limit begins anew, as a datetime; None where it does not."""
        return read_time(self.problem.get("resets_at"))


class Unavailable(ProbityError):
    """Probity could not be reached, or could not answer, however often it was tried."""


class AlreadyRunning(ProbityError):
    """An earlier call with the same key began the run, and its work is under way elsewhere.

    The run was left as it is. The same key tells what came of it once it has ended; if nobody works
    on it any more, go on with it: `probity.continue_run(error.run)`.
    """

    def __init__(self, run: str, key: str) -> None:
        code, title = "idempotency_in_progress", "In progress"
        detail = (
            f"An earlier call with the key {key} began {run}, and has not told its end. It was "
            "left as it is. Ask again with the same key once it has ended; if nobody works on it "
            f'any more, go on with it: continue_run("{run}").'
        )
        problem = {
            "type": f"/problems/{code}",
            "title": title,
            "status": 409,
            "detail": "The same request is being worked on. Ask again with the same key.",
            "code": code,
            "applied": "unknown",
        }
        super().__init__(detail, code=code, applied="unknown", status=409, problem=problem, key=key)
        self.run = run


class NotTold(ProbityError):
    """The work is done, and how it ended could not be told.

    The run ends free when its time is up. To tell it after all:
    `probity.settle(error.run, error.report, key=error.key)`.
    """

    def __init__(self, run: str, report: Mapping[str, Any], key: str, why: ProbityError) -> None:
        detail = f"{run} ended as {report.get('outcome')}, which could not be told: {why.detail}"
        super().__init__(
            detail,
            code=why.code,
            applied=why.applied,
            status=why.status,
            problem=why.problem,
            key=key,
        )
        self.run = run
        self.report = dict(report)


def of_problem(
    problem: Any, *, status: int, key: Optional[str] = None, unknown: bool = False
) -> ProbityError:
    """The exception for a refusing answer. `unknown`: a try before may have been applied."""
    told = problem if isinstance(problem, dict) else {}
    is_ours = isinstance(told.get("code"), str)
    is_denial = is_ours and "ways_forward" in told
    fallback = f"Something between here and Probity answered with status {status}."
    detail = str(told.get("detail") or fallback)
    applied: Applied = "unknown" if told.get("applied") == "unknown" else False
    # What is refused by the contract was looked up by its key before.
    is_open = not is_ours or status >= 500 or status in _BEFORE_THE_KEY
    if unknown and is_open and not is_denial and not applied:
        applied = "unknown"
        if is_ours:
            # It was refused this time; what came of the time before is not known.
            detail += " An earlier try may have been applied all the same."
            told = {**told, "detail": detail, "applied": applied}
    about: dict[str, Any] = {
        "code": told["code"] if is_ours else f"status_{status}",
        "applied": applied,
        "status": status,
        "problem": told if is_ours else None,
        "key": key,
    }
    if status >= 500 or (not is_ours and status in (408, 429)):
        return Unavailable(detail, **about)
    if is_denial:
        return Denied(detail, **about)
    return ProbityError(detail, **about)
