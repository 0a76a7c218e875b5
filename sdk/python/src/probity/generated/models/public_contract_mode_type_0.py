from typing import Literal, cast

PublicContractModeType0 = Literal["announce", "enforce", "shadow"]

PUBLIC_CONTRACT_MODE_TYPE_0_VALUES: set[PublicContractModeType0] = {
    "announce",
    "enforce",
    "shadow",
}


def check_public_contract_mode_type_0(value: str) -> PublicContractModeType0:
    if value in PUBLIC_CONTRACT_MODE_TYPE_0_VALUES:
        return cast(PublicContractModeType0, value)
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {PUBLIC_CONTRACT_MODE_TYPE_0_VALUES!r}"
    )
