from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ShadowSums")


@_attrs_define
class ShadowSums:
    """Sums of runs; a run counts in the window in which it ended.

    Attributes:
        announce (int): announced
        began (int): began
        beside_today (str): what would be charged for the same runs
        charged (str): what would be charged
        charged_runs (int): would cost something
        compared (int): known of today's billing
        denied (int): would be refused
        denied_price (str): what those would cost
        enforce (int): enforced
        given_back (str): what they would give back
        less (int): the contract takes less
        more (int): the contract takes more
        refunds (int): refunds and corrections that would give something back
        runs (int): ended: all else is of these
        same (int): nothing would be otherwise
        shadow (int): in shadow
        today (str): what today's billing charged, where it says so
        would_not_stop (int): the contract allows what is refused today
        would_stop (int): the contract refuses what is allowed today
    """

    announce: int
    began: int
    beside_today: str
    charged: str
    charged_runs: int
    compared: int
    denied: int
    denied_price: str
    enforce: int
    given_back: str
    less: int
    more: int
    refunds: int
    runs: int
    same: int
    shadow: int
    today: str
    would_not_stop: int
    would_stop: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        announce = self.announce

        began = self.began

        beside_today = self.beside_today

        charged = self.charged

        charged_runs = self.charged_runs

        compared = self.compared

        denied = self.denied

        denied_price = self.denied_price

        enforce = self.enforce

        given_back = self.given_back

        less = self.less

        more = self.more

        refunds = self.refunds

        runs = self.runs

        same = self.same

        shadow = self.shadow

        today = self.today

        would_not_stop = self.would_not_stop

        would_stop = self.would_stop

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "announce": announce,
                "began": began,
                "beside_today": beside_today,
                "charged": charged,
                "charged_runs": charged_runs,
                "compared": compared,
                "denied": denied,
                "denied_price": denied_price,
                "enforce": enforce,
                "given_back": given_back,
                "less": less,
                "more": more,
                "refunds": refunds,
                "runs": runs,
                "same": same,
                "shadow": shadow,
                "today": today,
                "would_not_stop": would_not_stop,
                "would_stop": would_stop,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        announce = d.pop("announce")

        began = d.pop("began")

        beside_today = d.pop("beside_today")

        charged = d.pop("charged")

        charged_runs = d.pop("charged_runs")

        compared = d.pop("compared")

        denied = d.pop("denied")

        denied_price = d.pop("denied_price")

        enforce = d.pop("enforce")

        given_back = d.pop("given_back")

        less = d.pop("less")

        more = d.pop("more")

        refunds = d.pop("refunds")

        runs = d.pop("runs")

        same = d.pop("same")

        shadow = d.pop("shadow")

        today = d.pop("today")

        would_not_stop = d.pop("would_not_stop")

        would_stop = d.pop("would_stop")

        shadow_sums = cls(
            announce=announce,
            began=began,
            beside_today=beside_today,
            charged=charged,
            charged_runs=charged_runs,
            compared=compared,
            denied=denied,
            denied_price=denied_price,
            enforce=enforce,
            given_back=given_back,
            less=less,
            more=more,
            refunds=refunds,
            runs=runs,
            same=same,
            shadow=shadow,
            today=today,
            would_not_stop=would_not_stop,
            would_stop=would_stop,
        )

        shadow_sums.additional_properties = d
        return shadow_sums

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
