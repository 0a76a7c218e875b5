//! Ways forward: what a refused customer can really do.
//!
//! Each is taken on a supposed copy of the books and the run is decided again; only ways after
//! which it would be allowed are listed. Those of the plan's `when_short` come first and in its
//! order, then the others in the closed order, `contact` last, and alone if none is left.
//! Agreement that would only be asked for then is taken as given, and the way says so.

use super::suppose::Supposed;
use super::{Desk, Way};
use crate::amount::Amount;
use crate::command::{Act, Actor, CapChanges, CustomerChanges, Purpose, RunRequest};
use crate::contract::{Plan, RunsOn, WhenShort};
use crate::decide::{About, Code, Denial, is_upgrade};
use crate::id::Name;
use crate::money::Money;
use crate::phrase;
use crate::time::{Per, Time};

/// The closed order of ways that `when_short` does not list.
const ORDER: [&str; 13] = [
    "wait",
    "top_up",
    "switch_plan",
    "use_own_key",
    "fix_own_key",
    "smaller_model",
    "other_action",
    "resume",
    "raise_cap",
    "raise_max_price",
    "confirm",
    "fix_input",
    "finish_running",
];

impl Desk<'_> {
    /// The ways forward of a denied request.
    pub(super) fn ways_forward(&self, denial: &Denial, request: &RunRequest) -> Vec<Way> {
        let mut ways = Vec::new();
        for listed in &self.terms.plan.when_short {
            match listed {
                WhenShort::Wait => ways.extend(self.wait(denial, request)),
                WhenShort::TopUp => ways.extend(self.top_up(denial, request)),
                WhenShort::SwitchTo(plan) => ways.extend(self.switch_to(plan, denial, request)),
                WhenShort::Contact => {}
            }
        }
        for kind in ORDER {
            if kind == "switch_plan" || ways.iter().all(|way| way.act != kind) {
                ways.extend(self.ways_of_kind(kind, denial, request));
            }
        }
        if ways.is_empty() || self.terms.plan.when_short.contains(&WhenShort::Contact) {
            ways.push(self.contact());
        }
        ways
    }

    fn ways_of_kind(&self, kind: &str, denial: &Denial, request: &RunRequest) -> Vec<Way> {
        let one = match kind {
            "wait" => self.wait(denial, request),
            "top_up" => self.top_up(denial, request),
            "switch_plan" => {
                let plans =
                    self.terms.contract.plans.iter().filter(|p| self.is_worth_a_switch(p, denial));
                return plans.filter_map(|p| self.switch_to(&p.id, denial, request)).collect();
            }
            "use_own_key" | "fix_own_key" => self.own_key(kind, denial, request),
            "smaller_model" => self.smaller_model(denial, request),
            "other_action" => return self.other_actions(denial),
            "resume" => self.resume(denial, request),
            "raise_cap" => self.raise_cap(denial, request),
            "raise_max_price" => self.raise_max_price(denial, request),
            "confirm" => self.confirm(denial, request),
            "fix_input" => self.fix_input(denial, request),
            _ => self.finish_running(denial, request),
        };
        Vec::from_iter(one)
    }

    /// Until the next reset, period, or end of a pause: the first at which it would be allowed.
    fn wait(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        if !waiting_can_help(denial.code) {
            return None;
        }
        let until = denial.resets_at.filter(|at| *at > self.now)?;
        let mut then = Supposed::of(self);
        then.wait(until);
        let taken = self.taken(&then, denial, request)?;
        let day = self.when(until);
        let come = then.brought;
        let brings = match denial.code.is_about_credits() {
            true if !come.is_positive() => return None,
            true => Some(phrase::credits(come)),
            false => None,
        };
        let verb = if come == Amount::credits(1) { "comes" } else { "come" };
        let words = match &brings {
            Some(brings) => format!("Wait until {day}: {brings} {verb} with your plan."),
            None => format!("Wait until {day}."),
        };
        let way = Way { act: "wait", until: Some(until), then: brings, words, ..Way::default() };
        Some(way.asking(&taken))
    }

    /// The cheapest purchase that is enough.
    fn top_up(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        if !self.terms.plan.top_ups || !denial.code.is_about_credits() {
            return None;
        }
        let (credits, money) = self.cheapest(denial.missing?)?;
        let mut then = Supposed::of(self);
        let payment = Name::new("supposed");
        let bought = then.submit(Act::TopUp { payment, credits, paid: None }, Actor::product());
        if !bought {
            return None;
        }
        let taken = self.taken(&then, denial, request)?;
        let worth = money.map(|m| m.to_string());
        let words = match &worth {
            Some(worth) => format!("Buy {} for {worth}.", phrase::credits(credits)),
            None => format!("Buy {}.", phrase::credits(credits)),
        };
        let way = Way {
            act: "top_up",
            credits: Some(credits),
            money: worth,
            href: self.terms.contract.links.top_up.clone(),
            words,
            ..Way::default()
        };
        Some(way.asking(&taken))
    }

    /// The cheapest of packs and exact amounts that bring at least `missing`.
    fn cheapest(&self, missing: Amount) -> Option<(Amount, Option<Money>)> {
        let contract = self.terms.contract;
        let packs = contract.top_ups.packs.iter().filter(|p| p.credits >= missing);
        let mut offers: Vec<(Amount, Money)> = packs.map(|p| (p.credits, p.price)).collect();
        if let (Some(from), Some(list)) =
            (contract.top_ups.any_amount_from, contract.credit.list_price)
        {
            let exact = Money::of_credits(missing, list);
            if let Some(exact) = exact {
                if exact >= from {
                    offers.push((missing, exact));
                } else if let Some(credits) = credits_for(from, list, contract.credit.smallest) {
                    offers.push((credits, from));
                }
            }
        }
        let best = offers
            .into_iter()
            .min_by(|(_, a), (_, b)| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        match best {
            Some((credits, money)) => Some((credits, Some(money))),
            None if contract.top_ups.packs.is_empty() => Some((missing, contract.money(missing))),
            None => {
                let largest = contract.top_ups.packs.iter().max_by_key(|p| p.credits)?;
                let packs = missing.how_many(largest.credits)?.saturating_add(1);
                let money = (1..packs).try_fold(largest.price, |sum, _| sum.plus(largest.price));
                Some((largest.credits.times(packs)?, money))
            }
        }
    }

    /// Plans that `when_short` does not list: those that give what this one lacks, or more at once.
    /// Where credits are short, a cheaper plan from the next period on is only another way to wait.
    fn is_worth_a_switch(&self, plan: &Plan, denial: &Denial) -> bool {
        let listed = WhenShort::SwitchTo(plan.id.clone());
        let lacks = matches!(
            denial.code,
            Code::NotInPlan | Code::ModelAbovePlan | Code::OwnKeyMissing | Code::OwnKeyCap
        );
        !self.terms.plan.when_short.contains(&listed)
            && (lacks || is_upgrade(self.terms.plan, plan))
    }

    /// Another plan: at once for an upgrade, else at the period's end.
    fn switch_to(&self, name: &Name, denial: &Denial, request: &RunRequest) -> Option<Way> {
        // Trials have one allowance and one budget, whatever the plan.
        let trial = request.purpose == Purpose::Experiment
            && matches!(denial.code, Code::AllowanceUsed | Code::Surge | Code::OurBudgetUsed);
        if *name == self.terms.plan.id || trial || !depends_on_the_plan(denial.code) {
            return None;
        }
        let plan = self.terms.contract.plans.get(name)?;
        let mut then = Supposed::of(self);
        let change = CustomerChanges { plan: Some(name.clone()), ..CustomerChanges::default() };
        if !then.submit(Act::UpdateCustomer(change), Actor::product()) {
            return None;
        }
        let from = (!is_upgrade(self.terms.plan, plan)).then_some(self.customer.period.until);
        if let Some(from) = from {
            then.wait(from);
        }
        let on_key = plan.runs_on == RunsOn::OwnKey;
        let with_key = RunRequest { own_key: on_key || request.own_key, ..request.clone() };
        let taken = self.taken(&then, denial, &with_key)?;
        let needs_key = on_key && self.taken(&then, denial, request).is_none();
        let also = on_key.then(|| then.own_cost(request)).flatten();
        Some(self.switch_way(plan, from, taken, needs_key, also))
    }

    fn switch_way(
        &self,
        plan: &Plan,
        from: Option<Time>,
        taken: Taken,
        needs_key: bool,
        also: Option<String>,
    ) -> Way {
        let Taken { price, asks } = taken;
        let plan_price = plan.price.map(|p| p.to_string());
        let also = also.map(|cost| format!("your AI provider bills about {cost}"));
        let mut words = format!("Switch to {}", plan.title());
        let key = needs_key.then_some("with your own AI key");
        let terms: Vec<&str> = plan_price.as_deref().into_iter().chain(key).collect();
        if !terms.is_empty() {
            words.push_str(&format!(" ({})", terms.join(", ")));
        }
        if let Some(from) = from {
            words.push_str(&format!(" from {}", self.when(from)));
        }
        let there = if price.is_zero() {
            "nothing from us".to_owned()
        } else {
            phrase::price(self.terms.contract, price)
        };
        words.push_str(&format!(": this then costs {there}"));
        if asks {
            words.push_str(", and you are asked first");
        }
        if let Some(also) = &also {
            words.push_str(&format!("; {also}"));
        }
        words.push('.');
        Way {
            act: "switch_plan",
            to: Some(plan.id.to_string()),
            needs: needs_key.then(|| "own_key".to_owned()),
            asks,
            plan_price,
            price_there: Some(price),
            from,
            also,
            href: self.terms.contract.links.plans.clone(),
            words,
            ..Way::default()
        }
    }

    fn own_key(&self, kind: &str, denial: &Denial, request: &RunRequest) -> Option<Way> {
        let refused = denial.about == About::KeyRefused;
        let (act, words) = match (kind, refused) {
            ("use_own_key", false) => ("use_own_key", "Add your own AI key."),
            ("fix_own_key", true) => ("fix_own_key", "Replace the AI key that was refused."),
            _ => return None,
        };
        if denial.code != Code::OwnKeyMissing {
            return None;
        }
        let with_key = RunRequest { own_key: true, ..request.clone() };
        let taken = self.taken(&Supposed::of(self), denial, &with_key)?;
        let href = self.terms.contract.links.own_key.clone();
        Some(Way { act, href, words: words.to_owned(), ..Way::default() }.asking(&taken))
    }

    /// The best model that is allowed: of those that are called like the one asked for, where there are
    /// any, since whoever asks for one speaks its provider's language.
    fn smaller_model(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        if denial.code != Code::ModelAbovePlan {
            return None;
        }
        let allowed = self.models_allowed(request.purpose)?;
        let fits = |model: &String| {
            let request = RunRequest { model: Some(Name::new(model)), ..request.clone() };
            self.taken(&Supposed::of(self), denial, &request).map(|taken| (model.clone(), taken))
        };
        let asked = request.model.as_deref().map(family);
        let (alike, others): (Vec<_>, Vec<_>) =
            allowed.iter().rev().partition(|model| asked == Some(family(model)));
        let (model, taken) = alike.into_iter().chain(others).find_map(fits)?;
        let words = format!("Use {model}.");
        let way = Way { act: "smaller_model", to: Some(model), words, ..Way::default() };
        Some(way.asking(&taken))
    }

    /// Free exploring, where this action cannot be had however many credits there are.
    fn other_actions(&self, denial: &Denial) -> Vec<Way> {
        if !matches!(
            denial.code,
            Code::NotInPlan | Code::AllowanceUsed | Code::Surge | Code::OurBudgetUsed
        ) {
            return Vec::new();
        }
        let others = self.terms.contract.actions.iter();
        let exploring = others.filter(|a| a.exploring && a.id != denial.action);
        let way = |action: &crate::contract::Action| {
            let request = RunRequest { action: action.id.clone(), ..RunRequest::default() };
            Supposed::of(self).price_if_allowed(&request, false).filter(|p| p.is_zero())?;
            let words = format!("{} is free.", action.name);
            Some(Way {
                act: "other_action",
                to: Some(action.id.to_string()),
                words,
                ..Way::default()
            })
        };
        exploring.filter_map(way).collect()
    }

    fn resume(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        let (item, words) = match (denial.code, &denial.about) {
            (Code::Paused, About::UnusualDay { .. }) => (None, "Resume for today."),
            (Code::ItemPaused, _) => {
                let artifact = request.artifact.clone()?;
                (Some((denial.action.clone(), artifact)), "Try this one again.")
            }
            _ => return None,
        };
        let mut then = Supposed::of(self);
        if !then.submit(Act::Resume { item }, Actor::customer()) {
            return None;
        }
        let taken = self.taken(&then, denial, request)?;
        Some(Way { act: "resume", words: words.to_owned(), ..Way::default() }.asking(&taken))
    }

    /// A higher limit of whoever's is reached; where both are in the way, both.
    fn raise_cap(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        if denial.code != Code::SpendCapReached {
            return None;
        }
        let book = &self.customer.real;
        let needs = denial.needs?;
        let month = book.month.at(self.now).plus(needs)?;
        let own = CapChanges { month: Some(Some(month)), ..CapChanges::default() };
        if denial.limit.of != "member" {
            let by_month = self.customer.caps.month.is_some()
                || self.terms.contract.limits.spend_cap.is_none_or(|cap| cap.per == Per::Month);
            let words = if by_month {
                format!("Raise the limit to {}.", phrase::credits(month))
            } else {
                format!("Set a limit of your own: {} a month.", phrase::credits(month))
            };
            return self.with_caps(own, denial, request, (month, None), words);
        }
        let member = request.member.clone()?;
        let used = book.members.get(&member).map_or(Amount::ZERO, |spent| spent.at(self.now));
        let to = used.plus(needs)?;
        let members = std::collections::BTreeMap::from([(member, Some(to))]);
        let theirs = CapChanges { members: members.clone(), ..CapChanges::default() };
        let words = format!("Raise the limit to {}.", phrase::credits(to));
        self.with_caps(theirs, denial, request, (to, None), words).or_else(|| {
            let words = format!(
                "Raise both limits: the member's to {}, that of all to {} a month.",
                phrase::credits(to),
                phrase::credits(month)
            );
            let needs = Some(format!("month {month}"));
            let both = CapChanges { members, ..own };
            self.with_caps(both, denial, request, (to, needs), words)
        })
    }

    fn with_caps(
        &self,
        caps: CapChanges,
        denial: &Denial,
        request: &RunRequest,
        (to, needs): (Amount, Option<String>),
        words: String,
    ) -> Option<Way> {
        let mut then = Supposed::of(self);
        if !then.submit(Act::SetCaps(caps), Actor::product()) {
            return None;
        }
        let taken = self.taken(&then, denial, request)?;
        let to = Some(to.to_string());
        Some(Way { act: "raise_cap", to, needs, words, ..Way::default() }.asking(&taken))
    }

    fn raise_max_price(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        let price = denial.needs.filter(|_| denial.code == Code::PriceAboveMax)?;
        let request = RunRequest { max_price: Some(price), ..request.clone() };
        let taken = self.taken(&Supposed::of(self), denial, &request)?;
        let words = format!("Allow {}.", phrase::credits(price));
        let to = Some(price.to_string());
        Some(Way { act: "raise_max_price", to, words, ..Way::default() }.asking(&taken))
    }

    fn confirm(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        if denial.code != Code::ConfirmationNeeded {
            return None;
        }
        let price = Supposed::of(self).price_if_allowed(request, true)?;
        let needs = matches!(denial.about, About::Warning(_)).then(|| "quote".to_owned());
        let words = format!("Agree to {}.", phrase::price(self.terms.contract, price));
        Some(Way { act: "confirm", needs, price_there: Some(price), words, ..Way::default() })
    }

    fn fix_input(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        let About::Input { field, reason } = &denial.about else { return None };
        let action = self.terms.contract.actions.get(&denial.action)?;
        let mut fixed = request.clone();
        for need in &action.needs {
            let value = fixed.inputs.entry(need.to_string()).or_default();
            if value.trim().is_empty() {
                value.push('?');
            }
        }
        if let Some(most) = self.terms.up_to(action) {
            fixed.quantity = fixed.quantity.map(|q| q.min(most));
        }
        let taken = self.taken(&Supposed::of(self), denial, &fixed)?;
        let words = format!("Mend the input: {reason}.");
        let way = Way { act: "fix_input", to: Some(field.clone()), words, ..Way::default() };
        Some(way.asking(&taken))
    }

    fn finish_running(&self, denial: &Denial, request: &RunRequest) -> Option<Way> {
        if !matches!(denial.code, Code::InProgress | Code::TooManyAtOnce | Code::CreditsInFlight) {
            return None;
        }
        let mut then = Supposed::of(self);
        then.end_all_runs();
        let taken = self.taken(&then, denial, request)?;
        let words = "Wait for what is running to end.".to_owned();
        Some(Way { act: "finish_running", words, ..Way::default() }.asking(&taken))
    }

    /// What the run would come to once a way is taken; None if it would still be refused. Agreement
    /// that would be asked for next is taken as given, but not where nothing else is missing.
    fn taken(&self, then: &Supposed<'_>, denial: &Denial, request: &RunRequest) -> Option<Taken> {
        let given = self.agreed && denial.code > Code::ConfirmationNeeded;
        if let Some(price) = then.price_if_allowed(request, given) {
            return Some(Taken { price, asks: false });
        }
        if denial.code == Code::ConfirmationNeeded {
            return None;
        }
        let price = then.price_if_allowed(request, true)?;
        Some(Taken { price, asks: true })
    }

    fn contact(&self) -> Way {
        let href = self.terms.contract.links.contact.clone();
        Way { act: "contact", href, words: "Talk to us.".to_owned(), ..Way::default() }
    }
}

