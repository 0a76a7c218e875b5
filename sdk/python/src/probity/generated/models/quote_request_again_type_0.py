from typing import Literal, cast

QuoteRequestAgainType0 = Literal["fresh", "redo"]

QUOTE_REQUEST_AGAIN_TYPE_0_VALUES: set[QuoteRequestAgainType0] = {
    "fresh",
    "redo",
}


def check_quote_request_again_type_0(value: str) -> QuoteRequestAgainType0:
    if value in QUOTE_REQUEST_AGAIN_TYPE_0_VALUES:
        return cast(QuoteRequestAgainType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {QUOTE_REQUEST_AGAIN_TYPE_0_VALUES!r}"
    )
