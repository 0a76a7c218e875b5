from typing import Literal, cast

TermsRenews = Literal["by_itself", "when_paid"]

TERMS_RENEWS_VALUES: set[TermsRenews] = {
    "by_itself",
    "when_paid",
}


def check_terms_renews(value: str) -> TermsRenews:
    if value in TERMS_RENEWS_VALUES:
        return cast(TermsRenews, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TERMS_RENEWS_VALUES!r}")
