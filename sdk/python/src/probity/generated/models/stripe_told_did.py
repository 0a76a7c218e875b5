from typing import Literal, cast

StripeToldDid = Literal[
    "claw_back", "nothing", "plan", "renewal", "restored", "subscription", "top_up"
]

STRIPE_TOLD_DID_VALUES: set[StripeToldDid] = {
    "claw_back",
    "nothing",
    "plan",
    "renewal",
    "restored",
    "subscription",
    "top_up",
}


def check_stripe_told_did(value: str) -> StripeToldDid:
    if value in STRIPE_TOLD_DID_VALUES:
        return cast(StripeToldDid, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STRIPE_TOLD_DID_VALUES!r}")
