//! A refusal as it is told: words, numbers, ways forward.

use super::suppose::{Supposed, filled};
use super::words::{at_when, say};
use super::{DenialCard, Desk, Way};
use crate::amount::Amount;
use crate::command::{Purpose, RunRequest};
use crate::contract::words::State;
use crate::decide::{About, Code, Denial};
use crate::id::Name;
use crate::phrase;
use crate::time::Time;

impl Desk<'_> {
    /// The denial of a request, explained, under the version it was decided under. Works the ways
    /// forward out by deciding again.
    #[must_use]
    pub fn denial(&self, denial: &Denial, request: &RunRequest) -> DenialCard {
        self.under(request).denial_there(denial, &filled(request))
    }

    fn denial_there(&self, denial: &Denial, request: &RunRequest) -> DenialCard {
        let ways_forward = self.ways_forward(denial, request);
        DenialCard {
            kind: format!("/problems/{}", denial.code.word()),
            title: denial.code.title(),
            status: denial.code.http_status(),
            detail: self.denial_words(denial, request.purpose, &[]),
            code: denial.code.word(),
            applied: false,
            as_of_seq: denial.as_of_seq,
            retry_helps: denial.code.retry_helps(),
            action: denial.action.clone(),
            needs: denial.needs,
            has: denial.has,
            held: denial.held,
            missing: denial.missing,
            charged: Amount::ZERO,
            resets_at: denial.resets_at.filter(|at| self.brings(denial, *at)),
            contract: self.terms.contract.reference(),
            limit: denial.limit.clone(),
            words: self.denial_words(denial, request.purpose, &ways_forward),
            ways_forward,
        }
    }

    /// Does anything come by itself at that instant? Credits may not, however soon the period ends.
    fn brings(&self, denial: &Denial, at: Time) -> bool {
        if !denial.code.is_about_credits() {
            return true;
        }
        let mut then = Supposed::of(self);
        then.wait(at);
        then.brought.is_positive()
    }

    fn denial_words(&self, denial: &Denial, purpose: Purpose, ways: &[Way]) -> String {
        let contract = self.terms.contract;
        let values = self.denial_values(denial, purpose, ways);
        let ours = denial.limit.of == "customer" && self.customer.caps.month.is_none();
        let state = match state_of(denial) {
            State::SpendCapReached if ours => State::SpendCapDefault,
            state => state,
        };
        say(contract, Some(&denial.action), state, &values)
    }

    fn denial_values(
        &self,
        denial: &Denial,
        purpose: Purpose,
        ways: &[Way],
    ) -> Vec<(&'static str, Option<String>)> {
        let contract = self.terms.contract;
        let action = contract.actions.get(&denial.action);
        let needs = denial.needs.unwrap_or(Amount::ZERO);
        let resets = denial.resets_at.map(|at| match denial.code {
            Code::Surge => at_when(self.terms.zone(), at, self.now),
            _ => self.when(at),
        });
        let (plan, why) = match self.trial_bound(denial.code, purpose) {
            Some(said) => said,
            None => (self.terms.plan.title(), self.why(denial.code)),
        };
        let mut values = vec![
            ("action", action.map(|a| a.name.clone())),
            ("price", Some(phrase::credits(needs))),
            ("money", self.money(needs)),
            ("available", Some(phrase::credits(self.can_use(denial.has)))),
            ("missing", denial.missing.map(phrase::credits)),
            ("held_note", Some(self.held_note(denial))),
            ("ways_forward", Some(self.ways_words(denial, ways))),
            ("plan", Some(plan)),
            ("why", Some(why)),
            ("allowed_models", Some(self.models_in_words(purpose))),
            ("at_once", denial.limit.used.clone()),
            ("warning_or_price", Some(self.warning_or_price(denial))),
        ];
        values.extend(about_values(denial));
        if resets.is_some() {
            values.push(("when", resets));
        }
        values.extend(self.cap_values(denial));
        values.extend(self.allowance_values(&denial.action, purpose));
        values
    }

    /// Of a trial: who sets its bounds, where the plan does not, and why.
    fn trial_bound(&self, code: Code, purpose: Purpose) -> Option<(String, String)> {
        if purpose != Purpose::Experiment {
            return None;
        }
        let contract = self.terms.contract;
        let trials = contract.experiments.as_ref();
        let listed = trials.map(|trials| trials.actions.as_slice()).unwrap_or_default();
        match code {
            Code::NotInPlan => {
                let names = listed.iter().filter_map(|id| contract.actions.get(id));
                let names: Vec<&str> = names.map(|action| action.name.as_str()).collect();
                let why = match phrase::list(&names, "and") {
                    none if none.is_empty() => "there are no trial runs.".to_owned(),
                    names => format!("there are trial runs of: {names}."),
                };
                Some(("what can be tried out".to_owned(), why))
            }
            Code::ModelAbovePlan
                if crate::decide::ceiling(&self.terms, purpose) != self.terms.ceiling() =>
            {
                let why = "that is how trial runs are made.".to_owned();
                Some(("A trial run".to_owned(), why))
            }
            _ => None,
        }
    }

    /// ` (10 more is set aside for work in progress)`, where something is.
    fn held_note(&self, denial: &Denial) -> String {
        if denial.held.is_zero() {
            return String::new();
        }
        let values = [("held", Some(phrase::credits(denial.held)))];
        let note = say(self.terms.contract, Some(&denial.action), State::HeldNote, &values);
        format!(" {note}")
    }

    /// The ways forward in one breath; a plan that sells no credits says so first.
    fn ways_words(&self, denial: &Denial, ways: &[Way]) -> String {
        let told = ways.iter().map(|way| way.words.as_str()).collect::<Vec<_>>().join(" ");
        let short = matches!(denial.code, Code::NotEnoughCredits);
        let plan = self.terms.plan;
        match plan.why.get("top_ups") {
            Some(why) if short && !plan.top_ups && !ways.is_empty() => {
                let values = [
                    ("plan", Some(plan.title())),
                    ("why", Some(phrase::stop(why))),
                    ("ways_forward", Some(told)),
                ];
                say(self.terms.contract, Some(&denial.action), State::NoTopUp, &values)
            }
            _ => told,
        }
    }

    fn why(&self, code: Code) -> String {
        let key = match code {
            Code::NotInPlan => "offers",
            Code::ModelAbovePlan => "best_model",
            _ => "top_ups",
        };
        let reason = self.terms.plan.why.get(key).map(|why| phrase::stop(why));
        reason.unwrap_or_else(|| "that is how this plan is made.".to_owned())
    }

    fn models_in_words(&self, purpose: Purpose) -> String {
        let ceiling = crate::decide::ceiling(&self.terms, purpose).unwrap_or(usize::MAX);
        let classes = self.terms.contract.models.iter().take(ceiling.saturating_add(1));
        let means: Vec<&str> = classes.map(|class| class.means.as_str()).collect();
        phrase::list(&means, "and")
    }

    fn warning_or_price(&self, denial: &Denial) -> String {
        let contract = self.terms.contract;
        let needs = denial.needs.unwrap_or(Amount::ZERO);
        match &denial.about {
            About::Warning(warning) => warning.clone(),
            About::Beyond => self.beyond_words(&denial.action, needs),
            _ => {
                let price = phrase::price(contract, needs);
                let name = contract.actions.get(&denial.action).map_or("This", |a| a.name.as_str());
                format!("{name} again: {price}.")
            }
        }
    }

    /// That the allowance is used, and what each costs from here.
    pub(super) fn beyond_words(&self, action: &Name, price: Amount) -> String {
        let contract = self.terms.contract;
        let mut values = vec![("price", Some(phrase::price(contract, price)))];
        values.extend(self.allowance_values(action, Purpose::Production));
        say(contract, Some(action), State::AllowanceBeyond, &values)
    }

    /// `{cap}` and `{used}`: credits, or money on an own key.
    fn cap_values(&self, denial: &Denial) -> Vec<(&'static str, Option<String>)> {
        let in_credits = |text: &Option<String>| {
            text.as_ref().map(|t| Amount::parse(t).map_or_else(|_| t.clone(), phrase::credits))
        };
        vec![("cap", in_credits(&denial.limit.limit)), ("used", in_credits(&denial.limit.used))]
    }
}

