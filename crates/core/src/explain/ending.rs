//! What you pay if…: the nine ways a run can end, with numbers.

use super::Written;
use super::action::Priced;
use crate::amount::Amount;
use crate::contract::{Action, Contract, Outcome, Tariff, Treatment};
use crate::phrase;
use crate::time::Length;

/// One way a run can end, and what the customer then pays.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Ending {
    /// Which of the nine.
    pub outcome: Outcome,
    /// After "if": `nothing is found`.
    pub when: String,
    /// What is paid: `nothing`, `10 credits ($1.00)`.
    pub pays: Priced,
    /// What to know about it; may be empty.
    pub note: String,
    /// Declared as harsh under `paid_even_if`: shown and agreed to each time.
    pub declared: bool,
    /// The file is silent here; this is the published default.
    pub by_default: bool,
}

/// All nine for a price; `tariff` is the action's own or the one beyond its allowance.
pub(super) fn endings(
    contract: &Contract,
    action: &Action,
    tariff: &Tariff,
    written: Written<'_>,
) -> Vec<Ending> {
    let asked = Asked { contract, action, tariff };
    Outcome::ALL
        .into_iter()
        .map(|outcome| {
            let (pays, note) = asked.answer(outcome);
            let key = format!("outcomes.{}", outcome.word());
            let declared = action.harsh(outcome).is_some();
            let by_default = !declared && !written(&key);
            Ending { outcome, when: asked.when(outcome), pays, note, declared, by_default }
        })
        .collect()
}

/// How many parts or units an example has, and how many of them arrive.
pub(super) struct Example {
    pub(super) arrived: u64,
    pub(super) whole: u64,
}

struct Asked<'a> {
    contract: &'a Contract,
    action: &'a Action,
    tariff: &'a Tariff,
}

