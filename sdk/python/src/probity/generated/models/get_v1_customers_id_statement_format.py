from typing import Literal, cast

GetV1CustomersIdStatementFormat = Literal["csv", "json"]

GET_V1_CUSTOMERS_ID_STATEMENT_FORMAT_VALUES: set[GetV1CustomersIdStatementFormat] = {
    "csv",
    "json",
}


def check_get_v1_customers_id_statement_format(value: str) -> GetV1CustomersIdStatementFormat:
    if value in GET_V1_CUSTOMERS_ID_STATEMENT_FORMAT_VALUES:
        return cast(GetV1CustomersIdStatementFormat, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {GET_V1_CUSTOMERS_ID_STATEMENT_FORMAT_VALUES!r}"
    )
