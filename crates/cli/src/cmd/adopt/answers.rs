//! What has to be known before anything is adopted, and is asked where no flag says it.

use super::Args;
use crate::adopt::{Asked, Columns, Kind, PlanCredits, Terms};
use crate::answer::Failure;
use crate::cmd::questions::Questions;
use crate::exit::Exit;
use crate::terminal;
use probity::clock::{Clock as _, SystemClock};
use probity_core::{Length, Time};

/// The questions, answered.
pub(super) fn asked(args: &Args, terms: &Terms, columns: &Columns) -> Result<Asked, Failure> {
    let ask = Questions { asks: terminal::can_ask() };
    if ask.asks {
        terminal::note(&format!("{}\n", columns.told()));
    }
    let unsaid = |flag: &str, why: &str| {
        let what = format!("{why}, and there is no terminal to ask on");
        Failure::new(Exit::USAGE, "no_answers", what, format!("say it: {flag}"))
    };
    if args.kind.is_none() && !ask.asks {
        let why = "nobody says what kind of credits the balances become";
        return Err(unsaid("--kind bought (or gift, goodwill)", why));
    }
    let kind =
        ask.choice("What kind of credits do the balances become?", args.kind, Kind::Bought)?;
    if kind == Kind::Plan {
        return Err(Failure::new(
            Exit::USAGE,
            "not_given",
            "plan credits come with the plan itself, each period; they cannot be given",
            "take --kind bought or gift, and --plan-credits included for what the plan brings at once",
        ));
    }
    let expires = match (kind, &args.expires) {
        (Kind::Bought, said) => bought(said.as_deref(), terms)?,
        (_, Some(said)) => until(said, kind, terms)?,
        (_, None) if ask.asks => {
            let question = "Until when? never, a day such as 2027-06-30, or such as 90 days";
            until(&ask.text(question, None, terms.lasts(kind.word()))?, kind, terms)?
        }
        (_, None) => {
            let why = "nobody says until when they last";
            return Err(unsaid("--expires 2027-06-30 (or never, \"90 days\")", why));
        }
    };
    let plan_credits = match args.plan_credits {
        None if !terms.plans_bring_credits() => PlanCredits::Extra,
        None if !ask.asks => {
            let why = "plans bring credits at once, and nobody says whether the balances hold them";
            return Err(unsaid("--plan-credits included (or extra)", why));
        }
        said => {
            let question = "Do the balances hold the credits that a plan brings at once?";
            ask.choice(question, said, PlanCredits::Included)?
        }
    };
    for (_, plan) in
        args.plans.iter().map(|(w, p)| (Some(w), p)).chain(args.plan.iter().map(|p| (None, p)))
    {
        known_plan(plan, terms)?;
    }
    Ok(Asked {
        name: args.name.clone(),
        kind,
        expires,
        plan: args.plan.clone(),
        plans: args.plans.iter().cloned().collect(),
        plan_credits,
        rounds_up: args.round_up,
        delta: args.delta,
        dry_run: args.dry_run,
    })
}

/// Bought credits last as the contract promises: nobody can say otherwise.
fn bought(said: Option<&str>, terms: &Terms) -> Result<Option<Time>, Failure> {
    let lasts = terms.lasts(Kind::Bought.word());
    let is_so = |said: &str| said == lasts || (said == "never" && lasts == "forever");
    match said {
        Some(said) if !is_so(said) => Err(Failure::new(
            Exit::USAGE,
            "expires",
            format!("bought credits last as the contract says: {lasts}"),
            "leave --expires out, or take --kind gift",
        )),
        _ => Ok(None),
    }
}

/// The instant at which gifts end; None: as the contract says.
fn until(said: &str, kind: Kind, terms: &Terms) -> Result<Option<Time>, Failure> {
    let lasts = terms.lasts(kind.word());
    if said == lasts {
        return Ok(None);
    }
    let no = |what: String, fix: &str| Failure::new(Exit::USAGE, "expires", what, fix);
    if matches!(said, "never" | "forever") {
        if lasts == "forever" {
            return Ok(None);
        }
        let what = format!("a {} lasts {lasts} by the contract, and never for ever", kind.word());
        return Err(no(what, "say a day, such as --expires 2099-12-31, or take --kind bought"));
    }
    let now = SystemClock.now();
    let midnight = |text: &str| Time::parse(&format!("{text}T12:00:00Z"));
    let at = match (midnight(said), Length::parse(said)) {
        // The whole day, in the contract's zone.
        (Some(noon), _) => terms.zone.day(noon).until,
        // To the end of that day, so that the same a little later is the same.
        (None, Some(length)) => terms.zone.day(length.after(now, &terms.zone)).until,
        (None, None) => {
            let what = format!("`{said}` is no day and no length of time");
            return Err(no(what, "write it as never, 2027-06-30, or \"90 days\""));
        }
    };
    if at <= now {
        return Err(no(format!("{said} is over already"), "say a day that is still to come"));
    }
    Ok(Some(at))
}

fn known_plan(plan: &str, terms: &Terms) -> Result<(), Failure> {
    if terms.plans.contains_key(plan) {
        return Ok(());
    }
    let plans: Vec<&str> = terms.plans.keys().map(String::as_str).collect();
    Err(Failure::new(
        Exit::USAGE,
        "no_plan",
        format!("{} has no plan `{plan}`", terms.contract),
        format!("take one of these: {}", plans.join(", ")),
    ))
}
