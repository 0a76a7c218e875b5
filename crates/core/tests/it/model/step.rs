//! Random steps: what somebody might do next, said without ids, so that a failing story shrinks.
//!
//! A step names things by number (the third run so far); `play` turns it into a command.

use super::recipe::{Private, private};
use probity_core::Outcome;
use probity_core::command::{Again, GrantKind};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// One step of a story.
#[derive(Clone, Debug)]
pub struct Step {
    pub wait: Wait,
    /// Which customer.
    pub who: u8,
    pub by: By,
    pub what: Do,
}

/// How long before it.
#[derive(Clone, Copy, Debug)]
pub enum Wait {
    None,
    Micros(u8),
    Seconds(u16),
    Hours(u16),
    Days(u8),
    /// To the n-th instant ahead at which something changes, some microseconds off.
    To(u8, i8),
}

/// With which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Product,
    Support,
    Customer,
}

/// What is done.
#[derive(Clone, Debug)]
pub enum Do {
    Open {
        plan: u8,
        when_paid: bool,
    },
    Change {
        plan: u8,
    },
    Rename {
        when_paid: Option<bool>,
        odd: bool,
    },
    Start(Ask),
    Settle {
        run: u8,
        report: Told,
    },
    Release {
        run: u8,
    },
    Extend {
        run: u8,
        seconds: u32,
    },
    Refund {
        run: u8,
        part: Option<i8>,
    },
    Correct {
        run: u8,
        report: Told,
    },
    Attempts {
        run: u8,
        calls: Vec<Call>,
    },
    Grant {
        kind: GrantKind,
        halves: i8,
        days: Option<i8>,
    },
    TopUp {
        payment: u8,
        halves: i8,
    },
    ClawBack {
        payment: u8,
        halves: Option<i8>,
    },
    Renew {
        payment: Option<u8>,
    },
    Caps {
        month: Option<Option<i8>>,
        member: Option<Option<i8>>,
    },
    Special(Special),
    Pause,
    Resume {
        item: Option<(u8, u8)>,
    },
    Key {
        change: u8,
    },
    Quote(Ask),
    Confirm {
        quote: u8,
    },
    /// A new revision of operations.
    Operate(Private),
    /// A new version of the contract: prices of one action move, a plan comes or goes.
    Publish {
        action: u8,
        halves: u8,
        adverse: bool,
        plans: Plans,
    },
    /// The sums over all customers: the surge is on, everyone's budget is spent.
    Sums {
        surge: bool,
        spent: bool,
    },
}

/// What becomes of the plans in a new version.
#[derive(Clone, Copy, Debug)]
pub enum Plans {
    Stay,
    /// One more, like one there is, at a price of its own.
    With(u8),
    /// One less, where another is left.
    Without(u8),
}

/// A run that is asked for.
#[derive(Clone, Debug)]
pub struct Ask {
    pub action: u8,
    pub artifact: Option<u8>,
    pub quantity: Option<u8>,
    pub model: Option<u8>,
    pub inputs: bool,
    pub quote: Option<(u8, Binding)>,
    pub max_price: Option<u8>,
    pub confirmed: bool,
    pub again: Option<Again>,
    pub own_key: bool,
    pub experiment: bool,
    pub member: bool,
    pub hold_for: Option<u16>,
    pub report: Option<Told>,
    pub odd: Option<Odd>,
}

/// What a run says beside its quote.
#[derive(Clone, Copy, Debug)]
pub enum Binding {
    /// All that the quote says.
    Same,
    /// Only the action.
    Omitted,
    /// Whatever the ask says.
    Own,
}

/// Something malformed.
#[derive(Clone, Copy, Debug)]
pub enum Odd {
    LongArtifact,
    EmptyArtifact,
    NoArtifact,
    UnknownAction,
    UnknownMember,
    BigNotes,
    NegativeMax,
    Quantity,
}

/// An outcome that is reported.
#[derive(Clone, Debug)]
pub struct Told {
    pub outcome: Outcome,
    pub parts: Option<u8>,
    pub quantity: Option<u8>,
    pub calls: Vec<Call>,
}

/// A call to a model and a supplier.
#[derive(Clone, Debug)]
pub struct Call {
    pub model: Option<u8>,
    pub input: Option<u16>,
    pub output: Option<u16>,
    pub lookups: u8,
    pub unknown_service: bool,
    pub own_key: bool,
}