impl Asked<'_> {
    fn when(&self, outcome: Outcome) -> String {
        let same = &self.action.same;
        String::from(match outcome {
            Outcome::Delivered => "it is delivered",
            Outcome::Partial => "only a part arrives",
            Outcome::Empty => "nothing is found",
            Outcome::Failed if self.too_long().is_some() => "it fails or takes too long",
            Outcome::Failed => {
                return format!("it fails or takes {} or more", self.action.too_slow_after);
            }
            Outcome::BadInput => "your input cannot be worked with",
            Outcome::Blocked => "a safety rule stops it",
            Outcome::Cancelled => "you stop before anything arrives",
            Outcome::Abandoned => "you leave once it has begun to arrive",
            Outcome::Reopened => match (&same.once_per, same.free_for) {
                (Some(noun), _) => return format!("you open the same {noun} again"),
                (None, Some(window)) => return format!("you ask for the same within {window}"),
                (None, None) => "you run it again",
            },
        })
    }

    fn answer(&self, outcome: Outcome) -> (Priced, String) {
        if outcome == Outcome::Reopened {
            return self.reopened();
        }
        if self.is_free() {
            return (Priced::nothing(), String::new());
        }
        let (pays, note) = match (self.action.outcomes.of(outcome), outcome) {
            (Treatment::Free, Outcome::Failed) => {
                let long = self.too_long().map(|long| format!("too long: {long}"));
                (Priced::nothing(), long.unwrap_or_default())
            }
            (Treatment::Free, _) => (Priced::nothing(), String::new()),
            (Treatment::Share, _) => self.share(),
            (Treatment::Charge, _) => (self.whole(outcome), self.whole_note(outcome)),
        };
        match self.action.harsh(outcome) {
            Some(harsh) => {
                let why = harsh.why.trim_end_matches('.');
                (pays, format!("because {why}; you are asked each time"))
            }
            None => (pays, note),
        }
    }

    fn too_long(&self) -> Option<String> {
        too_long(self.contract, self.action.too_slow_after)
    }

    fn is_free(&self) -> bool {
        match self.tariff {
            Tariff::Free => true,
            Tariff::Fixed(price) => price.is_zero(),
            Tariff::Each { each, at_least, .. } => {
                each.is_zero() && at_least.is_none_or(Amount::is_zero)
            }
        }
    }

    fn whole(&self, outcome: Outcome) -> Priced {
        match (self.tariff, outcome) {
            (Tariff::Each { .. }, Outcome::Delivered) | (Tariff::Fixed(_) | Tariff::Free, _) => {
                Priced::of(self.contract, self.tariff, &self.action.unit)
            }
            (Tariff::Each { .. }, Outcome::Reopened) => Priced::words("the price again"),
            (Tariff::Each { .. }, _) => Priced::words("the price of all you asked for"),
        }
    }

    fn whole_note(&self, outcome: Outcome) -> String {
        match (outcome, self.tariff) {
            (Outcome::Delivered, Tariff::Each { .. }) => self.sizes(),
            _ => String::new(),
        }
    }

    /// What runs of a few sizes cost: `1 page: 1 credit; 20 pages: 10 credits`.
    fn sizes(&self) -> String {
        let Tariff::Each { up_to, .. } = *self.tariff else { return String::new() };
        let mut sizes: Vec<u64> = [1, 10].into_iter().collect();
        sizes.push(up_to.unwrap_or(100));
        sizes.retain(|n| up_to.is_none_or(|most| *n <= most));
        sizes.dedup();
        let mut texts: Vec<String> = Vec::new();
        for n in sizes {
            if let Some(price) = self.tariff.of_quantity(n) {
                let what = phrase::count(n, &self.action.unit);
                texts.push(format!("{what}: {}", phrase::credits(price)));
            }
        }
        if let Some(most) = up_to {
            texts.push(format!("more than {most}: refused, free"));
        }
        texts.join("; ")
    }

    fn share(&self) -> (Priced, String) {
        match (self.tariff, self.action.parts) {
            (Tariff::Each { .. }, _) => self.share_of_quantity(),
            (Tariff::Fixed(price), Some(parts)) if parts > 1 => self.share_of_parts(*price, parts),
            _ => (Priced::nothing(), String::from("it is not sold in parts")),
        }
    }

    fn share_of_parts(&self, price: Amount, parts: u32) -> (Priced, String) {
        let example = Example::of(u64::from(parts));
        let smallest = self.contract.credit.smallest;
        let Some(share) = price.share(example.arrived, example.whole, smallest) else {
            return (Priced::nothing(), String::new());
        };
        let noun = part_noun(self.action);
        let mut pays = Priced::credits(self.contract, share);
        let arrived = format!("{} of {} {noun}", example.arrived, example.whole);
        pays.text = format!("{arrived}: {}", pays.text);
        let mut note = String::from(SHARE);
        if self.has_another_price() {
            note.push_str("; on a plan with another price the same share of that");
        }
        note.push_str(&self.rest_later(&example, price.less(share)));
        (pays, note)
    }

    /// Does some plan offer it at another price that is still one?
    fn has_another_price(&self) -> bool {
        let offering = self.contract.plans.iter().filter(|plan| plan.is_offering(&self.action.id));
        let mut prices = offering.map(|plan| super::plan::price(plan, self.action).0);
        prices.any(|price| price != Tariff::Free && price != *self.tariff)
    }

    /// What completing it costs, and what if that brings only another part; where each run is a
    /// new one, nothing.
    fn rest_later(&self, example: &Example, rest: Amount) -> String {
        let later = match (&self.action.same.once_per, self.action.same.free_for) {
            (Some(_), _) => String::from("later"),
            (None, Some(window)) => format!("within {window}"),
            (None, None) => return String::new(),
        };
        let at_most = phrase::price(self.contract, rest);
        let mut text = format!("; the rest {later} costs at most {at_most}");
        let missing = example.whole.saturating_sub(example.arrived);
        let more = missing.saturating_sub(1);
        let smallest = self.contract.credit.smallest;
        if let Some(share) = rest.share(more, example.whole, smallest).filter(|_| more > 0) {
            let (whole, share) = (example.whole, phrase::price(self.contract, share));
            text.push_str(&format!(
                " (if then only {more} of the {missing} missing arrive, {more} of {whole} of that: \
                 {share})"
            ));
        }
        if self.contract.plans.iter().any(|plan| !plan.is_offering(&self.action.id)) {
            text.push_str("; on a plan without it the rest cannot be had, and what arrived stays");
        }
        text
    }

    fn share_of_quantity(&self) -> (Priced, String) {
        let most = match self.tariff {
            Tariff::Each { up_to, .. } => up_to.unwrap_or(20),
            _ => 20,
        };
        let example = Example::of(most.min(20));
        // The share of what was asked for, not the price of what arrived: bounds count once.
        let smallest = self.contract.credit.smallest;
        let asked = self.tariff.of_quantity(example.whole);
        let share = asked.and_then(|all| all.share(example.arrived, example.whole, smallest));
        let Some(share) = share else { return (Priced::nothing(), String::new()) };
        let mut pays = Priced::credits(self.contract, share);
        let units = phrase::plural(&self.action.unit);
        pays.text = format!("{} of {} {units}: {}", example.arrived, example.whole, pays.text);
        (pays, String::from(SHARE))
    }

    fn reopened(&self) -> (Priced, String) {
        let same = &self.action.same;
        match (&same.once_per, same.free_for) {
            (Some(_), _) => {
                let for_ever = "for ever, whatever plan you are on by then";
                (Priced::nothing(), self.once_whole(": ", for_ever))
            }
            (None, Some(_)) => {
                (Priced::nothing(), self.once_whole("; ", "after that it is a new run"))
            }
            (None, None) if self.is_free() => (Priced::nothing(), String::new()),
            (None, None) => (self.whole(Outcome::Reopened), String::from("each run is a new one")),
        }
    }

    /// What comes in parts is only had once all of it is; until then the rest of its price is paid.
    fn once_whole(&self, joint: &str, note: &str) -> String {
        if comes_in_parts(self.action) && !self.is_free() {
            format!("once it is whole or paid in full{joint}{note}")
        } else {
            note.to_owned()
        }
    }
}

