//! My terms: what a customer agreed to, and what is changing, with their own bill before and after and
//! every choice they have.

use super::bill::{Bill, REACH, RUNS};
use super::suppose::Supposed;
use super::{Desk, Way};
use crate::amount::Amount;
use crate::command::{Act, Actor, CustomerChanges, Renews};
use crate::contract::{Contract, ContractRef, Override, Plan, RunsOn};
use crate::decide::next_version;
use crate::diff::{Change, Class, diff, is_told};
use crate::explain::{Fact, PlanPage, Priced};
use crate::id::{Name, RunId};
use crate::money::{Currency, Money};
use crate::phrase;
use crate::state::Customer;
use crate::terms::{Catalog, Version};
use crate::time::{Time, Window};
use serde::Serialize;

/// What a customer agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermsPage {
    /// Whose.
    pub customer: Name,
    /// The version they live under.
    pub contract: ContractRef,
    /// Since when.
    pub since: Time,
    /// Their plan.
    pub plan: Name,
    /// What it is called.
    pub plan_name: String,
    /// The plan in plain words: what it runs on, what it brings, what each thing costs.
    pub plan_words: Vec<Fact>,
    /// What the plan costs; null: nothing.
    pub price: Option<String>,
    /// How periods renew.
    pub renews: Renews,
    /// The paid period.
    pub period: Window,
    /// Special terms that are in force.
    pub overrides: Vec<SpecialTerms>,
    /// A plan that begins with the next period; null: they keep theirs.
    pub next_plan: Option<NextPlan>,
    /// A version of the contract that is coming; null: none is.
    pub changing: Option<Changing>,
    /// A later version does not apply to them, as it has no plan like theirs: that, in words.
    pub kept: Option<String>,
    /// Every version they have lived under, the newest first.
    pub history: Vec<LivedUnder>,
    /// The last entry this has seen.
    pub as_of_seq: u64,
}

/// Special terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpecialTerms {
    /// They end before this instant; null: they are open-ended.
    pub until: Option<Time>,
    /// What is agreed, a sentence each.
    pub words: Vec<String>,
}

/// A version somebody lived under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LivedUnder {
    /// Which.
    pub contract: ContractRef,
    /// From when.
    pub from: Time,
}

/// A plan that waits for the period's end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextPlan {
    /// Which.
    pub plan: Name,
    /// What it is called.
    pub plan_name: String,
    /// When it begins.
    pub starts: Time,
    /// What it costs; null: nothing.
    pub price: Option<String>,
    /// The plan in plain words, as `plan_words`.
    pub plan_words: Vec<Fact>,
}

/// What is changing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changing {
    /// The version that is coming.
    pub contract: ContractRef,
    /// When it begins for this customer; where the period is not paid by then, when that is paid.
    pub starts: Time,
    /// The notice lasts until then; null: it is over, and the version waits for the next period.
    pub notice_until: Option<Time>,
    /// What differs for somebody on their plan, the worse first.
    pub changes: Vec<TermsChange>,
    /// Their own runs of the last 30 days, priced by both; null where they had none.
    pub bill: Option<Bill>,
    /// What the plan costs now; null: nothing.
    pub plan_price_now: Option<String>,
    /// What it costs then.
    pub plan_price_then: Option<String>,
    /// What they can do. All of it is open.
    pub choices: Vec<Way>,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermsChange {
    /// The change as a sentence.
    pub words: String,
    /// It is worse, or may be.
    pub worse: bool,
}

/// A version that is coming, with when it begins for one customer.
struct Coming<'a> {
    version: &'a Version,
    starts: Time,
}

