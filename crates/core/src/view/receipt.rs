//! Receipts: a run explained, from the first answer on; and the card of a run that is held.

use super::words::{about, warning};
use super::{AttemptLine, Desk, DrawLine, Reader, Receipt, RunCard, WouldBe};
use crate::amount::Amount;
use crate::command::{GrantKind, Purpose};
use crate::contract::words::State;
use crate::contract::{Action, Contract, Mode, Operations, Outcome, PriceMap, why};
use crate::entry::{AttemptFacts, RunKind};
use crate::id::{Name, RunId};
use crate::margin::own_key_bill;
use crate::money::Cost;
use crate::phrase;
use crate::state::{Item, ItemKey, Leg, RefundNote, Run, RunStatus};
use crate::terms::Version;
use crate::time::Time;
use serde::Serialize;

impl Desk<'_> {
    /// The receipt of a run; None for one that is not in the state.
    #[must_use]
    pub fn receipt(&self, id: RunId, reader: Reader) -> Option<Receipt> {
        let run = self.customer.runs.get(&id)?;
        let contract = &self.catalog.version(run.contract)?.contract;
        let leg = self.customer.real.legs.get(&id).cloned().unwrap_or_default();
        let end = run.end.as_ref();
        let secret = reader == Reader::Product;
        let action = contract.actions.get(&run.action);
        Some(Receipt {
            run: id,
            status: run.status,
            customer: self.customer.id.clone(),
            member: run.member.clone(),
            action: run.action.clone(),
            artifact: run.artifact.clone(),
            purpose: run.purpose,
            mode: run.mode,
            kind: run.kind,
            outcome: end.map(|e| e.outcome),
            reason: end.and_then(|e| e.reason.clone()),
            decided_by: end.map(|e| e.decided_by),
            rule: rule(run, &leg),
            why: why_of(run, &leg, action),
            quoted: run.quote.as_ref().map(|q| q.price),
            held: leg.started.price,
            charged: leg.charged(),
            refunded: leg.refunded,
            refunds: run.refunds.iter().map(refund_line).collect(),
            released: leg.ended.as_ref().map_or(Amount::ZERO, |e| e.released),
            quantity: end.and_then(|e| e.reported.quantity).or(run.quantity),
            parts: end.and_then(|e| e.reported.parts),
            parts_total: action.and_then(|a| a.parts),
            units_free: leg.ended.as_ref().map_or(leg.started.units_free, |e| e.units_free),
            drawn: leg.ended.iter().flat_map(|e| &e.drawn).map(draw_line).collect(),
            contract: contract.reference(),
            operations: run.operations,
            quote: run.quote.as_ref().map(|q| q.id.clone()),
            confirmation: run.confirmation.clone(),
            late: end.is_some_and(|e| e.late),
            would: self.would_of(id, run, reader),
            opened_at: run.opened_at,
            ended_at: end.map(|e| e.at),
            words: self.receipt_words(&self.told(id, run, &leg), contract),
            attempts: secret.then(|| self.attempt_lines(run)),
            cost: secret.then(|| total_cost(&run.attempts)),
            wallet: self.line(&self.customer.real),
            seq: run.seq,
        })
    }

    /// A run as its first answer shows it.
    #[must_use]
    pub fn run_card(&self, id: RunId, reader: Reader) -> Option<RunCard> {
        let run = self.customer.runs.get(&id)?;
        let contract = &self.catalog.version(run.contract)?.contract;
        let leg = self.customer.real.legs.get(&id).cloned().unwrap_or_default();
        Some(RunCard {
            run: id,
            status: run.status,
            kind: run.kind,
            price: leg.started.price,
            held: leg.held(),
            mode: run.mode,
            outcome: run.end.as_ref().map(|e| e.outcome),
            would: self.would_of(id, run, reader),
            models_allowed: self.models_allowed(run.purpose),
            expires_at: run.expires_at,
            words: self.receipt_words(&self.told(id, run, &leg), contract),
            tell: self.tell(contract, &run.action, run.on_your_key && run.mode == Mode::Enforce),
            wallet: self.line(&self.customer.real),
            contract: contract.reference(),
            seq: run.seq,
        })
    }

    /// What a customer would have read of a run if it had been enforced: told of the books in which
    /// everything is; None: there is no such run, or it would have been refused.
    #[must_use]
    pub fn words_as_enforced(&self, id: RunId) -> Option<String> {
        let run = self.customer.runs.get(&id)?;
        let contract = &self.catalog.version(run.contract)?.contract;
        if run.mode == Mode::Enforce {
            let leg = self.customer.real.legs.get(&id)?;
            return Some(self.receipt_words(&self.told(id, run, leg), contract));
        }
        let leg = self.customer.shadow_book().legs.get(&id)?;
        let mut customer = self.customer.clone();
        if let Some(shadow) = customer.shadow.take() {
            customer.real = *shadow;
        }
        let (mut run, leg) = ((**run).clone(), (**leg).clone());
        run.mode = Mode::Enforce;
        // What was left there then is not kept; what is left there now is.
        run.left = customer.real.available();
        let desk = Desk { customer: &customer, ..*self };
        Some(desk.receipt_words(&desk.told(id, &run, &leg), contract))
    }

    /// The models up to the best allowed class; None: any.
    pub(super) fn models_allowed(&self, purpose: Purpose) -> Option<Vec<String>> {
        let ceiling = crate::decide::ceiling(&self.terms, purpose)?;
        let classes = self.terms.contract.models.iter().take(ceiling.saturating_add(1));
        let classes: Vec<_> = classes.collect();
        let any = classes.iter().any(|class| class.any);
        (!any).then(|| classes.iter().flat_map(|class| class.are.iter().cloned()).collect())
    }

    /// What would be of a run that began and is not enforced.
    fn would_of(&self, id: RunId, run: &Run, reader: Reader) -> Option<WouldBe> {
        let leg = self.customer.shadow_book().legs.get(&id);
        reader.is_told_would(run.mode).then(|| WouldBe {
            price: leg.map(|l| l.started.price).or(run.denied_price).unwrap_or(Amount::ZERO),
            charged: run.end.as_ref().map(|_| leg.map_or(Amount::ZERO, |leg| leg.charged())),
            denial: run.would_deny.map(crate::decide::Code::word),
            confirmation: run.unconfirmed,
        })
    }

    /// A run as it stands now; what is left, as it was when that last changed.
    fn told<'t>(&'t self, id: RunId, run: &'t Run, leg: &'t Leg) -> Told<'t> {
        let would = self.customer.shadow_book().legs.get(&id).map(AsRef::as_ref);
        Told { id, run, leg, would, available: run.left }
    }

    /// What the customer reads of a run.
    pub(super) fn receipt_words(&self, told: &Told<'_>, contract: &Contract) -> String {
        let Told { run, leg, would, .. } = *told;
        let action = contract.actions.get(&run.action);
        let free = would.is_none_or(|leg| leg.charged().is_zero());
        let state = match state_of(run, leg) {
            State::Announce if run.end.is_some() && free => State::DoneFree,
            State::Announce if would.is_some_and(|leg| leg.started.price.is_zero()) => {
                free_state(run)
            }
            State::Running if action.is_some_and(Action::is_harsh) => State::RunningHarsh,
            State::Reopened => action.map_or(State::Reopened, |action| {
                self.reopened_state(action, run.artifact.as_ref())
            }),
            state => state,
        };
        if state == State::Running {
            let template = contract.words.sentence(Some(&run.action), state);
            let lacks = action.is_none_or(|a| a.delivered_when.is_none());
            if lacks && template.text == State::Running.default_sentence() {
                let price = phrase::credits(leg.started.price);
                return format!("{price} set aside, taken only if it is delivered.");
            }
        }
        let sentence = contract.words.sentence(Some(&run.action), state);
        sentence.fill(|slot| self.receipt_value(slot, told, contract))
    }

    /// What stands for a placeholder in the sentence of a receipt.
    fn receipt_value(&self, slot: &str, told: &Told<'_>, contract: &Contract) -> Option<String> {
        let Told { id, run, leg, available, .. } = *told;
        let action = contract.actions.get(&run.action);
        let reported = run.end.as_ref().map(|end| end.reported);
        let arrived = |parts: Option<u32>, quantity: Option<u64>| {
            parts.map(|p| p.to_string()).or(quantity.map(|q| q.to_string()))
        };
        match slot {
            "action" => action.map(|a| a.name.clone()),
            "price" => shown_price(told).map(phrase::credits),
            "money" => {
                let money = shown_price(told).and_then(|price| contract.money(price));
                money.map(|m| m.to_string())
            }
            "delivered_when" => action.and_then(|a| a.delivered_when.clone()),
            "charged" => Some(phrase::credits(leg.charged())),
            "charged_money" => contract.money(leg.charged()).map(|m| m.to_string()),
            "available" => Some(phrase::credits(self.can_use(available))),
            "receipt" => Some(id.to_string()),
            "done_parts" => reported.and_then(|r| arrived(r.parts, r.quantity)),
            "parts" => arrived(action.and_then(|a| a.parts), run.quantity),
            "reason" => Some(reason(run)),
            "redos_left" => {
                Some(self.redos_left(contract, &run.action, run.artifact.as_ref()).to_string())
            }
            "amount" => Some(phrase::credits(leg.refunded)),
            "date" => Some(self.refund_date(run)),
            "warning" => {
                action.map(|action| self.agreed_to(run, action, contract, leg.started.price))
            }
            "own_cost" => action.and_then(|_| self.own_cost_of(run)),
            _ => {
                let values = self.allowance_values(&run.action, run.purpose);
                values.into_iter().find(|(name, _)| *name == slot).and_then(|(_, value)| value)
            }
        }
    }

    fn refund_date(&self, run: &Run) -> String {
        let until = run.refunds.last().and_then(|r| r.usable_until);
        until.map_or_else(|| "you have used them".to_owned(), |at| self.when(at))
    }

    /// The free redos that are left of an item.
    pub(super) fn redos_left(
        &self,
        contract: &Contract,
        action: &Name,
        artifact: Option<&Name>,
    ) -> u32 {
        let rule = contract.actions.get(action).and_then(|a| a.free_redo);
        let key = artifact.map(|artifact| ItemKey::new(action, artifact));
        let used = key.and_then(|k| self.customer.items.get(&k)).map_or(0, |item| item.redos);
        rule.map_or(0, |r| r.times.saturating_sub(used))
    }

    /// What is said of an item that is opened again: that it is had, or that nothing was found.
    pub(super) fn reopened_state(&self, action: &Action, artifact: Option<&Name>) -> State {
        let key = artifact.map(|artifact| ItemKey::new(&action.id, artifact));
        let item = key.and_then(|key| self.customer.items.get(&key));
        let is_had = |item: &Item| action.same.once_per.is_some() && !item.delivered_by.is_empty();
        match item {
            Some(item) if !is_had(item) && item.found_nothing => State::EmptyFree,
            _ => State::Reopened,
        }
    }

    /// The warning that was shown and agreed to; where none was, what it would say.
    fn agreed_to(&self, run: &Run, action: &Action, contract: &Contract, price: Amount) -> String {
        let shown = run.confirmation.as_ref().and_then(|c| c.shown.clone());
        shown.unwrap_or_else(|| warning(contract, self.sums, action, price))
    }

    /// The run's calls, each with the price map of the operations that the run lives under.
    fn attempt_lines(&self, run: &Run) -> Vec<AttemptLine> {
        let version = self.catalog.version(run.contract);
        let costs = version.and_then(|v| operations_of(v, run)).and_then(|o| o.costs.as_ref());
        let prices = costs.map(|costs| &costs.prices);
        run.attempts.iter().map(|attempt| attempt_line(attempt, prices)).collect()
    }

    /// What the customer's AI provider bills them for a run, about, by the version it lives under.
    fn own_cost_of(&self, run: &Run) -> Option<String> {
        let version = self.catalog.version(run.contract)?;
        let operations = operations_of(version, run)?;
        let action = version.contract.actions.get(&run.action)?;
        let plan = self.key_plan(&version.contract, &run.action)?;
        let model = run.model.as_ref().map(Name::as_str);
        let units = run.quantity.unwrap_or(1);
        own_key_bill(&version.contract, operations, action, plan, model, units).map(about)
    }
}