/// Special terms, in halves of a credit and the like.
#[derive(Clone, Debug)]
pub struct Special {
    pub price: Option<(u8, u8)>,
    pub allowance: Option<(u8, u8)>,
    pub best_model: Option<u8>,
    pub credit_line: Option<u8>,
    pub at_once: Option<u8>,
    pub days: Option<i8>,
}

/// Any story of `least` to `most` steps, for customers that opened.
pub fn stories(least: usize, most: usize) -> impl Strategy<Value = Vec<Step>> {
    vec(step(), least..most)
}

fn rarely(chance: f64) -> impl Strategy<Value = bool> {
    proptest::bool::weighted(chance)
}

fn step() -> impl Strategy<Value = Step> {
    let by = prop_oneof![12 => Just(By::Product), 1 => Just(By::Support), 1 => Just(By::Customer)];
    // The third customer has to be opened by a step first.
    let who = prop_oneof![11 => Just(0u8), 4 => Just(1u8), 1 => Just(2u8)];
    // Most runs are told of before they are too late.
    (wait(), rarely(0.7), who, by, what()).prop_map(|(wait, in_time, who, by, what)| {
        let of_open = matches!(what, Do::Settle { .. } | Do::Release { .. } | Do::Extend { .. });
        let wait = if of_open && in_time { Wait::None } else { wait };
        Step { wait, who, by, what }
    })
}

fn wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        10 => Just(Wait::None),
        2 => any::<u8>().prop_map(Wait::Micros),
        3 => (0u16..900).prop_map(Wait::Seconds),
        2 => (0u16..60).prop_map(Wait::Hours),
        1 => (1u8..70).prop_map(Wait::Days),
        5 => (0u8..6, -1i8..2).prop_map(|(n, off)| Wait::To(n, off)),
    ]
}

fn what() -> impl Strategy<Value = Do> {
    let run = || any::<u8>();
    let whole = prop_oneof![
        1 => (any::<u8>(), any::<bool>()).prop_map(|(plan, when_paid)| Do::Open { plan, when_paid }),
        4 => any::<u8>().prop_map(|plan| Do::Change { plan }),
        1 => (option::of(any::<bool>()), rarely(0.2)).prop_map(|(when_paid, odd)| Do::Rename { when_paid, odd }),
        4 => option::of(0u8..4).prop_map(|payment| Do::Renew { payment }),
        2 => caps(),
        2 => special().prop_map(Do::Special),
        1 => Just(Do::Pause),
        2 => option::of((0u8..4, 0u8..3)).prop_map(|item| Do::Resume { item }),
        2 => (0u8..6).prop_map(|change| Do::Key { change }),
        1 => private().prop_map(Do::Operate),
        3 => publish(),
        1 => (rarely(0.3), rarely(0.3)).prop_map(|(surge, spent)| Do::Sums { surge, spent }),
    ]
    .boxed();
    let wallet = prop_oneof![
        2 => (grant_kind(), amount(), option::of(-1i8..60)).prop_map(|(kind, halves, days)| Do::Grant { kind, halves, days }),
        2 => (0u8..6, amount()).prop_map(|(payment, halves)| Do::TopUp { payment, halves }),
        1 => (0u8..6, option::of(amount())).prop_map(|(payment, halves)| Do::ClawBack { payment, halves }),
        2 => (run(), option::of(-1i8..12)).prop_map(|(run, part)| Do::Refund { run, part }),
        1 => (run(), told()).prop_map(|(run, report)| Do::Correct { run, report }),
    ]
    .boxed();
    let runs = prop_oneof![
        12 => ask().prop_map(Do::Start),
        9 => (run(), told()).prop_map(|(run, report)| Do::Settle { run, report }),
        1 => run().prop_map(|run| Do::Release { run }),
        1 => (run(), 0u32..9_000).prop_map(|(run, seconds)| Do::Extend { run, seconds }),
        1 => (run(), vec(call(), 0..3)).prop_map(|(run, calls)| Do::Attempts { run, calls }),
        2 => ask().prop_map(Do::Quote),
        1 => (0u8..4).prop_map(|quote| Do::Confirm { quote }),
    ]
    .boxed();
    prop_oneof![2 => whole, 3 => wallet, 9 => runs]
}

fn publish() -> impl Strategy<Value = Do> {
    let plans = prop_oneof![
        1 => Just(Plans::Stay),
        4 => any::<u8>().prop_map(Plans::With),
        1 => any::<u8>().prop_map(Plans::Without),
    ];
    (any::<u8>(), 1u8..12, any::<bool>(), plans)
        .prop_map(|(action, halves, adverse, plans)| Do::Publish { action, halves, adverse, plans })
}