impl Desk<'_> {
    /// Is another version on its way to this customer? Then their runs are asked for.
    #[must_use]
    pub fn is_changing(&self) -> bool {
        coming(self.catalog, self.customer).is_some()
    }

    /// What they agreed to, and what is changing. `runs` are their last ones, awake, the newest first;
    /// of more than [`RUNS`] only the newest are looked at.
    #[must_use]
    pub fn terms_page(&self, runs: &[RunId], more: bool) -> TermsPage {
        let (contract, plan) = (self.terms.contract, self.terms.plan);
        let customer = self.customer;
        let lived = customer.versions.iter().rev().filter_map(|(number, from)| {
            let contract = self.catalog.version(*number)?.contract.reference();
            Some(LivedUnder { contract, from: *from })
        });
        TermsPage {
            customer: customer.id.clone(),
            contract: contract.reference(),
            since: customer.versions.last().map_or(customer.opened_at, |(_, from)| *from),
            plan: plan.id.clone(),
            plan_name: plan.title(),
            plan_words: plan_words(contract, plan),
            price: plan.price.map(|price| price.to_string()),
            renews: customer.renews,
            period: customer.period,
            overrides: self.special_terms(),
            next_plan: self.next_plan(),
            changing: coming(self.catalog, customer).map(|next| self.changing(&next, runs, more)),
            kept: self.kept(),
            history: lived.collect(),
            as_of_seq: customer.seq,
        }
    }

    /// The same, where all of their runs are awake.
    #[must_use]
    pub fn terms_page_of_all(&self) -> TermsPage {
        let runs: Vec<RunId> = self.customer.runs.keys().rev().copied().collect();
        self.terms_page(&runs, false)
    }

    /// The plan that waits for the period's end, by the version they live under then.
    fn next_plan(&self) -> Option<NextPlan> {
        let starts = self.customer.period.until;
        let id = self.customer.next_plan.as_ref()?;
        let then = self.catalog.successor_on(self.customer, id, starts);
        let contract = then.map_or(self.terms.contract, |version| &version.contract);
        let plan = contract.plans.get(id)?;
        Some(NextPlan {
            plan: id.clone(),
            plan_name: plan.title(),
            starts,
            price: plan.price.map(|price| price.to_string()),
            plan_words: plan_words(contract, plan),
        })
    }

    fn changing(&self, coming: &Coming<'_>, runs: &[RunId], more: bool) -> Changing {
        let (before, after) = (self.terms.contract, &*coming.version.contract);
        let plan = self.plan_then();
        let mut changes: Vec<TermsChange> = diff(before, after)
            .changes
            .into_iter()
            .filter(|change| concerns(change, &[before, after], &[&self.terms.plan.id, plan]))
            .map(|change| TermsChange {
                worse: change.class >= Class::Undecidable,
                words: change.words,
            })
            .collect();
        changes.sort_by_key(|change| !change.worse);
        let newest = runs.get(..runs.len().min(RUNS)).unwrap_or(runs);
        let is_cut = (more || runs.len() > RUNS) && self.reaches_back(newest);
        let bill = self.bill(newest, is_cut, coming.version).filter(|bill| bill.runs > 0);
        let price = |contract: &Contract, plan: &Name| {
            contract.plans.get(plan).and_then(|plan| plan.price).map(|price| price.to_string())
        };
        let notice = coming.version.effective;
        Changing {
            contract: after.reference(),
            starts: coming.starts,
            notice_until: (notice > self.now).then_some(notice),
            bill,
            plan_price_now: price(before, &self.terms.plan.id),
            plan_price_then: price(after, plan),
            choices: self.choices(coming, changes.iter().any(|change| change.worse)),
            changes,
        }
    }

    /// The plan they are on once the period is over.
    fn plan_then(&self) -> &Name {
        self.customer.next_plan.as_ref().unwrap_or(&self.customer.plan)
    }

    /// Did all of these runs begin within the time that a bill reaches back?
    fn reaches_back(&self, runs: &[RunId]) -> bool {
        let since = self.now.plus_micros(-REACH);
        let oldest = runs.last().and_then(|id| self.customer.runs.get(id));
        oldest.is_some_and(|run| run.opened_at >= since)
    }

    fn special_terms(&self) -> Vec<SpecialTerms> {
        let zone = self.terms.zone();
        let contract = self.terms.contract;
        let booked = self.customer.overrides.iter().filter(|o| self.now < o.ends);
        let booked: Vec<_> = booked.map(|o| (&o.terms, Some(o.ends))).collect();
        let is_booked =
            |terms: &Override| booked.iter().any(|(known, _)| std::ptr::eq(*known, terms));
        let filed = self.terms.overrides().filter(|terms| !is_booked(terms));
        let filed = filed
            .map(|terms| (terms, terms.until.map(|until| zone.day(zone.start_of(until)).until)));
        let all: Vec<_> = filed.chain(booked.iter().copied()).collect();
        let all = all
            .into_iter()
            .map(|(terms, until)| SpecialTerms { until, words: special_words(contract, terms) });
        all.filter(|special| !special.words.is_empty()).collect()
    }

    /// A version that was published for others.
    fn kept(&self) -> Option<String> {
        let last = self.catalog.versions().last().map(|version| &version.contract)?;
        let plan = self.plan_then();
        let is_gone = last.version > self.customer.contract && last.plans.get(plan).is_none();
        if !is_gone || coming(self.catalog, self.customer).is_some() {
            return None;
        }
        let (plan, present) = (phrase::plan(&self.terms.plan.title()), self.terms.contract.version);
        Some(format!(
            "Version {} has no {plan}, so it does not apply to you: you keep your plan, under version \
             {present}.",
            last.version
        ))
    }
}

