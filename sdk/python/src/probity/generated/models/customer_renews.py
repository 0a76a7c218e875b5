from typing import Literal, cast

CustomerRenews = Literal["by_itself", "when_paid"]

CUSTOMER_RENEWS_VALUES: set[CustomerRenews] = {
    "by_itself",
    "when_paid",
}


def check_customer_renews(value: str) -> CustomerRenews:
    if value in CUSTOMER_RENEWS_VALUES:
        return cast(CustomerRenews, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CUSTOMER_RENEWS_VALUES!r}")