impl Example {
    /// About five eighths of it arrives: some, not all.
    pub(super) fn of(whole: u64) -> Self {
        let about = whole.saturating_mul(5).saturating_add(4).checked_div(8).unwrap_or(0);
        let most = whole.saturating_sub(1).max(1);
        Self { arrived: about.clamp(1, most), whole }
    }
}

/// `10 minutes, or 1 hour while it reports progress`, where work may take longer if it does.
pub(super) fn too_long(contract: &Contract, too_slow_after: Length) -> Option<String> {
    let at_latest = contract.failures.at_latest;
    let longer = at_latest.roughly_seconds() > too_slow_after.roughly_seconds();
    longer.then(|| format!("{too_slow_after}, or {at_latest} while it reports progress"))
}

/// What a part costs.
const SHARE: &str = "the share of what arrived, rounded down";

/// Can some of a result arrive, and be paid, without the rest?
pub(super) fn comes_in_parts(action: &Action) -> bool {
    action.parts.is_some() || action.is_per_quantity()
}

/// What the parts are called, where `delivered_when` counts them: `all 8 sections are filled`.
fn part_noun(action: &Action) -> String {
    let Some(parts) = action.parts else { return String::from("parts") };
    let number = parts.to_string();
    let words = action.delivered_when.as_deref().unwrap_or_default().split_whitespace();
    let after = words.skip_while(|word| *word != number).nth(1);
    let word = after.map(|w| w.trim_matches(|c: char| !c.is_alphabetic())).unwrap_or_default();
    if word.is_empty() { String::from("parts") } else { word.to_owned() }
}
