from typing import Literal, cast

WebhookDeliveryState = Literal["dead", "delivered", "waiting"]

WEBHOOK_DELIVERY_STATE_VALUES: set[WebhookDeliveryState] = {
    "dead",
    "delivered",
    "waiting",
}


def check_webhook_delivery_state(value: str) -> WebhookDeliveryState:
    if value in WEBHOOK_DELIVERY_STATE_VALUES:
        return cast(WebhookDeliveryState, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {WEBHOOK_DELIVERY_STATE_VALUES!r}"
    )
