//! The contract, compiled: what is promised, in types.
//!
//! These are the published promises ([`Contract`]) and their private half ([`Operations`]), read
//! from files elsewhere and already checked. They hold no positions in files, no state and no
//! customer, and decide nothing: the rules that use them live in `decide`.

mod action;
pub mod file;
mod never;
mod operations;
mod outcome;
mod plan;
mod prices;
mod promises;
mod table;
pub mod why;
pub mod words;

pub use action::{Action, FreeRedo, Harsh, Price, SameResult, Tariff};
pub(crate) use never::is_nothing;
pub use never::{Broken, broken_promise, broken_promises};
pub use operations::{
    ActionCost, Costs, EnforceWhen, Mode, Operations, Override, Rollout, ServiceUse, StoreDown,
    Surge, Tokens, WePay, WhoMay,
};
pub use outcome::{Outcome, Outcomes, Treatment};
pub use plan::{Allowance, OwnKey, Plan, PlanPrice, RunsOn, WhenShort};
pub(crate) use prices::named;
pub use prices::{LongPrice, ModelPrice, PriceMap};
pub use promises::{
    Alerts, Audience, AutoTopUp, BatchWhenShort, Changes, CreditRules, Experiments, Expiry,
    Failures, Limits, Links, ModelClass, MoneyBack, Never, Pack, SpendCap, Starts, TopUps,
    UnusualDay, Waiver, WorseChanges,
};
pub use table::Table;

use crate::id::Name;
use crate::money::{Currency, Money};
use crate::serial::{Word, serde_of_a_word};
use crate::time::{Length, Zone};
use jiff::civil::Date;
use words::Words;

/// A share in millionths: 1 % is 10,000. At most six places of a whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Percent(pub u32);

impl Percent {
    /// Everything: 100 %.
    pub const WHOLE: Self = Self(1_000_000);

    /// Millionths of the whole.
    #[must_use]
    pub const fn millionths(self) -> u32 {
        self.0
    }
}

/// `part` of `whole` as a share, rounded down; None for a whole of nothing.
#[must_use]
pub fn share_of(part: crate::Amount, whole: crate::Amount) -> Option<Percent> {
    let scaled = i128::from(part.millionths()).checked_mul(1_000_000)?;
    let share = scaled.checked_div(i128::from(whole.millionths()))?;
    u32::try_from(share).ok().map(Percent)
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::decimal::write_scaled(f, i128::from(self.0), 4, 0)?;
        f.write_str("%")
    }
}

/// `NAME@VERSION`: which published version something lives under.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ContractRef {
    /// The contract's name.
    pub name: Name,
    /// The version's number.
    pub version: u32,
}

impl std::fmt::Display for ContractRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

impl Word for ContractRef {
    const WHAT: &'static str = "of the form NAME@VERSION";

    fn of_text(text: &str) -> Option<Self> {
        let (name, version) = text.rsplit_once('@')?;
        Some(Self { name: Name::new(name), version: version.parse().ok()? })
    }
}

serde_of_a_word!(ContractRef);

/// One version of the public promises. Once published it never changes.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Key `contract`: what the product calls it.
    pub name: Name,
    /// Key `version`: its number, above the last one published.
    pub version: u32,
    /// Key `effective`: the day from which it may apply. None: at once.
    pub effective: Option<Date>,
    /// Key `customers`: consumers turn the consumer-law checks on.
    pub customers: Audience,
    /// Key `currency`, the one currency of this version.
    pub currency: Currency,
    /// Key `time_zone`: days, resets and expiry follow it.
    pub zone: Zone,
    /// Key `actions`, in the order of the file.
    pub actions: Table<Action>,
    /// Key `plans`, in the order of the file.
    pub plans: Table<Plan>,
    /// Key `outcomes`: what the customer pays for each ending.
    pub outcomes: Outcomes,
    /// The endings that the file itself answers; of the others a default decides.
    pub outcomes_written: Vec<Outcome>,
    /// Key `failures`.
    pub failures: Failures,
    /// Key `credit`.
    pub credit: CreditRules,
    /// Key `top_ups`.
    pub top_ups: TopUps,
    /// Key `limits`.
    pub limits: Limits,
    /// Key `experiments`; None: none are offered.
    pub experiments: Option<Experiments>,
    /// Key `models`, cheapest first; one class of any model where the file has none.
    pub models: Table<ModelClass>,
    /// Key `changes`.
    pub changes: Changes,
    /// Key `links`.
    pub links: Links,
    /// Key `words`: the defaults with what the file overrides.
    pub words: Words,
    /// Key `quotes.last`: how long a quote is honoured.
    pub quotes_last: Length,
    /// Key `new_customers`: the plan that a first run of an unknown id opens. None: unknown ids are refused.
    pub new_customers: Option<Name>,
    /// Key `waive`: lint findings accepted for now.
    pub waivers: Vec<Waiver>,
}