/// The version that begins next for a customer, and when.
fn coming<'a>(catalog: &'a Catalog, customer: &Customer) -> Option<Coming<'a>> {
    let at_once = next_version(catalog, customer, Time::MAX).and_then(|(starts, _)| {
        let version = catalog.successor(customer, starts)?;
        Some(Coming { version, starts })
    });
    let next = at_a_period(catalog, customer);
    let all = [at_once, next].into_iter().flatten();
    all.min_by_key(|coming| coming.starts)
}

/// The version that begins with a period, as renewals choose it.
fn at_a_period<'a>(catalog: &'a Catalog, customer: &Customer) -> Option<Coming<'a>> {
    let later = catalog.versions().iter().filter(|v| v.contract.version > customer.contract);
    let last = later.map(|version| version.effective).max()?;
    let plan = customer.next_plan.as_ref().unwrap_or(&customer.plan);
    let contract = &catalog.version(customer.contract)?.contract;
    let per = contract.plans.get(plan).map(Plan::period);
    let mut starts = customer.period.until;
    for n in 1..=PERIODS {
        if let Some(version) = catalog.successor_on(customer, plan, starts) {
            return Some(Coming { version, starts });
        }
        if starts >= last {
            return None;
        }
        // Where a plan begins with that period, its own are counted from there.
        starts = match customer.next_plan {
            Some(_) => contract.zone.nth(customer.period.until, per?, n),
            None => contract.zone.window(customer.anchor, per?, starts).until,
        };
    }
    None
}

/// Periods are looked at so far ahead, and no further.
const PERIODS: u32 = 1_000;

/// Does a change matter to somebody on one of these plans?
fn concerns(change: &Change, contracts: &[&Contract], plans: &[&Name]) -> bool {
    if change.class == Class::Neutral || !is_told(change) {
        return false;
    }
    let mut path = change.key.split('.');
    let offers = |action: &str, plan: &Name| {
        let mut having = contracts.iter().filter_map(|contract| contract.plans.get(plan));
        having.any(|plan| plan.is_offering(action))
    };
    match (path.next(), path.next()) {
        (Some("plans"), Some(of)) => plans.iter().any(|plan| plan.as_str() == of),
        (Some("actions"), Some(of)) => plans.iter().any(|plan| offers(of, plan)),
        (Some("new_customers" | "experiments" | "waive"), _) => false,
        (Some("top_ups"), _) => contracts.iter().any(|contract| {
            plans.iter().filter_map(|plan| contract.plans.get(plan)).any(|plan| plan.top_ups)
        }),
        _ => true,
    }
}

fn plan_words(contract: &Contract, plan: &Plan) -> Vec<Fact> {
    let page = PlanPage::of(contract, plan);
    let includes = page.includes.into_iter().map(|included| Fact {
        label: included.name,
        text: included.text,
        by_default: false,
    });
    page.facts.into_iter().chain(includes).collect()
}

/// What special terms say; why they were agreed is ours.
fn special_words(contract: &Contract, terms: &Override) -> Vec<String> {
    let named = |id: &Name| {
        contract.actions.get(id).map_or_else(|| id.to_string(), |action| action.name.clone())
    };
    let unit = |id: &Name| contract.actions.get(id).map_or("unit", |action| action.unit.as_str());
    let mut words = Vec::new();
    if let Some((price, per)) = terms.price {
        words.push(format!("Your plan costs {} a {}.", phrase::money(price), per.word()));
    }
    for (id, price) in &terms.prices {
        let on_key = if price.on_your_key { " on your own AI key" } else { "" };
        let cost = Priced::of(contract, &price.credits, unit(id)).text;
        words.push(format!("{}: {cost}{on_key}.", named(id)));
    }
    for (id, allowance) in &terms.allowances {
        let units = phrase::count(allowance.units, unit(id));
        words.push(format!("{}: {units} free a {}.", named(id), allowance.per.word()));
    }
    if let Some(class) = terms.best_model.as_ref().and_then(|class| contract.models.get(class)) {
        words.push(format!("Best AI model: {}.", class.means));
    }
    if let Some(line) = terms.credit_line {
        words.push(format!("You may use {} that you do not have yet.", phrase::credits(line)));
    }
    if let Some(at_once) = terms.at_once {
        words.push(format!("{at_once} may run at once."));
    }
    words
}