/// A run as it is told of: as it stands, or as it stood at one entry.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) id: RunId,
    pub(super) run: &'a Run,
    /// What it is in the real books.
    pub(super) leg: &'a Leg,
    /// What it is where everything is enforced; None: it would have been refused.
    pub(super) would: Option<&'a Leg>,
    /// What could be spent then.
    pub(super) available: Amount,
}

/// What is told of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefundLine {
    /// When.
    pub at: Time,
    /// How much.
    pub amount: Amount,
    /// In the books because it was found out that the run ended otherwise.
    pub corrected: bool,
    /// Why.
    pub reason: Option<String>,
    /// Usable until before this instant; null: for ever.
    pub usable_until: Option<Time>,
}

fn refund_line(note: &RefundNote) -> RefundLine {
    RefundLine {
        at: note.at,
        amount: note.amount,
        corrected: note.corrected,
        reason: note.reason.clone(),
        usable_until: note.usable_until,
    }
}

/// Why it cost what it did, in one sentence.
fn why_of(run: &Run, leg: &Leg, action: Option<&Action>) -> String {
    match (rule(run, leg), &run.end) {
        (Some(rule), Some(end)) => {
            let unit = action.map_or("result", |action| action.unit.as_str());
            why::ended(rule, end.outcome, leg.charged(), unit)
        }
        _ => why::held(leg.started.price).to_owned(),
    }
}

