//! Why a replay cannot be: each with a stable code, what happened, and what to do.

use super::plans;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::load::Loaded;
use crate::render;
use crate::replay::columns::Source;
use crate::replay::report::Report;
use crate::replay::{ColumnsError, MOST_CUSTOMERS, NoPlan, OpenError, Role, Stop, Typed};
use probity_core::phrase;
use std::io;

/// The log cannot be opened, or is none.
pub(super) fn unreadable(name: &str, error: &OpenError, typed: &Typed) -> Failure {
    match error {
        OpenError::Io(e) => unread(name, e),
        OpenError::Refused(refusal) => Failure::new(
            Exit::NO_INPUT,
            "not_a_log",
            format!("{name} cannot be replayed: {refusal}"),
            refusal.fix(typed),
        ),
    }
}

/// No log is named.
pub(super) fn no_log() -> Failure {
    Failure::new(
        Exit::USAGE,
        "no_log",
        "there is no log to replay",
        "name one: probity replay usage.csv; or see a made-up one: probity replay --sample \
         --contract contracts/jobscout",
    )
}

/// A file cannot be read.
pub(super) fn unread(name: &str, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::IsADirectory {
        let what =
            if name.is_empty() { "this folder".into() } else { format!("the folder {name}") };
        return Failure::new(
            Exit::NO_INPUT,
            "not_a_file",
            format!("{what} is no log"),
            "name the file with the log: probity replay usage.csv",
        );
    }
    let (code, what) = match error.kind() {
        io::ErrorKind::NotFound => ("not_found", format!("there is no {name}")),
        io::ErrorKind::PermissionDenied => {
            ("not_allowed", format!("{name} may not be read by you"))
        }
        _ => ("not_readable", format!("{name} cannot be read: {error}")),
    };
    Failure::new(Exit::NO_INPUT, code, what, "check the path, or try `probity replay --sample`")
}

/// The columns do not suffice, or a mapping is wrong.
pub(in crate::cmd) fn columns(error: &ColumnsError, name: &str) -> Failure {
    let list = |has: &[String]| if has.is_empty() { "none".into() } else { has.join(", ") };
    match error {
        ColumnsError::NoSuchRole(word) => {
            let roles: Vec<_> = Role::ALL.iter().map(|role| role.word()).collect();
            Failure::new(
                Exit::USAGE,
                "unknown_role",
                format!("--map knows no role `{word}`"),
                format!("choose one of: {}", roles.join(", ")),
            )
        }
        ColumnsError::NoSuchColumn { asked, has } => Failure::new(
            Exit::USAGE,
            "unknown_column",
            format!("{name} has no column `{asked}`"),
            format!("choose one of: {}", list(has)),
        ),
        ColumnsError::Repeated(column) => Failure::new(
            Exit::USAGE,
            "repeated_column",
            format!("{name} has several columns called `{column}`"),
            "give each a name of its own in the first line",
        ),
        ColumnsError::Missing { roles, has } => {
            let words: Vec<_> = roles.iter().map(|role| role.word()).collect();
            let flags: Vec<_> = words.iter().map(|word| format!("--map {word}=COLUMN")).collect();
            Failure::new(
                Exit::USAGE,
                "columns_missing",
                format!("{name} has no column that we take for {}", phrase::list(&words, "and")),
                format!("say which it is: {}; the columns are {}", flags.join(" "), list(has)),
            )
        }
    }
}

/// What stands in the way of a replay, beside a result that tells it to machines.
pub(super) fn beside(failure: Failure, result: String, json: bool) -> Answer {
    let answer = Answer::new(result).with_exit(failure.exit);
    if json { answer } else { answer.with_note(&render::failure(&failure)) }
}

/// There is no such plan.
pub(super) fn no_plan(error: &NoPlan, loaded: &Loaded) -> Failure {
    let what = match &error.asked {
        Some(plan) => format!("the contract has no plan `{plan}`"),
        None => String::from("the contract has no plan to put customers on"),
    };
    let plans = plans(loaded).join(", ");
    Failure::new(Exit::USAGE, "unknown_plan", what, format!("choose one with --plan: {plans}"))
}

/// A map of a flag is wrong.
pub(super) fn map(flag: &str, why: &str) -> Failure {
    let fix = "mend the flag; `probity replay --help` shows how it is written";
    Failure::new(Exit::USAGE, "wrong_map", format!("{flag}: {why}"), fix)
}

/// Reading stopped.
pub(super) fn stopped(stop: &Stop, name: &str, customer: Option<&Source>) -> Failure {
    match stop {
        Stop::Io(e) => unread(name, e),
        Stop::TooManyCustomers => {
            let column = customer.map(Source::text).unwrap_or_default();
            Failure::new(
                Exit::USAGE,
                "too_many_customers",
                format!("`{column}` names over {MOST_CUSTOMERS} customers"),
                "check that it is the customer and not the request: --map customer=COLUMN",
            )
        }
    }
}

/// No row could be read at all.
pub(super) fn nothing(report: &Report) -> Failure {
    let first = report.broken.first.first();
    let why = first.map(|row| format!("; line {} {}", row.line, row.reason)).unwrap_or_default();
    let fix = if first.is_some_and(|row| row.code == "odd_comma") {
        "export the log again with decimal points"
    } else {
        "look at the columns first: add --columns"
    };
    Failure::new(
        Exit::ERRORS,
        "no_row_readable",
        match report.rows.all {
            1 => format!("the one row of {} cannot be read{why}", report.log.name),
            all => format!("none of the {all} rows of {} can be read{why}", report.log.name),
        },
        fix,
    )
}
