from typing import Literal, cast

MarginRowBooks = Literal["enforced", "would_be"]

MARGIN_ROW_BOOKS_VALUES: set[MarginRowBooks] = {
    "enforced",
    "would_be",
}


def check_margin_row_books(value: str) -> MarginRowBooks:
    if value in MARGIN_ROW_BOOKS_VALUES:
        return cast(MarginRowBooks, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MARGIN_ROW_BOOKS_VALUES!r}")