/// The price that is shown. In announce what it would cost, once it has ended what would be
/// charged; nothing is said of what would be refused.
fn shown_price(told: &Told<'_>) -> Option<Amount> {
    match (told.run.mode, &told.run.end) {
        (Mode::Announce, None) => told.would.map(|leg| leg.started.price),
        (Mode::Announce, Some(_)) => told.would.map(|leg| leg.charged()),
        (Mode::Enforce | Mode::Shadow, _) => Some(told.leg.started.price),
    }
}

/// The revision of operations that a run lives under.
fn operations_of<'a>(version: &'a Version, run: &Run) -> Option<&'a Operations> {
    let mut all = version.operations.iter().rev();
    all.find(|operations| operations.revision == run.operations).map(AsRef::as_ref)
}

/// The sentence a run is in.
fn state_of(run: &Run, leg: &Leg) -> State {
    let Some(end) = &run.end else { return running_state(run, leg) };
    if leg.refunded.is_positive() {
        return if end.corrected { State::Corrected } else { State::Refunded };
    }
    match (run.status, run.kind) {
        (RunStatus::Expired, _) => return State::Late,
        (_, RunKind::Reopened) => return State::Reopened,
        _ => {}
    }
    let paid = leg.charged().is_positive();
    match end.outcome {
        Outcome::Delivered | Outcome::Partial if run.mode == Mode::Announce => State::Announce,
        Outcome::Delivered if paid => State::Done,
        Outcome::Delivered if run.free_redo => State::Redo,
        Outcome::Partial if paid => State::Partial,
        Outcome::Empty if paid => State::EmptyPaid,
        Outcome::Empty => State::EmptyFree,
        Outcome::Failed => State::Failed,
        Outcome::BadInput => State::BadInput,
        Outcome::Blocked => State::Blocked,
        Outcome::Cancelled => State::Cancelled,
        Outcome::Abandoned if paid => State::Abandoned,
        Outcome::Reopened => State::Reopened,
        Outcome::Delivered | Outcome::Partial | Outcome::Abandoned => State::DoneFree,
    }
}

