from typing import Literal, cast

StatementItemOutcomeType0 = Literal[
    "abandoned",
    "bad_input",
    "blocked",
    "cancelled",
    "delivered",
    "empty",
    "failed",
    "partial",
    "reopened",
]

STATEMENT_ITEM_OUTCOME_TYPE_0_VALUES: set[StatementItemOutcomeType0] = {
    "abandoned",
    "bad_input",
    "blocked",
    "cancelled",
    "delivered",
    "empty",
    "failed",
    "partial",
    "reopened",
}


def check_statement_item_outcome_type_0(value: str) -> StatementItemOutcomeType0:
    if value in STATEMENT_ITEM_OUTCOME_TYPE_0_VALUES:
        return cast(StatementItemOutcomeType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {STATEMENT_ITEM_OUTCOME_TYPE_0_VALUES!r}"
    )
