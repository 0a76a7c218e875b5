//! What needs a person: of each entry of the books, what is out of the ordinary about it, and what to
//! do next. For whoever looks after money and customers, never for customers.
//!
//! It reads one entry at a time, with the one that its run began with, so that a report is a walk over
//! the journal and nothing has to be kept for it.

use crate::amount::Amount;
use crate::contract::{Contract, Mode, Outcome};
use crate::entry::{
    AttemptFacts, Ended, Entry, Facts, Granted, OWN_KEY_REFUSED, OverrideFacts, Started,
};
use crate::id::{Name, RunId};
use crate::money::{Currency, Money};
use crate::phrase;
use crate::terms::Catalog;
use crate::time::Time;
use serde::Serialize;

/// Why a line is there. Closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionKind {
    /// It failed: not billed, and what it cost is ours.
    OurFailure,
    /// The customer's AI provider refused their own key: not billed, and theirs to mend.
    KeyRefused,
    /// Nobody said in time how it ended: not billed.
    Expired,
    /// It was reported as delivered, too late: theirs, and not billed.
    Late,
    /// Shadow would have refused it.
    WouldBeDenied,
    /// Today's billing took something else than the contract would.
    Differs,
    /// More calls were made than the contract bounds repeats at.
    TooManyAttempts,
    /// What an attempt cost is not known.
    UnknownCost,
    /// It drew on a credit line: the customer owes credits.
    Owed,
    /// Of a payment taken back, something was spent already.
    Unrecovered,
    /// What was paid is no offer of the contract's.
    OddTopUp,
    /// Special terms that are in force.
    Override,
    /// A customer says that a receipt is wrong.
    Question,
    /// Events do not arrive where they are to be sent.
    WebhookFails,
    /// A payment was told of, and could not be taken into the books.
    PaymentNotTaken,
}

impl ExceptionKind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::OurFailure,
        Self::KeyRefused,
        Self::Expired,
        Self::Late,
        Self::WouldBeDenied,
        Self::Differs,
        Self::TooManyAttempts,
        Self::UnknownCost,
        Self::Owed,
        Self::Unrecovered,
        Self::OddTopUp,
        Self::Override,
        Self::Question,
        Self::WebhookFails,
        Self::PaymentNotTaken,
    ];

    /// Its stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OurFailure => "our_failure",
            Self::KeyRefused => "key_refused",
            Self::Expired => "expired",
            Self::Late => "late",
            Self::WouldBeDenied => "would_be_denied",
            Self::Differs => "differs",
            Self::TooManyAttempts => "too_many_attempts",
            Self::UnknownCost => "unknown_cost",
            Self::Owed => "owed",
            Self::Unrecovered => "unrecovered",
            Self::OddTopUp => "odd_top_up",
            Self::Override => "override",
            Self::Question => "question",
            Self::WebhookFails => "webhook_fails",
            Self::PaymentNotTaken => "payment_not_taken",
        }
    }
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// Why it is there.
    pub kind: ExceptionKind,
    /// When it happened.
    pub at: Time,
    /// Whose.
    pub customer: Name,
    /// The run it is about.
    pub run: Option<RunId>,
    /// What was run.
    pub action: Option<Name>,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// The credits it is about.
    pub amount: Option<Amount>,
    /// The same in money.
    pub money: Option<String>,
    /// What happened.
    pub what: String,
    /// What to do next.
    pub next: String,
    /// The name of the key it came with.
    pub by: Name,
    /// The entry of the customer's journal that says it; None: it is not in the books.
    pub seq: Option<u64>,
}

/// An entry, with what is needed to say something of it.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    /// Every published version.
    pub catalog: &'a Catalog,
    /// Whose entry it is.
    pub customer: &'a Name,
    /// The entry.
    pub entry: &'a Entry,
    /// How the run began that it is about, where it began in another entry.
    pub started: Option<&'a Started>,
    /// The instant.
    pub now: Time,
}

