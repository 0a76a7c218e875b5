from typing import Literal, cast

CustomerRequestRenewsType0 = Literal["by_itself", "when_paid"]

CUSTOMER_REQUEST_RENEWS_TYPE_0_VALUES: set[CustomerRequestRenewsType0] = {
    "by_itself",
    "when_paid",
}


def check_customer_request_renews_type_0(value: str) -> CustomerRequestRenewsType0:
    if value in CUSTOMER_REQUEST_RENEWS_TYPE_0_VALUES:
        return cast(CustomerRequestRenewsType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {CUSTOMER_REQUEST_RENEWS_TYPE_0_VALUES!r}"
    )
