//! `probity rollout`: from shadow to announce to enforce, and back, with one command.

mod asked;
mod file;
mod told;

use super::compare::{self, Billing};
use super::shadow::Window;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::load::shown;
use crate::reach::{Reach, Where};
use crate::render;
use crate::terminal;
use asked::{Asked, Target};
use probity_core::contract::file::{self as files, CannotEdit, RolloutChange, Sources};
use probity_core::contract::{Mode, Percent, Rollout};
use probity_core::rollout::Modes;
use probity_core::{Contract, Operations};
use serde_json::{Value, json};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  probity rollout                                    how everything stands, and the gate
  probity rollout tailor_document next               to announce, or from there to enforce
  probity rollout --plan pro back                    one mode back
  probity rollout --default enforce --share 5%       for 5 of 100 customers
  probity rollout --compared ours.csv                the gate, with today's billing from a file
  probity rollout tailor_document enforce --dry-run  only say what it would be";

/// Move an action, a plan or everything to the next mode, or back
///
/// Changes only `rollout` in the operations that were published last, and publishes them as a new
/// revision: who did it and why is kept. Where `rollout.enforce_when` asks for more than was seen,
/// nothing is enforced unless --although says why.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// An action, and its mode: shadow, announce, enforce, next or back
    #[arg(value_name = "ACTION MODE", num_args = 0..=2)]
    words: Vec<String>,

    /// A plan instead of an action
    #[arg(long, value_name = "PLAN", value_parser = super::shadow::id, conflicts_with = "default")]
    plan: Option<String>,

    /// Whatever is not listed, instead of an action
    #[arg(long)]
    default: bool,

    /// The share of customers it applies to, as 5%; the others stay in shadow
    #[arg(long, value_name = "SHARE", value_parser = asked::share)]
    share: Option<Percent>,

    /// Why, for the books
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Enforce though the gate is not met, and why
    #[arg(long, value_name = "TEXT")]
    although: Option<String>,

    /// What today's billing charged, in a file as `probity compare` reads it: the gate counts that
    #[arg(long, value_name = "OURS")]
    compared: Option<PathBuf>,

    #[command(flatten)]
    billing: Billing,

    /// Only say what it would be
    #[arg(long)]
    dry_run: bool,

    /// Make the same change in the operations.yaml of this folder, too
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,

    #[command(flatten)]
    books: Where,
}

/// What was published last.
struct Latest {
    body: Value,
    contract: Contract,
    operations: Operations,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let asked = Asked::of(args)?;
    if args.compared.is_none() && !args.billing.is_silent() {
        let what = "there is no file of today's billing whose columns could be said; nothing was \
                    changed";
        return Err(Failure::new(Exit::USAGE, "no_file", what, "name it: --compared OURS.csv"));
    }
    let reach = args.books.reach()?;
    let done = answer(args, &asked, &reach, json);
    reach.close();
    done
}

fn answer(args: &Args, asked: &Asked, reach: &Reach, json: bool) -> Result<Answer, Failure> {
    let latest = latest(reach)?;
    asked.is_known(&latest.contract)?;
    let Some(change) = asked.change(&latest.operations.rollout)? else {
        let report = watched(args, &asked.target, reach)?;
        let shown = told::standing(&latest, &asked.target, &report, json);
        let next = match report["gate"]["met"] == true {
            true => super::shadow::next(&report, &with(args)),
            false => "probity shadow".to_owned(),
        };
        return Ok(if json { shown } else { shown.with_next(&next) });
    };
    let before = &latest.operations.rollout;
    let after = change.of(before);
    let gate = match enforces_more(before, &after) {
        true => Some(checked(args, asked, reach)?),
        false => None,
    };
    let written = args.write.as_deref().map(|folder| file::edited(folder, &change)).transpose()?;
    let text = latest.edited(&change)?;
    let said = publish(args, (&latest, &text), gate.as_ref(), reach)?;
    if let Some(file) = written.filter(|_| !args.dry_run) {
        file.write()?;
    }
    let modes = (Modes::of(before), Modes::of(&after));
    if json {
        return Ok(Answer::new(render::json(&json!({
            "operations": said["operations"], "nothing_new": said["nothing_new"],
            "dry_run": args.dry_run, "rollout_was": modes.0, "rollout": modes.1, "gate": gate,
        }))));
    }
    Ok(told::changed(args, asked, (before, &after), &said, gate.as_ref()))
}

fn latest(reach: &Reach) -> Result<Latest, Failure> {
    let body = reach.read("/v1/contracts/latest")?.body;
    let reading = files::read(&sources(&body));
    let contract = reading.contract.ok_or_else(unread)?;
    let operations = match (reading.operations, body["texts"]["operations"].is_null()) {
        (Some(operations), _) => operations,
        (None, true) => Operations::none(&contract.name),
        (None, false) => return Err(unread()),
    };
    Ok(Latest { body, contract, operations })
}

/// The texts of the files.
fn sources(body: &Value) -> Sources<'_> {
    let text = |key: &str| body["texts"][key].as_str().map(str::as_bytes);
    Sources {
        contract: text("contract").unwrap_or_default(),
        operations: text("operations"),
        prices: text("prices"),
    }
}

fn unread() -> Failure {
    let what = "what was published last cannot be read by this version of probity; nothing was \
                changed";
    Failure::new(Exit::ERRORS, "not_read", what, "use the version that the service runs")
}