/// Which sentence a denial is told in.
pub(super) fn state_of(denial: &Denial) -> State {
    match (denial.code, &denial.about) {
        (Code::Paused, About::OperatorPause(_)) => State::PausedByUs,
        (Code::Paused, _) => State::Paused,
        (Code::RenewalDue, _) => State::RenewalDue,
        (Code::NotInPlan, _) => State::NotInPlan,
        (Code::ModelAbovePlan, _) => State::ModelAbovePlan,
        (Code::OwnKeyMissing, About::KeyRefused) => State::OwnKeyFailed,
        (Code::OwnKeyMissing, _) => State::OwnKeyMissing,
        (Code::OwnKeyCap, _) => State::OwnKeyCap,
        (Code::BadInput, _) => State::BadInput,
        (Code::ConfirmationNeeded, _) => State::ConfirmationNeeded,
        (Code::InProgress, _) => State::InProgress,
        (Code::ItemPaused, _) => State::ItemPaused,
        (Code::TooManyAtOnce, _) => State::TooManyAtOnce,
        (Code::Surge, _) => State::Surge,
        (Code::OurBudgetUsed, _) => State::OurBudgetUsed,
        (Code::AllowanceUsed, _) => State::AllowanceUsed,
        (Code::PriceAboveMax, _) => State::PriceAboveMax,
        (Code::SpendCapReached, _) => State::SpendCapReached,
        (Code::CreditsInFlight, _) => State::CreditsInFlight,
        (Code::NotEnoughCredits, _) => State::NotEnoughCredits,
    }
}

/// What only some denials have to tell.
fn about_values(denial: &Denial) -> Vec<(&'static str, Option<String>)> {
    match &denial.about {
        About::OperatorPause(reason) => vec![("reason", Some(phrase::stop(reason)))],
        About::UnusualDay { today, usual } => vec![
            ("used_today", Some(used_today(*today, denial.needs))),
            ("usual", Some(phrase::credits(*usual))),
        ],
        About::Input { reason, .. } => vec![("reason", Some(reason.clone()))],
        About::Fails(n) => vec![("n", Some(n.to_string()))],
        About::MaxPrice(most) => vec![("max_price", Some(phrase::credits(*most)))],
        About::Nothing
        | About::KeyRefused
        | About::Warning(_)
        | About::Beyond
        | About::PaidAgain => Vec::new(),
    }
}

/// What today came to; before anything, what it would come to: nothing used is no reason to pause.
fn used_today(today: Amount, needs: Option<Amount>) -> String {
    match needs.filter(|_| today.is_zero()) {
        Some(needs) => format!("{} with this one", phrase::credits(needs)),
        None => phrase::credits(today),
    }
}