fn running_state(run: &Run, leg: &Leg) -> State {
    if run.purpose == Purpose::Experiment {
        State::Experiment
    } else if run.mode == Mode::Announce {
        State::Announce
    } else if leg.started.price.is_zero() {
        free_state(run)
    } else {
        State::Running
    }
}

/// While it runs and costs nothing.
const fn free_state(run: &Run) -> State {
    if run.free_redo {
        State::Redo
    } else if run.on_your_key {
        State::BeforeOwnKey
    } else {
        State::BeforeFree
    }
}

/// The rule that decided; a correction says so.
fn rule(run: &Run, leg: &Leg) -> Option<crate::entry::Rule> {
    if run.end.as_ref().is_some_and(|e| e.corrected) {
        return Some(crate::entry::Rule::Corrected);
    }
    leg.ended.as_ref().map(|e| e.rule)
}

fn reason(run: &Run) -> String {
    let refund = run.refunds.last().and_then(|r| r.reason.clone());
    let end = run.end.as_ref().and_then(|e| e.reason.clone());
    refund.or(end).unwrap_or_else(|| "no reason was given".to_owned())
}

pub(super) fn draw_line(draw: &crate::entry::Draw) -> DrawLine {
    DrawLine {
        grant: draw.grant,
        kind: draw.kind.map_or("owed", GrantKind::word),
        amount: draw.amount,
    }
}

