from typing import Literal, cast

GetV1CustomersIdStatementOnly = Literal["charged", "credits", "held", "not_charged", "refunds"]

GET_V1_CUSTOMERS_ID_STATEMENT_ONLY_VALUES: set[GetV1CustomersIdStatementOnly] = {
    "charged",
    "credits",
    "held",
    "not_charged",
    "refunds",
}


def check_get_v1_customers_id_statement_only(value: str) -> GetV1CustomersIdStatementOnly:
    if value in GET_V1_CUSTOMERS_ID_STATEMENT_ONLY_VALUES:
        return cast(GetV1CustomersIdStatementOnly, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {GET_V1_CUSTOMERS_ID_STATEMENT_ONLY_VALUES!r}"
    )