fn grant_kind() -> impl Strategy<Value = GrantKind> {
    prop_oneof![
        8 => Just(GrantKind::Gift),
        8 => Just(GrantKind::Goodwill),
        1 => Just(GrantKind::Plan),
        1 => Just(GrantKind::Bought),
    ]
}

/// Mostly a few credits; sometimes nothing, or less.
fn amount() -> impl Strategy<Value = i8> {
    prop_oneof![20 => 1i8..60, 1 => -2i8..1]
}

fn caps() -> impl Strategy<Value = Do> {
    let cap = || option::weighted(0.6, option::weighted(0.7, -1i8..30));
    (cap(), cap()).prop_map(|(month, member)| Do::Caps { month, member })
}

fn special() -> impl Strategy<Value = Special> {
    (
        option::weighted(0.3, (0u8..4, 0u8..6)),
        option::weighted(0.3, (0u8..4, 0u8..8)),
        option::weighted(0.2, 0u8..3),
        option::weighted(0.4, 0u8..20),
        option::weighted(0.2, 0u8..8),
        option::weighted(0.95, -1i8..50),
    )
        .prop_map(|(price, allowance, best_model, credit_line, at_once, days)| Special {
            price,
            allowance,
            best_model,
            credit_line,
            at_once,
            days,
        })
}

/// A run that is asked for.
pub fn ask() -> BoxedStrategy<Ask> {
    let binding =
        prop_oneof![3 => Just(Binding::Same), 2 => Just(Binding::Omitted), 1 => Just(Binding::Own)];
    let again = prop_oneof![1 => Just(Again::Redo), 1 => Just(Again::Fresh)];
    let thing = (
        0u8..5,
        option::weighted(0.8, 0u8..3),
        option::weighted(0.7, 0u8..9),
        option::weighted(0.3, 0u8..4),
    );
    let terms = (
        option::weighted(0.15, (0u8..4, binding)),
        option::weighted(0.2, 0u8..12),
        rarely(0.4),
        option::weighted(0.08, again),
        rarely(0.3),
        rarely(0.05),
        rarely(0.3),
    );
    let rest = (
        rarely(0.9),
        option::weighted(0.1, 0u16..1_000),
        option::weighted(0.4, told()),
        option::weighted(0.03, odd()),
    );
    (thing, terms, rest)
        .prop_map(|(thing, terms, rest)| {
            let (action, artifact, quantity, model) = thing;
            let (quote, max_price, confirmed, again, own_key, experiment, member) = terms;
            let (inputs, hold_for, report, odd) = rest;
            Ask {
                action,
                artifact,
                quantity,
                model,
                inputs,
                quote,
                max_price,
                confirmed,
                again,
                own_key,
                experiment,
                member,
                hold_for,
                report,
                odd,
            }
        })
        .boxed()
}

fn odd() -> impl Strategy<Value = Odd> {
    proptest::sample::select(vec![
        Odd::LongArtifact,
        Odd::EmptyArtifact,
        Odd::NoArtifact,
        Odd::UnknownAction,
        Odd::UnknownMember,
        Odd::BigNotes,
        Odd::NegativeMax,
        Odd::Quantity,
    ])
}

fn told() -> BoxedStrategy<Told> {
    let outcome = prop_oneof![
        14 => Just(Outcome::Delivered),
        4 => Just(Outcome::Partial),
        2 => Just(Outcome::Empty),
        4 => Just(Outcome::Failed),
        1 => Just(Outcome::BadInput),
        1 => Just(Outcome::Blocked),
        1 => Just(Outcome::Cancelled),
        2 => Just(Outcome::Abandoned),
        1 => Just(Outcome::Reopened),
    ];
    (outcome, option::of(0u8..6), option::of(0u8..9), vec(call(), 0..2))
        .prop_map(|(outcome, parts, quantity, calls)| Told { outcome, parts, quantity, calls })
        .boxed()
}

fn call() -> impl Strategy<Value = Call> {
    (
        option::of(0u8..4),
        option::of(0u16..400),
        option::of(0u16..400),
        0u8..3,
        rarely(0.1),
        rarely(0.3),
    )
        .prop_map(|(model, input, output, lookups, unknown_service, own_key)| Call {
            model,
            input,
            output,
            lookups,
            unknown_service,
            own_key,
        })
}
