from typing import Literal, cast

GateConditionWhat = Literal[
    "bills_more_than_doubled", "compared", "days", "mismatches_below", "runs"
]

GATE_CONDITION_WHAT_VALUES: set[GateConditionWhat] = {
    "bills_more_than_doubled",
    "compared",
    "days",
    "mismatches_below",
    "runs",
}


def check_gate_condition_what(value: str) -> GateConditionWhat:
    if value in GATE_CONDITION_WHAT_VALUES:
        return cast(GateConditionWhat, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GATE_CONDITION_WHAT_VALUES!r}")
