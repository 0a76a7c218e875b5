//! What is asked for: of what, and which mode.

use super::{Args, MODES};
use crate::answer::Failure;
use crate::exit::Exit;
use probity_core::contract::file::{RolledOut, RolloutChange};
use probity_core::contract::{Mode, Percent, Rollout};
use probity_core::{Amount, Contract, Name};

/// What a mode is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Nothing in particular.
    Nothing,
    /// Whatever is not listed.
    Default,
    /// An action.
    Action(String),
    /// A plan.
    Plan(String),
}

/// To which mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum To {
    /// This one.
    Mode(Mode),
    /// The next.
    Next,
    /// The one before.
    Back,
}

impl To {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "next" => Some(Self::Next),
            "back" => Some(Self::Back),
            _ => Mode::ALL.into_iter().find(|mode| mode.word() == word).map(Self::Mode),
        }
    }

    /// From a mode; the refusal where there is none.
    fn from(self, mode: Mode, what: &str) -> Result<Mode, Failure> {
        let end = |says: &str| {
            let message = format!("{what} is {says}; nothing was changed");
            let fix = "see how everything stands: probity rollout";
            Err(Failure::new(Exit::USAGE, "no_other_mode", message, fix))
        };
        match (self, mode) {
            (Self::Mode(mode), _) => Ok(mode),
            (Self::Next, Mode::Shadow) | (Self::Back, Mode::Enforce) => Ok(Mode::Announce),
            (Self::Next, Mode::Announce) => Ok(Mode::Enforce),
            (Self::Back, Mode::Announce) => Ok(Mode::Shadow),
            (Self::Next, Mode::Enforce) => end("enforced: there is no mode after that"),
            (Self::Back, Mode::Shadow) => end("in shadow: there is no mode before that"),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) target: Target,
    to: Option<To>,
    share: Option<Percent>,
}

impl Asked {
    /// As it was typed.
    pub(super) fn of(args: &Args) -> Result<Self, Failure> {
        let flagged = match (&args.plan, args.default) {
            (Some(plan), _) => Some(Target::Plan(plan.clone())),
            (None, true) => Some(Target::Default),
            (None, false) => None,
        };
        let words: Vec<&str> = args.words.iter().map(String::as_str).collect();
        let (target, to) = match (flagged, words.as_slice()) {
            (None, []) => (Target::Nothing, None),
            (Some(target), []) => (target, None),
            (Some(target), [mode]) => (target, Some(known(mode)?)),
            (None, [word]) if To::parse(word).is_some() => {
                let what = format!("`{word}` of what? Nothing was changed");
                let fix = format!("name an action before it, or: probity rollout --default {word}");
                return Err(Failure::new(Exit::USAGE, "no_target", what, fix));
            }
            (None, [action]) => (Target::Action((*action).to_owned()), None),
            (None, [action, mode]) => (Target::Action((*action).to_owned()), Some(known(mode)?)),
            (Some(_), _) | (None, _) => {
                let what = "an action, and a plan or the default: only one can be moved at once; \
                            nothing was changed";
                let fix = "leave the action out, or the flag";
                return Err(Failure::new(Exit::USAGE, "two_targets", what, fix));
            }
        };
        Ok(Self { target, to, share: args.share })
    }

    /// Does the contract have it?
    pub(super) fn is_known(&self, contract: &Contract) -> Result<(), Failure> {
        let (has, what, id, all) = match &self.target {
            Target::Nothing | Target::Default => return Ok(()),
            Target::Action(id) => {
                let all: Vec<_> = contract.actions.names().map(Name::as_str).collect();
                (contract.actions.get(id).is_some(), "action", id, all)
            }
            Target::Plan(id) => {
                let all: Vec<_> = contract.plans.names().map(Name::as_str).collect();
                (contract.plans.get(id).is_some(), "plan", id, all)
            }
        };
        if has {
            return Ok(());
        }
        let message = format!("the contract has no {what} `{id}`; nothing was changed");
        let fix = format!("name one of {}", all.join(", "));
        Err(Failure::new(Exit::USAGE, "unknown", message, fix))
    }

