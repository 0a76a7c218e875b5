//! What is told: how everything stands, and what was changed.

use super::asked::{Asked, Target};
use super::{Args, Latest, wrapped};
use crate::answer::Answer;
use crate::load::shown;
use crate::render;
use crate::render::style::{BOLD, DIM, ERROR, GOOD, HELP, WARNING};
use crate::terminal;
use anstyle::Style;
use probity_core::contract::{Mode, Percent, Rollout};
use probity_core::rollout::Modes;
use serde_json::{Value, json};
use std::fmt::Write;

const fn style(mode: Mode) -> Style {
    match mode {
        Mode::Shadow => DIM,
        Mode::Announce => HELP,
        Mode::Enforce => GOOD,
    }
}

/// How everything stands, and the gate.
pub(super) fn standing(latest: &Latest, target: &Target, report: &Value, json: bool) -> Answer {
    let rollout = &latest.operations.rollout;
    if json {
        let modes = Modes::of(rollout);
        return Answer::new(render::json(&json!({
            "contract": latest.body["contract"], "operations": latest.body["operations"],
            "rollout": modes, "gate": report["gate"],
        })));
    }
    let mut out = String::new();
    let mut line = |what: &str, mode: Mode, note: &str| {
        let style = style(mode);
        let word = mode.word();
        let _ = write!(out, "  {what:<26} {style}{word}{style:#}");
        if !note.is_empty() {
            let gap = " ".repeat(10_usize.saturating_sub(word.len()));
            let _ = write!(out, "{gap}{DIM}{note}{DIM:#}");
        }
        out.push('\n');
    };
    line("by default", rollout.default, "where neither the action nor the plan is listed");
    for id in latest.contract.actions.names() {
        match rollout.actions.get(id) {
            Some(mode) => line(id, *mode, ""),
            None if *target == Target::Action(id.to_string()) => {
                line(id, rollout.default, "by default");
            }
            None => {}
        }
    }
    for (id, mode) in &rollout.plans {
        line(&format!("plan {id}"), *mode, "");
    }
    let share = match rollout.share {
        Percent::WHOLE => "of all customers".to_owned(),
        share => format!("of {share} of customers; the others are in shadow"),
    };
    let _ = writeln!(out, "  {DIM}{share}; of action and plan, the most lenient applies{DIM:#}");
    out.push_str(&render::shadow::gate(report, terminal::width()));
    Answer::new(out)
}

/// What was changed.
pub(super) fn changed(
    args: &Args,
    asked: &Asked,
    (before, after): (&Rollout, &Rollout),
    said: &Value,
    gate: Option<&Value>,
) -> Answer {
    if said["nothing_new"] == true {
        let text = format!("Nothing changes: {} stands so already.\n", asked.what());
        return Answer::new(text);
    }
    let done = if args.dry_run { "would be published" } else { "is published" };
    let mut out = String::new();
    for moved in moves(before, after) {
        let _ = writeln!(out, "{BOLD}{}{BOLD:#}", wrapped(&moved));
    }
    let _ = writeln!(out, "Revision {} of the operations {done}.", said["operations"]);
    let rollout = said["rollout"].as_str().unwrap_or_default();
    if !rollout.is_empty() {
        let _ = writeln!(out, "{}", wrapped(&format!("It is {rollout}.")));
    }
    if gate.is_some_and(|gate| gate["met"] != true) {
        let _ =
            writeln!(out, "{ERROR}The gate is not met{ERROR:#}: the reason stands in the books.");
    }
    for note in lenient(asked, after) {
        let _ = writeln!(out, "{WARNING}{}{WARNING:#}", wrapped(&note));
    }
    if let Some(folder) = args.write.as_deref().filter(|_| !args.dry_run) {
        let _ = writeln!(out, "The same stands in the operations.yaml of {}.", shown(folder));
    }
    let next = match (args.dry_run, &asked.target) {
        (true, _) => format!("probity rollout {}", typed(args)),
        (false, Target::Action(id)) => format!("probity shadow --action {id}"),
        (false, Target::Plan(id)) => format!("probity shadow --plan {id}"),
        (false, _) => "probity shadow".to_owned(),
    };
    Answer::new(out).with_next(&next)
}

/// What was typed, but for --dry-run.
fn typed(args: &Args) -> String {
    let mut words = Vec::new();
    if let Some(plan) = &args.plan {
        words.extend(["--plan".to_owned(), plan.clone()]);
    }
    if args.default {
        words.push("--default".to_owned());
    }
    words.extend(args.words.iter().cloned());
    if let Some(share) = args.share {
        words.extend(["--share".to_owned(), share.to_string()]);
    }
    for (flag, text) in [("--reason", &args.reason), ("--although", &args.although)] {
        if let Some(text) = text {
            words.push(format!("{flag} \"{text}\""));
        }
    }
    if let Some(folder) = &args.write {
        words.extend(["--write".to_owned(), shown(folder)]);
    }
    words.join(" ") + &super::with(args)
}

/// `tailor_document: shadow → announce`.
fn moves(before: &Rollout, after: &Rollout) -> Vec<String> {
    let mut all = Vec::new();
    let mut add = |what: String, was: Mode, is: Mode| {
        if was != is {
            all.push(format!("{what}: {} → {}", was.word(), is.word()));
        }
    };
    add("by default".to_owned(), before.default, after.default);
    for (id, mode) in &after.actions {
        add(id.to_string(), *before.actions.get(id).unwrap_or(&before.default), *mode);
    }
    for (id, mode) in &after.plans {
        add(format!("plan {id}"), *before.plans.get(id).unwrap_or(&before.default), *mode);
    }
    if before.share != after.share {
        all.push(format!("share of customers: {} → {}", before.share, after.share));
    }
    all
}

/// What stays more lenient than what was asked for.
fn lenient(asked: &Asked, after: &Rollout) -> Vec<String> {
    let mode = match &asked.target {
        Target::Action(id) => after.actions.get(id.as_str()),
        Target::Plan(id) => after.plans.get(id.as_str()),
        Target::Default | Target::Nothing => None,
    };
    let others = match &asked.target {
        Target::Action(_) => after.plans.iter().map(|(id, m)| (format!("plan {id}"), *m)).collect(),
        Target::Plan(_) => after.actions.iter().map(|(id, m)| (id.to_string(), *m)).collect(),
        Target::Default | Target::Nothing => Vec::new(),
    };
    let Some(mode) = mode else { return Vec::new() };
    let more = others.into_iter().filter(|(_, other)| other < mode);
    more.map(|(what, other)| {
        format!("{what} stays at {}: of action and plan, the most lenient applies.", other.word())
    })
    .collect()
}
