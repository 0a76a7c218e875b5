from typing import Literal, cast

MarginCustomerBooks = Literal["enforced", "would_be"]

MARGIN_CUSTOMER_BOOKS_VALUES: set[MarginCustomerBooks] = {
    "enforced",
    "would_be",
}


def check_margin_customer_books(value: str) -> MarginCustomerBooks:
    if value in MARGIN_CUSTOMER_BOOKS_VALUES:
        return cast(MarginCustomerBooks, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MARGIN_CUSTOMER_BOOKS_VALUES!r}")