fn attempt_line(attempt: &AttemptFacts, prices: Option<&PriceMap>) -> AttemptLine {
    let is_priced = attempt.cost.is_some() && attempt.model.is_some();
    AttemptLine {
        attempt: attempt.clone(),
        cost_known: attempt.cost.is_some(),
        prices: prices.filter(|_| is_priced).map(|map| map.hash.clone()),
        paid_by: if attempt.own_key { "customer" } else { "us" },
    }
}

/// What the attempts that we pay cost; None where one is unknown, or none was reported.
fn total_cost(attempts: &[AttemptFacts]) -> Option<Cost> {
    if attempts.is_empty() {
        return None;
    }
    attempts
        .iter()
        .filter(|attempt| !attempt.own_key)
        .try_fold(Cost::ZERO, |sum, attempt| sum.plus(attempt.cost?))
}

impl Desk<'_> {
    /// `{left}`, `{allowance}`, `{when}`, `{units}` of an action's allowance.
    pub(super) fn allowance_values(
        &self,
        action: &Name,
        purpose: Purpose,
    ) -> Vec<(&'static str, Option<String>)> {
        let contract = self.terms.contract;
        let unit = contract.actions.get(action).map_or("run", |a| a.unit.as_str());
        let book = &self.customer.real;
        let state = if purpose == Purpose::Experiment {
            contract.experiments.as_ref().map(|e| (e.allowance, book.tried, "trial run"))
        } else {
            let used = book.used.get(action).copied().unwrap_or_default();
            self.terms.allowance(action).map(|allowance| (allowance, used, unit))
        };
        let state = state.map(|(allowance, used, noun)| {
            let of = crate::decide::allowance_state;
            (of(&self.terms, self.customer, allowance, used, self.now), noun)
        });
        let told = state.map(|(state, noun)| {
            let per = state.allowance.per.word();
            (state, format!("{} a {per}", phrase::count(state.allowance.units, noun)))
        });
        vec![
            ("left", told.as_ref().map(|(state, _)| state.left().to_string())),
            ("allowance", told.as_ref().map(|(_, text)| text.clone())),
            ("when", told.as_ref().map(|(state, _)| self.when(state.window.until))),
            ("units", Some(phrase::plural(unit))),
            ("unit", Some(unit.to_owned())),
        ]
    }
}