/// What a run comes to once a way is taken.
struct Taken {
    price: Amount,
    /// Agreement is asked for before it starts.
    asks: bool,
}

impl Way {
    /// Says so, where agreement is asked for once it is taken.
    fn asking(mut self, taken: &Taken) -> Self {
        if taken.asks {
            self.asks = true;
            self.words.push_str(" You are asked before it starts.");
        }
        self
    }
}

/// What models of one provider have in common: `gpt` of `openai/gpt-4.1-mini`.
fn family(model: &str) -> &str {
    let plain = model.rsplit('/').next().unwrap_or(model);
    plain.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(plain)
}

/// Does anything come back by itself?
const fn waiting_can_help(code: Code) -> bool {
    matches!(
        code,
        Code::Paused
            | Code::OwnKeyCap
            | Code::ItemPaused
            | Code::Surge
            | Code::OurBudgetUsed
            | Code::AllowanceUsed
            | Code::ConfirmationNeeded
            | Code::SpendCapReached
            | Code::CreditsInFlight
            | Code::NotEnoughCredits
    )
}

/// Would another plan be an answer? Pauses, inputs and work in progress are the same on each.
const fn depends_on_the_plan(code: Code) -> bool {
    !matches!(
        code,
        Code::Paused | Code::BadInput | Code::InProgress | Code::ItemPaused | Code::TooManyAtOnce
    )
}

/// How many credits a sum buys at the list price, rounded up to the smallest unit.
fn credits_for(sum: Money, list_price: Money, smallest: Amount) -> Option<Amount> {
    let exact = sum.trillionths().checked_mul(1_000_000)?.checked_div(list_price.trillionths())?;
    let amount = Amount::from_millionths(i64::try_from(exact).ok()?)?;
    let down = amount.round_down(smallest)?;
    let worth = Money::of_credits(down, list_price)?;
    if worth < sum { down.plus(smallest) } else { Some(down) }
}
