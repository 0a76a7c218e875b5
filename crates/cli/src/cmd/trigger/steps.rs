//! What brings each type of event about. One table; nothing is asked here.

use probity_core::event::EventKind;
use serde_json::{Value, json};

/// How an event is to be had.
pub(super) enum Way {
    /// By doing this.
    AtOnce(Vec<Step>),
    /// By doing this, which moves the sandbox clock for everybody there.
    Clock(Vec<Step>),
    /// Not by one customer alone: as a sample.
    Sample,
}

/// What is to be done, after a customer is there.
pub(super) enum Step {
    /// Something to the customer: method, path after theirs, body.
    Customer(&'static str, &'static str, Value),
    /// A run is held, of what costs something; with credits given for it, or without.
    Run {
        /// Credits are given before, so that they are no part of the question.
        given: bool,
    },
    /// Something to that run.
    ToRun(&'static str, Value),
    /// A quote is asked for and agreed to.
    Quote,
    /// Another plan.
    Plan,
    /// A payment: a top-up, or what pays a period; it has an id of its own.
    Payment(&'static str, Value),
    /// That payment is taken back.
    ClawBack,
    /// Special terms: what costs something is free.
    Override,
    /// Credits are used until the wallet says this alert.
    Spend(&'static str),
    /// Credits are given that expire so many seconds from now, by the sandbox clock.
    Expiring(i64),
    /// The sandbox clock is moved: this much further, or to the end of the run's time.
    Clock(Option<&'static str>),
}

/// What brings an event about.
pub(super) fn way(kind: EventKind) -> Way {
    use EventKind as Kind;
    use Step::{Clock, Customer, Expiring, Run, ToRun};
    let reason = "probity trigger";
    let post = |what, body| Customer("POST", what, body);
    let pause = || post("/pause", json!({ "reason": reason }));
    let run = || Run { given: true };
    let settle = || ToRun("/settle", json!({ "outcome": "delivered" }));
    let question = || ToRun("/question", json!({ "text": "Why was I charged?" }));
    Way::AtOnce(match kind {
        Kind::CustomerOpened => Vec::new(),
        Kind::CustomerChanged => vec![Customer("PUT", "", json!({ "name": "Triggered" }))],
        Kind::CustomerPlanChanged => vec![Step::Plan],
        Kind::CustomerPaused => vec![pause()],
        Kind::CustomerResumed => vec![pause(), post("/resume", json!({}))],
        Kind::CustomerRenewed => vec![Step::Payment("/renewals", json!({}))],
        Kind::RunHeld => vec![run()],
        Kind::RunExtended => vec![run(), ToRun("/extend", json!({ "for": "5 minutes" }))],
        Kind::RunSettled => vec![run(), settle()],
        Kind::RunReleased => vec![run(), ToRun("/release", json!({}))],
        Kind::RunRefunded => vec![run(), settle(), ToRun("/refund", json!({ "reason": reason }))],
        Kind::RunCorrected => {
            let failed = json!({ "outcome": "failed", "reason": reason });
            vec![run(), settle(), ToRun("/correct", failed)]
        }
        Kind::RunQuestioned => vec![run(), settle(), question()],
        Kind::RunAnswered => {
            let answer = json!({ "text": "Because it was delivered." });
            vec![run(), settle(), question(), ToRun("/answer", answer)]
        }
        Kind::GrantAdded => vec![gift()],
        Kind::GrantClawedBack => {
            vec![Step::Payment("/top-ups", json!({ "credits": "100" })), Step::ClawBack]
        }
        Kind::CapsChanged => vec![Customer("PUT", "/caps", json!({ "month": "1000" }))],
        Kind::QuoteConfirmed => vec![Step::Quote],
        Kind::WalletUsed => vec![Step::Spend("used")],
        Kind::WalletRunsOutSoon => vec![Step::Spend("runs_out")],
        Kind::TopUpWanted => {
            let wanted = json!({ "below": "1000000", "credits": "50", "month_at_most": "1000" });
            let asks = Customer("PUT", "/caps", json!({ "auto_top_up": wanted }));
            vec![asks, Run { given: false }, settle()]
        }
        Kind::OwnKeyChanged => {
            vec![Customer("PUT", "/own-keys/openai", json!({ "key": "sk-probity-trigger" }))]
        }
        Kind::OverrideBegan => vec![Step::Override],
        Kind::RunExpired => return Way::Clock(vec![run(), Clock(None)]),
        // Told when time is next looked at, not when credits come.
        Kind::GrantExpiresSoon => {
            return Way::Clock(vec![Expiring(3600), Clock(Some("1 minute"))]);
        }
        Kind::GrantExpired => return Way::Clock(vec![Expiring(60), Clock(Some("2 minutes"))]),
        Kind::CustomerUnusualDay | Kind::TermsChanging | Kind::TermsBegan => return Way::Sample,
    })
}

/// Credits, so that they are no part of the question.
pub(super) fn gift() -> Step {
    let gift = json!({ "kind": "gift", "amount": "100", "reason": "probity trigger" });
    Step::Customer("POST", "/grants", gift)
}