impl Looked<'_> {
    /// What is out of the ordinary about it.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        let mut found = Vec::new();
        match &self.entry.facts {
            Facts::StartRun(started) => self.began(started, &mut found),
            Facts::Run { started, ended } => {
                self.began(started, &mut found);
                self.ended(ended, Some(started), &mut found);
            }
            Facts::Settle(ended) | Facts::Release(ended) => {
                self.ended(ended, self.started, &mut found);
            }
            Facts::ExpireRun(ended) => found.push(self.line(
                ExceptionKind::Expired,
                Some(ended.leg.released),
                format!(
                    "Nobody said in time how it ended: {} given back.",
                    were(ended.leg.released)
                ),
                "Find out why it was not settled; more time is had by `extend`.",
            )),
            Facts::Attempts { attempts, .. } => self.attempts(attempts, &mut found),
            Facts::ClawBack(claw) if claw.unrecovered.is_positive() => found.push(self.line(
                ExceptionKind::Unrecovered,
                Some(claw.unrecovered),
                format!(
                    "Of payment {}, which was taken back, {} spent already.",
                    claw.payment,
                    were(claw.unrecovered)
                ),
                "It is no debt in the books: ask for it outside of them, or let it be.",
            )),
            Facts::TopUp(bought) if bought.restores.is_none() => found.extend(self.odd(bought)),
            Facts::Override(terms) if self.now < terms.ends => found.push(self.special(terms)),
            _ => {}
        }
        found
    }

    fn contract(&self) -> Option<&Contract> {
        let version = self.catalog.version(self.entry.contract.version)?;
        Some(&version.contract)
    }

    fn line(
        &self,
        kind: ExceptionKind,
        amount: Option<Amount>,
        what: impl Into<String>,
        next: impl Into<String>,
    ) -> Exception {
        let started = match &self.entry.facts {
            Facts::StartRun(started) | Facts::Run { started, .. } => Some(&**started),
            _ => self.started,
        };
        let money = amount.and_then(|amount| self.contract()?.money(amount));
        Exception {
            kind,
            at: self.entry.at,
            customer: self.customer.clone(),
            run: self.entry.run,
            action: started.map(|started| started.action.clone()),
            artifact: started.and_then(|started| started.artifact.clone()),
            amount,
            money: money.map(|money| money.to_string()),
            what: what.into(),
            next: next.into(),
            by: self.entry.by.clone(),
            seq: Some(self.entry.seq),
        }
    }

    fn began(&self, started: &Started, found: &mut Vec<Exception>) {
        // What was enforced was allowed, whatever the shadow books have come to.
        if let Some(shadow) = self.entry.shadow.as_ref().filter(|_| started.mode != Mode::Enforce)
            && let Some(code) = shadow.denial
        {
            let price = shadow.price.or(shadow.started.as_ref().map(|leg| leg.price));
            let what = format!("If this were enforced it had been refused: {}.", code.word());
            let next = "Before enforcing, see whether this customer is to be refused.";
            found.push(self.line(ExceptionKind::WouldBeDenied, price, what, next));
        }
        let owed =
            Amount::sum(started.leg.drawn.iter().filter(|d| d.grant.is_none()).map(|d| d.amount));
        if let Some(owed) = owed.filter(|owed| owed.is_positive()) {
            let what = format!("Of its price {} drawn on the credit line.", were(owed));
            let next = "They are repaid by the next credits that arrive: see to it that some do.";
            found.push(self.line(ExceptionKind::Owed, Some(owed), what, next));
        }
    }

    fn ended(&self, ended: &Ended, started: Option<&Started>, found: &mut Vec<Exception>) {
        let price = started.map(|started| started.leg.price);
        let free = |what: &str| match price.filter(|price| price.is_positive()) {
            Some(price) => format!("{what} {} not charged.", were(price)),
            None => what.to_owned(),
        };
        if ended.late && ended.outcome == Outcome::Delivered {
            let what = free("It was delivered after its time, so it is theirs for nothing.");
            let next = "Report sooner, extend while it runs, or promise more time in the contract.";
            found.push(self.line(ExceptionKind::Late, price, what, next));
        } else if ended.reason.as_deref() == Some(OWN_KEY_REFUSED) {
            let what = free("The customer's AI provider refused the customer's own key.");
            let next = "Ask the customer for another key, and store it: \
                        PUT /v1/customers/ID/own-keys/PROVIDER.";
            found.push(self.line(ExceptionKind::KeyRefused, price, what, next));
        } else if ended.outcome == Outcome::Failed {
            let why = ended.reason.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
            let what = free(&format!("It failed{why}."));
            let next = match ended.reason.as_deref() {
                Some("client_request") => {
                    "Look at what the client sent: whoever does the work did not accept it."
                }
                _ => "Find out why: its receipt has the reason and the attempts.",
            };
            found.push(self.line(ExceptionKind::OurFailure, price, what, next));
        }
        self.differs(ended, started, found);
        self.attempts(&ended.attempts, found);
    }

    /// What today's billing took, against what the contract would take.
    fn differs(&self, ended: &Ended, started: Option<&Started>, found: &mut Vec<Exception>) {
        let today = ended.today.as_ref().or(started.and_then(|started| started.today.as_ref()));
        let Some(charged) = today.and_then(|today| today.charged) else { return };
        let shadow = self.entry.shadow.as_ref().and_then(|shadow| shadow.ended.as_ref());
        let would = shadow.unwrap_or(&ended.leg).charged;
        if charged != would {
            let (charged, would_be) = (phrase::credits(charged), phrase::credits(would));
            let what = format!("Today's billing took {charged}; the contract takes {would_be}.");
            let next = "Look at its receipt for the rule, and decide which of the two is right.";
            found.push(self.line(ExceptionKind::Differs, Some(would), what, next));
        }
    }

    fn attempts(&self, attempts: &[AttemptFacts], found: &mut Vec<Exception>) {
        let of_ours = attempts.iter().filter(|attempt| attempt.cost.is_none() && !attempt.own_key);
        let has_tokens = |a: &&AttemptFacts| a.usage.input.is_some() && a.usage.output.is_some();
        let is_untold = |a: &&AttemptFacts| a.services.is_empty() && !has_tokens(a);
        let untold = of_ours.clone().filter(is_untold).count() as u64;
        if untold > 0 {
            let what = format!(
                "The cost of {} is not known: nobody told their tokens.",
                phrase::count(untold, "attempt")
            );
            let next = "Where your provider tells them later, report them: the run's attempts.";
            found.push(self.line(ExceptionKind::UnknownCost, None, what, next));
        }
        let unknown = of_ours.filter(|attempt| !is_untold(attempt));
        let models: Vec<&str> =
            unknown.clone().filter_map(|attempt| attempt.model.as_deref()).collect();
        let unknown = unknown.count() as u64;
        if unknown > 0 {
            let of =
                if models.is_empty() { String::new() } else { format!(": {}", models.join(", ")) };
            let what =
                format!("The cost of {} is not known{of}.", phrase::count(unknown, "attempt"));
            let next = "Add the model or service to the costs in operations, and publish them.";
            found.push(self.line(ExceptionKind::UnknownCost, None, what, next));
        }
        let made = attempts.len() as u64;
        let Some(retries) = self.contract().map(|contract| u64::from(contract.failures.retries))
        else {
            return;
        };
        if made > retries.saturating_add(1) {
            let what = format!(
                "It took {}; the contract bounds repeats at {retries}.",
                phrase::count(made, "attempt")
            );
            let next = "Nobody pays for them but us: see what repeats so often.";
            found.push(self.line(ExceptionKind::TooManyAttempts, None, what, next));
        }
    }

    /// A top-up that the contract does not offer at this price.
    fn odd(&self, bought: &Granted) -> Option<Exception> {
        let contract = self.contract()?;
        let credits = bought.grant.amount;
        let text = bought.paid.as_deref()?;
        let (number, currency) = text.split_once(' ')?;
        let paid = Money::parse(Currency::parse(currency)?, number)?;
        let terms = &contract.top_ups;
        let is_pack = terms.packs.iter().any(|p| p.credits == credits && p.price == paid);
        let is_any = terms.any_amount_from.is_some() && contract.money(credits) == Some(paid);
        if is_pack || is_any {
            return None;
        }
        let why = if currency == contract.currency.code() {
            "the contract offers nothing like it".to_owned()
        } else {
            format!("the contract sells in {}", contract.currency.code())
        };
        let what = format!("{} booked for {text}; {why}.", were(credits));
        let next = "Compare it with the payment; then give what is missing, or claw it back.";
        Some(self.line(ExceptionKind::OddTopUp, Some(credits), what, next))
    }

    fn special(&self, terms: &OverrideFacts) -> Exception {
        let until = terms.terms.until.map_or_else(|| terms.ends.to_string(), |day| day.to_string());
        let reason = terms.terms.reason.as_deref();
        let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
        self.line(
            ExceptionKind::Override,
            terms.terms.credit_line,
            format!("Special terms are in force until {until}{reason}."),
            "Let them end, or agree on new ones before that day.",
        )
    }
}

/// `1 credit was`, `6 credits were`.
fn were(amount: Amount) -> String {
    let verb = if amount == Amount::credits(1) { "was" } else { "were" };
    format!("{} {verb}", phrase::credits(amount))
}