    /// What is to change; None: nothing, it is only looked at.
    pub(super) fn change(&self, rollout: &Rollout) -> Result<Option<RolloutChange>, Failure> {
        if self.to.is_none() && self.share.is_none() {
            return Ok(None);
        }
        self.shares_nothing_else(rollout)?;
        let mode = match (self.to, self.rolled_out()) {
            (Some(to), Some(of)) => {
                let is = of.mode(rollout).unwrap_or(rollout.default);
                let mode = to.from(is, &self.what())?;
                Some((of, mode))
            }
            _ => None,
        };
        Ok(Some(RolloutChange { mode, share: self.share }))
    }

    /// The share is one for everything: with one action or plan it may be named only where nothing else is
    /// beyond shadow.
    fn shares_nothing_else(&self, rollout: &Rollout) -> Result<(), Failure> {
        let Some(share) = self.share.filter(|share| *share != rollout.share) else { return Ok(()) };
        let (action, plan) = match &self.target {
            Target::Nothing | Target::Default => return Ok(()),
            Target::Action(id) => (id.as_str(), ""),
            Target::Plan(id) => ("", id.as_str()),
        };
        let beyond = |mode: &Mode| *mode != Mode::Shadow;
        let actions =
            rollout.actions.iter().filter(|(id, mode)| beyond(mode) && id.as_str() != action);
        let plans = rollout.plans.iter().filter(|(id, mode)| beyond(mode) && id.as_str() != plan);
        let mut others: Vec<String> = actions.map(|(id, _)| id.to_string()).collect();
        others.extend(plans.map(|(id, _)| format!("plan {id}")));
        if beyond(&rollout.default) {
            others.push("whatever is not listed".to_owned());
        }
        if others.is_empty() {
            return Ok(());
        }
        let what = format!(
            "the share is one for everything: {share} would hold for {}, too; nothing was changed",
            others.join(", ")
        );
        let fix = format!("leave --share out; or if all is meant: probity rollout --share {share}");
        Err(Failure::new(Exit::USAGE, "one_share", what, fix))
    }

    fn rolled_out(&self) -> Option<RolledOut> {
        match &self.target {
            Target::Nothing => None,
            Target::Default => Some(RolledOut::Default),
            Target::Action(id) => Some(RolledOut::Action(Name::new(id))),
            Target::Plan(id) => Some(RolledOut::Plan(Name::new(id))),
        }
    }

    /// In words: `tailor_document`, `plan pro`, `the default`.
    pub(super) fn what(&self) -> String {
        match &self.target {
            Target::Nothing => "everything".to_owned(),
            Target::Default => "the default".to_owned(),
            Target::Action(id) => id.clone(),
            Target::Plan(id) => format!("plan {id}"),
        }
    }
}

fn known(word: &str) -> Result<To, Failure> {
    To::parse(word).ok_or_else(|| {
        let what = format!("`{word}` is no mode; nothing was changed");
        Failure::new(Exit::USAGE, "no_mode", what, format!("write {MODES}"))
    })
}

/// `5%`, `0.5%`: above nothing, at most all, in at most four places.
pub(super) fn share(text: &str) -> Result<Percent, String> {
    let number = text.strip_suffix('%').unwrap_or(text);
    let millionths = Amount::parse(number).map(Amount::millionths).ok();
    let share = millionths.filter(|n| n % 100 == 0 && (0..=100_000_000).contains(n));
    let share = share.and_then(|n| u32::try_from(n / 100).ok()).map(Percent);
    share.ok_or_else(|| "write a share as 5%".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_part_of_a_hundred() {
        assert_eq!(share("5%"), Ok(Percent(50_000)));
        assert_eq!(share("0.5"), Ok(Percent(5_000)));
        assert_eq!(share("100%"), Ok(Percent::WHOLE));
        for wrong in ["101%", "-1", "a", "", "5 %", "0.00001%"] {
            assert!(share(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_mode_leads_to_the_next_and_back() {
        let [shadow, announce, enforce] = Mode::ALL;
        let moves = |to: To, mode| to.from(mode, "it").ok();
        assert_eq!(moves(To::Next, shadow), Some(announce));
        assert_eq!(moves(To::Next, announce), Some(enforce));
        assert_eq!(moves(To::Next, enforce), None);
        assert_eq!(moves(To::Back, enforce), Some(announce));
        assert_eq!(moves(To::Back, announce), Some(shadow));
        assert_eq!(moves(To::Back, shadow), None);
    }
}