impl Contract {
    /// Which published version this is.
    #[must_use]
    pub fn reference(&self) -> ContractRef {
        ContractRef { name: self.name.clone(), version: self.version }
    }

    /// Where `model` stands among the classes, cheapest 0. None: unknown, above every ceiling.
    ///
    /// Names are normalised: see [`plain_model_name`]; capitals do not count.
    #[must_use]
    pub fn class_of_model(&self, model: &str) -> Option<usize> {
        let bare = plain_model_name(model);
        self.models
            .iter()
            .position(|class| class.any || class.are.iter().any(|m| is_same_model(m, bare)))
    }

    /// What credits are worth at the list price; None where there is none.
    #[must_use]
    pub fn money(&self, credits: crate::Amount) -> Option<Money> {
        Money::of_credits(credits, self.credit.list_price?)
    }
}

/// The name of a model without provider, region, dated snapshot and revision.
///
/// ```
/// use probity_core::contract::plain_model_name as plain;
/// assert_eq!(plain("openai/gpt-4.1-2025-04-14"), "gpt-4.1");
/// assert_eq!(plain("claude-sonnet-4-5@20250929"), "claude-sonnet-4-5"); // Vertex AI
/// assert_eq!(plain("us.anthropic.claude-sonnet-4-5-20250929-v1:0"), "claude-sonnet-4-5"); // Bedrock
/// ```
#[must_use]
pub fn plain_model_name(model: &str) -> &str {
    let bare = model.rsplit_once('/').map_or(model, |(_, name)| name);
    let bare = without_revision(without_provider(bare));
    let bare = bare.strip_suffix("-latest").unwrap_or(bare);
    ["-dddd-dd-dd", "-dddddddd", "@dddddddd"]
        .into_iter()
        .find_map(|pattern| strip_date(bare, pattern))
        .unwrap_or(bare)
}

/// Are these names of one model, the second plain already? Capitals do not count.
pub(crate) fn is_same_model(name: &str, plain: &str) -> bool {
    plain_model_name(name).eq_ignore_ascii_case(plain)
}

/// `us.anthropic.claude-…` → `claude-…`: words before a point, where models have numbers.
fn without_provider(name: &str) -> &str {
    let is_place = |word: &str| {
        matches!(word, "ai21" | "us-gov")
            || (!word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    match name.split_once('.') {
        Some((word, rest)) if is_place(word) && !rest.is_empty() => without_provider(rest),
        _ => name,
    }
}

/// `…-v1:0` → `…`.
fn without_revision(name: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let revision = name.rsplit_once("-v").filter(|(head, tail)| {
        !head.is_empty() && tail.split_once(':').is_some_and(|(a, b)| digits(a) && digits(b))
    });
    revision.map_or(name, |(head, _)| head)
}

/// `name` without a tail of the given pattern, where `d` stands for a digit.
fn strip_date<'a>(name: &'a str, pattern: &str) -> Option<&'a str> {
    let split = name.len().checked_sub(pattern.len())?;
    let (head, tail) = name.split_at_checked(split)?;
    let fits = tail
        .bytes()
        .zip(pattern.bytes())
        .all(|(b, p)| if p == b'd' { b.is_ascii_digit() } else { b == p });
    (fits && !head.is_empty()).then_some(head)
}