impl Desk<'_> {
    /// Everything that can be done about a change.
    fn choices(&self, coming: &Coming<'_>, is_worse: bool) -> Vec<Way> {
        let starts = self.when(coming.starts);
        let title = self.terms.plan.title();
        let stay = Way {
            act: "stay",
            from: Some(coming.starts),
            words: format!(
                "Stay on {title}: the new terms begin on {starts}. You need do nothing."
            ),
            ..Way::default()
        };
        let plans = coming.version.contract.plans.iter();
        let others = plans.filter(|plan| plan.id != self.terms.plan.id);
        let mut ways = vec![stay];
        ways.extend(others.map(|plan| self.switch(plan, coming)));
        ways.push(self.leave(&starts, is_worse));
        ways.push(Way {
            act: "contact",
            href: self.terms.contract.links.contact.clone(),
            words: "Talk to us.".to_owned(),
            ..Way::default()
        });
        ways
    }

    fn switch(&self, plan: &Plan, coming: &Coming<'_>) -> Way {
        let mut supposed = Supposed::of(self);
        let changes = CustomerChanges { plan: Some(plan.id.clone()), ..CustomerChanges::default() };
        let is_there = self.terms.contract.plans.get(&plan.id).is_some();
        let is_done = is_there && supposed.submit(Act::UpdateCustomer(changes), Actor::product());
        let from = match supposed.plans() {
            _ if !is_done => coming.starts,
            (now, _) if *now == plan.id => self.now,
            _ => self.customer.period.until,
        };
        let price = plan.price.map(|price| price.to_string());
        let key = (plan.runs_on == RunsOn::OwnKey).then_some("with your own AI key");
        let costs = price.clone().unwrap_or_else(|| "free".to_owned());
        let terms: Vec<&str> = std::iter::once(costs.as_str()).chain(key).collect();
        let from_words = match from == self.now {
            true => "at once".to_owned(),
            false => format!("from {}", self.when(from)),
        };
        Way {
            act: "switch_plan",
            to: Some(plan.id.to_string()),
            needs: key.map(|_| "own_key".to_owned()),
            plan_price: price,
            from: Some(from),
            href: self.terms.contract.links.plans.clone(),
            words: format!("Switch to {} ({}), {from_words}.", plan.title(), terms.join(", ")),
            ..Way::default()
        }
    }

    /// Leaving, with what is given back for it where the version in force promises that.
    fn leave(&self, starts: &str, is_worse: bool) -> Way {
        let contract = self.terms.contract;
        let href = contract.links.contact.clone().or_else(|| contract.links.plans.clone());
        let way = Way { act: "leave", href, ..Way::default() };
        let promises = contract.changes.worse.is_some_and(|worse| worse.may_leave_with_refund);
        if !promises || !is_worse {
            let words = format!(
                "Leave before {starts}. No refund of unused credits is promised for this change."
            );
            return Way { words, ..way };
        }
        let (credits, money) = self.unused();
        let words = match (credits.is_zero(), &money) {
            (true, _) => {
                format!("Leave before {starts}. You have no unused credits that you bought.")
            }
            (false, Some(money)) => format!(
                "Leave before {starts}: the {} that you bought and have not used are paid back, {money}.",
                phrase::credits(credits)
            ),
            (false, None) => format!(
                "Leave before {starts}: the {} that you bought and have not used are paid back.",
                phrase::credits(credits)
            ),
        };
        Way { credits: Some(credits), money: money.map(|money| money.to_string()), words, ..way }
    }

    /// Credits that were bought and are not used, and what was paid for them, as far as that is known;
    /// shares are rounded up to the cent.
    fn unused(&self) -> (Amount, Option<Money>) {
        let (mut credits, mut money, mut is_known) = (Amount::ZERO, None::<Money>, true);
        for payment in self.customer.payments.values() {
            let grants = payment.grants();
            let grants = grants.iter().filter_map(|id| self.customer.real.grant(*id));
            let live = grants.filter(|grant| grant.is_live(self.now));
            let left = Amount::sum(live.map(|grant| grant.available)).unwrap_or(Amount::ZERO);
            if !left.is_positive() {
                continue;
            }
            credits = credits.plus(left).unwrap_or(credits);
            let paid = payment.paid.as_deref().and_then(|paid| {
                let (number, currency) = paid.split_once(' ')?;
                let paid = Money::parse(Currency::parse(currency)?, number)?;
                paid.share_up(left, payment.credits)
            });
            match (paid, money) {
                (Some(paid), None) => money = Some(paid),
                (Some(paid), Some(sum)) => {
                    money = sum.plus(paid);
                    is_known &= money.is_some();
                }
                (None, _) => is_known = false,
            }
        }
        (credits, money.filter(|_| is_known))
    }
}