impl Latest {
    fn edited(&self, change: &RolloutChange) -> Result<String, Failure> {
        files::with_rollout(&sources(&self.body), change).map_err(|why| match why {
            CannotEdit::NotRead => unread(),
            CannotEdit::ByHand => Failure::new(
                Exit::ERRORS,
                "by_hand",
                "the operations are written in a way that this command cannot change without \
                 touching anything else; nothing was changed",
                "change `rollout` in operations.yaml by hand, and publish it: probity publish",
            ),
        })
    }
}

/// Is anything enforced, or for anybody, that was not?
fn enforces_more(before: &Rollout, after: &Rollout) -> bool {
    let is_raised = |was: Mode, is: Mode| was != Mode::Enforce && is == Mode::Enforce;
    let enforces = |rollout: &Rollout| {
        let listed = rollout.actions.values().chain(rollout.plans.values());
        rollout.default == Mode::Enforce || listed.into_iter().any(|mode| *mode == Mode::Enforce)
    };
    let mode = |of: Option<&Mode>, rollout: &Rollout| *of.unwrap_or(&rollout.default);
    let action =
        |id| is_raised(mode(before.actions.get(id), before), mode(after.actions.get(id), after));
    let plan = |id| is_raised(mode(before.plans.get(id), before), mode(after.plans.get(id), after));
    is_raised(before.default, after.default)
        || after.actions.keys().any(action)
        || after.plans.keys().any(plan)
        || (after.share > before.share && enforces(after))
}

/// The flags that say what it is compared with.
fn with(args: &Args) -> String {
    let file = args.compared.as_deref().map(|path| format!(" --compared {}", shown(path)));
    file.map_or_else(String::new, |file| file + &args.billing.typed())
}

/// The shadow report of what is asked for; with a file of today's billing, what that says over the same
/// time.
fn watched(args: &Args, target: &Target, reach: &Reach) -> Result<Value, Failure> {
    let (action, plan) = match target {
        Target::Action(id) => (Some(id.clone()), None),
        Target::Plan(id) => (None, Some(id.clone())),
        Target::Default | Target::Nothing => (None, None),
    };
    let window = Window { action, plan, ..Window::default() };
    let report = reach.read(&format!("/v1/reports/shadow{}", window.query()))?.body;
    match &args.compared {
        Some(file) => compare::held(file, &args.billing, &report, reach),
        None => Ok(report),
    }
}

/// The gate; a failure where it is not met, and nobody says why it is enforced all the same.
fn checked(args: &Args, asked: &Asked, reach: &Reach) -> Result<Value, Failure> {
    let report = watched(args, &asked.target, reach)?;
    let mut gate = report["gate"].clone();
    if let Some(file) = report["file"]["name"].as_str() {
        let [compared, runs] = ["compared", "runs"].map(|key| &report["watched"][key]);
        gate["compared_with"] = format!("{file}: {compared} of {runs} runs").into();
    }
    if gate["met"] == true || args.although.is_some() {
        return Ok(gate);
    }
    let conditions = gate["conditions"].as_array().cloned().unwrap_or_default();
    let mut missing: Vec<&str> =
        conditions.iter().filter_map(|condition| condition["missing"].as_str()).collect();
    missing.dedup();
    let what = format!("the gate is not met, so nothing was changed: {}", missing.join("; "));
    let of = match &asked.target {
        Target::Action(id) => format!(" --action {id}"),
        Target::Plan(id) => format!(" --plan {id}"),
        Target::Default | Target::Nothing => String::new(),
    };
    let look = match &args.compared {
        Some(file) => format!("compare {}{of}{}", shown(file), args.billing.typed()),
        None => format!("shadow{of}"),
    };
    let fix = format!(
        "see what was watched: probity {look}; or say why it is enforced all the same: --although \"…\""
    );
    Err(Failure::new(Exit::ERRORS, "gate_not_met", what, fix))
}

/// Publishes the text, where what was read is still what was published last.
fn publish(
    args: &Args,
    (latest, text): (&Latest, &str),
    gate: Option<&Value>,
    reach: &Reach,
) -> Result<Value, Failure> {
    let although = args.although.as_ref().filter(|_| gate.is_some_and(|gate| gate["met"] != true));
    let although = although.map(|why| format!("although the gate was not met: {why}"));
    let compared = gate.and_then(|gate| gate["compared_with"].as_str());
    let compared = compared.map(|with| format!("compared with {with}"));
    let reasons = args.reason.iter().cloned().chain(although).chain(compared);
    let reasons: Vec<String> = reasons.collect();
    let reason = (!reasons.is_empty()).then(|| reasons.join("; "));
    let mut sent = json!({ "operations": text, "expected_operations": latest.body["operations"] });
    if let Some(reason) = reason {
        sent["reason"] = reason.into();
    }
    let dry_run = if args.dry_run { "?dry_run=true" } else { "" };
    let said = reach.ask("POST", &format!("/v1/contracts{dry_run}"), &sent)?;
    said.or_failure().map(|said| said.body)
}

/// The list of modes, for whoever is asked to name one.
const MODES: &str = "shadow, announce, enforce, next or back";

/// Shows it as wide as the terminal.
fn wrapped(text: &str) -> String {
    textwrap::fill(&render::plain(text), terminal::width())
}
