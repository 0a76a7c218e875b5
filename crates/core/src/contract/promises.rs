//! The promises around the actions: credits, limits, failures, changes, links.

use super::Percent;
use crate::amount::Amount;
use crate::id::Name;
use crate::money::Money;
use crate::time::{Length, Per};
use jiff::civil::Date;

/// Whom the product is sold to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// People: the consumer-law checks are on.
    Consumers,
    /// Companies.
    Businesses,
}

/// Key `failures`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Failures {
    /// Not finished by then: free, held credits returned. Default 10 minutes.
    pub too_slow_after: Length,
    /// Work that reports progress may take this long. Default: as `too_slow_after`.
    pub at_latest: Length,
    /// Repeats of ours before the first byte. Default 2.
    pub retries: u32,
    /// Failures in a row of one item after which it is paused for a day. Default 3.
    pub same_item_fails: u32,
    /// How long we may still find out that it failed. Default 30 days.
    pub corrections: Length,
}

/// Key `credit`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CreditRules {
    /// Key `list_price`: shown beside every amount. None: credits are shown without money.
    pub list_price: Option<Money>,
    /// Key `smallest`: nothing finer is ever charged or shown. Default 1 credit.
    pub smallest: Amount,
    /// How long gifts live. Default 90 days.
    pub gift: Expiry,
    /// How long goodwill lives. Default 90 days.
    pub goodwill: Expiry,
    /// How long after their period plan credits roll over; None: not at all.
    pub plan_rolls_over: Option<Length>,
    /// The most plan credits kept; None: no bound.
    pub plan_keep_at_most: Option<Amount>,
    /// How long bought credits live. Default for ever.
    pub bought: Expiry,
    /// Key `refunds_last_at_least`. Default 30 days.
    pub refunds_last_at_least: Length,
}

/// How long credits live.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expiry {
    /// `forever`.
    Never,
    /// `90 days` from when they were given.
    After(Length),
}

/// Key `top_ups` of the contract.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TopUps {
    /// Key `packs`, in the order of the file.
    pub packs: Vec<Pack>,
    /// Key `any_amount_from`; None: only packs.
    pub any_amount_from: Option<Money>,
    /// Key `auto`; None: automatic top-ups are not offered.
    pub auto: Option<AutoTopUp>,
    /// Key `money_back`.
    pub money_back: Option<MoneyBack>,
}

/// `50 credits: $5`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pack {
    /// What is bought.
    pub credits: Amount,
    /// For how much.
    pub price: Money,
}

/// `auto: only_if_asked`: the one way automatic top-ups may be offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AutoTopUp {
    /// Off until the customer turns it on, and always with a monthly cap.
    OnlyIfAsked,
}

/// `money_back: { on: unused, within: 14 days }`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MoneyBack {
    /// How long after buying unused credits may be given back.
    pub within: Length,
}

/// Key `limits`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// From this price on, checks say `ask`. None: never.
    pub ask_from: Option<Amount>,
    /// A default spend cap; the customer may set any other.
    pub spend_cap: Option<SpendCap>,
    /// Open runs at once. Default 1,000.
    pub at_once: u32,
    /// What `fits` means in a check with items. Default `run_what_fits`.
    pub batch_when_short: BatchWhenShort,
    /// When a day counts as unusual; None: never.
    pub unusual_day: Option<UnusualDay>,
    /// Key `alerts`.
    pub alerts: Alerts,
}

/// `spend_cap: 400 credits a month`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpendCap {
    /// How much.
    pub credits: Amount,
    /// Per what.
    pub per: Per,
}

/// `batch_when_short`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BatchWhenShort {
    /// The longest prefix that fits.
    RunWhatFits,
    /// All, or 0.
    AllOrNone,
}

/// `unusual_day: { times_usual: 5, and_over: 30 credits }`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnusualDay {
    /// How many times the usual day.
    pub times_usual: u32,
    /// And over this much.
    pub and_over: Amount,
}

/// Key `limits.alerts`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Alerts {
    /// Thresholds of what was used of the period's credits.
    pub used: Vec<Percent>,
    /// Warn this long before credits run out at the customer's own pace.
    pub runs_out: Option<Length>,
    /// Warn this long before credits expire.
    pub expires: Vec<Length>,
}

/// Key `experiments`: trying out, free, marked, apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Experiments {
    /// Which actions may be tried.
    pub actions: Vec<Name>,
    /// How many trial runs, of all these actions together.
    pub allowance: super::plan::Allowance,
    /// Their ceiling; None: the plan's.
    pub best_model: Option<Name>,
}

/// A class of models, by what they mean to a customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelClass {
    /// Its id: the key under `models`.
    pub id: Name,
    /// Key `means`: in the customer's words.
    pub means: String,
    /// Key `are`: the models in it.
    pub are: Vec<String>,
    /// The one class of a contract without `models`: any model is in it.
    pub any: bool,
}

/// Key `changes`: how this contract may change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changes {
    /// Key `worse`; None: no notice is promised.
    pub worse: Option<WorseChanges>,
    /// Key `better.starts`. Default `at_once`.
    pub better_starts: Starts,
    /// Key `never`: refused at publish, whatever the notice.
    pub never: Vec<Never>,
}

/// `worse: { notice: 30 days, starts: next_period, may_leave_with: refund_of_unused }`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WorseChanges {
    /// How long before.
    pub notice: Length,
    /// When it starts for a customer.
    pub starts: Starts,
    /// May a customer leave and get unused bought credits back?
    pub may_leave_with_refund: bool,
}

/// When a change starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Starts {
    /// When it takes effect.
    AtOnce,
    /// At the customer's first period start at or after that.
    NextPeriod,
}

/// A change that is refused whatever the notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Never {
    /// `shrink_credits_you_hold`.
    ShrinkCreditsYouHold,
    /// `reprice_work_already_started`.
    RepriceWorkAlreadyStarted,
    /// `start_charging_for_free_things_without_your_yes`.
    StartChargingForFreeThingsWithoutYourYes,
}

impl Never {
    /// All of them.
    pub const ALL: [Self; 3] = [
        Self::ShrinkCreditsYouHold,
        Self::RepriceWorkAlreadyStarted,
        Self::StartChargingForFreeThingsWithoutYourYes,
    ];

    /// Its word in the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ShrinkCreditsYouHold => "shrink_credits_you_hold",
            Self::RepriceWorkAlreadyStarted => "reprice_work_already_started",
            Self::StartChargingForFreeThingsWithoutYourYes => {
                "start_charging_for_free_things_without_your_yes"
            }
        }
    }
}

/// Key `links`: where the ways forward lead. None: the way is told without a link.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links {
    /// Buying credits.
    pub top_up: Option<String>,
    /// Choosing a plan.
    pub plans: Option<String>,
    /// Adding or fixing an own key.
    pub own_key: Option<String>,
    /// Talking to somebody.
    pub contact: Option<String>,
}

/// `waive: { O05: { because, by, until } }`: a lint finding accepted for now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiver {
    /// The lint rule's id.
    pub rule: String,
    /// Why it is accepted.
    pub because: String,
    /// By whom.
    pub by: String,
    /// Until the end of which day; after it the waiver itself is an error.
    pub until: Date,
}
