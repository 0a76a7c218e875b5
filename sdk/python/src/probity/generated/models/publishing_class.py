from typing import Literal, cast

PublishingClass = Literal["adverse", "better", "neutral"]

PUBLISHING_CLASS_VALUES: set[PublishingClass] = {
    "adverse",
    "better",
    "neutral",
}


def check_publishing_class(value: str) -> PublishingClass:
    if value in PUBLISHING_CLASS_VALUES:
        return cast(PublishingClass, value)
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PUBLISHING_CLASS_VALUES!r}")
