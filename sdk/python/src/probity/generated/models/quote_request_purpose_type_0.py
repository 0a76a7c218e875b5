from typing import Literal, cast

QuoteRequestPurposeType0 = Literal["experiment", "production"]

QUOTE_REQUEST_PURPOSE_TYPE_0_VALUES: set[QuoteRequestPurposeType0] = {
    "experiment",
    "production",
}


def check_quote_request_purpose_type_0(value: str) -> QuoteRequestPurposeType0:
    if value in QUOTE_REQUEST_PURPOSE_TYPE_0_VALUES:
        return cast(QuoteRequestPurposeType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {QUOTE_REQUEST_PURPOSE_TYPE_0_VALUES!r}"
    )
