from typing import Literal, cast

GetV1WebhookEndpointsIdDeliveriesState = Literal["dead", "delivered", "waiting"]

GET_V1_WEBHOOK_ENDPOINTS_ID_DELIVERIES_STATE_VALUES: set[GetV1WebhookEndpointsIdDeliveriesState] = {
    "dead",
    "delivered",
    "waiting",
}


def check_get_v1_webhook_endpoints_id_deliveries_state(
    value: str,
) -> GetV1WebhookEndpointsIdDeliveriesState:
    if value in GET_V1_WEBHOOK_ENDPOINTS_ID_DELIVERIES_STATE_VALUES:
        return cast(GetV1WebhookEndpointsIdDeliveriesState, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {GET_V1_WEBHOOK_ENDPOINTS_ID_DELIVERIES_STATE_VALUES!r}"
    )
