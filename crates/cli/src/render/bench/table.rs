//! The table: groups of sides under one load, then every aim.

use super::{QUIET, Told, side};
use crate::bench::{Come, Figure, Latency, Line, Load, Measured, Rate, Start, added, shown_time};
use crate::render::replay::figures::count;
use crate::render::style::{BOLD, DIM};
use std::fmt::Write as _;
use std::time::Duration;

/// Everything, for people.
pub(crate) fn table(told: &Told<'_>) -> String {
    let mut out = String::new();
    let mut loads: Vec<Load> = Vec::new();
    for line in told.lines.iter().filter(|line| line.middle().is_some()) {
        if !loads.contains(&line.load) {
            loads.push(line.load);
        }
    }
    let (calls, commands): (Vec<Load>, Vec<Load>) = loads.into_iter().partition(is_calls);
    for (unit, loads) in [("commands/s", commands), ("calls/s", calls)] {
        if !loads.is_empty() {
            heads(&mut out, unit);
        }
        for load in loads {
            group(&mut out, told, load);
        }
    }
    streams(&mut out, told);
    starts(&mut out, told);
    aims(&mut out, told);
    closing(&mut out, told);
    out
}

const fn is_calls(load: &Load) -> bool {
    matches!(load.come, Come::Calls(_))
}

fn heads(out: &mut String, unit: &str) {
    let _ = writeln!(
        out,
        "{DIM}{:<NAME$}{:>11}{:>11}{:>11}{:>11}{:>11}{:>9}{:>8}{:>10}{DIM:#}",
        "", unit, "p50", "p99", "p99.9", "CPU", "bytes", "others", "ratio"
    );
}

/// Columns of names.
const NAME: usize = 22;

fn group(out: &mut String, told: &Told<'_>, load: Load) {
    let mut title = title(load);
    if load.filled {
        title.push_str(&format!(", after {} entries", count(told.wish.filling.entries)));
    }
    let _ = writeln!(out, "{BOLD}{title}{BOLD:#}");
    let lines = || told.lines.iter().filter(|line| line.load == load);
    let first = lines().find_map(Line::middle).map(|(rate, _)| rate.per_second());
    for line in lines() {
        let Some((rate, others)) = line.middle() else { continue };
        let name = format!("  {}", side(line.side));
        // A call is one piece of work, and so are a hold and its settle together.
        let work = if is_calls(&load) { rate.commands } else { rate.commands / 2 };
        let (figures, ratio) = (figures(rate, work.max(1), others), ratio(first, rate));
        let _ = writeln!(out, "{name:<NAME$}{figures}{ratio}");
    }
    if let Come::Calls(calls) = load.come
        && calls.are_few()
        && let Some(added) = added(told.lines, load)
    {
        let Latency { p50, p99, p999, .. } = added;
        let [p50, p99, p999] = [p50, p99, p999].map(shown_time);
        let name = "  the gateway adds";
        let _ = writeln!(out, "{name:<NAME$}{:>11}{p50:>11}{p99:>11}{p999:>11}", "");
    }
    out.push('\n');
}

/// What a load is.
pub(super) fn title(load: Load) -> String {
    let who = match load.customers {
        1 => "one hot customer".to_owned(),
        n => plural(n, "customer"),
    };
    match load.come {
        Come::Requests { connections, commands: 1 } => {
            format!("{who} over {}", plural(connections, "connection"))
        }
        Come::Requests { connections, commands } => format!(
            "{who} over {}, {} a request",
            plural(connections, "connection"),
            plural(commands, "command")
        ),
        Come::Commits { commands } => {
            format!("{who} in process, {} a commit", plural(commands, "command"))
        }
        Come::Calls(calls) => {
            let kind = if calls.streamed { "streams" } else { "calls" };
            let rate = calls.a_second.map(|n| format!(", {} a second", count(n.into())));
            let over = plural(calls.connections, "connection");
            format!("{kind} of {who} over {over}{}", rate.unwrap_or_default())
        }
        Come::Streams { streams } => format!("{} open at once", plural(streams, "stream")),
        Come::Not => "its start".to_owned(),
    }
}

fn figures(rate: &Rate, runs: u64, others: Option<u32>) -> String {
    let latency = |share: fn(&crate::bench::Latency) -> Duration| {
        rate.latency.as_ref().map_or_else(String::new, |all| shown_time(share(all)))
    };
    let cpu = rate.cpu.map(|cpu| {
        let tenths = cpu.as_nanos() / 100 / u128::from(runs);
        format!("{}.{} µs", tenths / 10, tenths % 10)
    });
    let bytes = rate.bytes.map(|bytes| count(bytes / runs));
    let others = others.map(|share| {
        let mark = if share > QUIET { "!" } else { "" };
        format!("{mark}{share} %")
    });
    format!(
        "{:>11}{:>11}{:>11}{:>11}{:>11}{:>9}{:>8}",
        count(rate.per_second()),
        latency(|all| all.p50),
        latency(|all| all.p99),
        latency(|all| all.p999),
        cpu.unwrap_or_default(),
        bytes.unwrap_or_default(),
        others.unwrap_or_default(),
    )
}

/// How much faster the first of the group is.
fn ratio(first: Option<u64>, rate: &Rate) -> String {
    let ratio = first.and_then(|first| (first * 100).checked_div(rate.per_second()));
    match ratio {
        Some(100) | None => String::new(),
        Some(n) => format!("{:>10}", format!("{}.{:02} ×", n / 100, n % 100)),
    }
}

fn streams(out: &mut String, told: &Told<'_>) {
    let all = told.lines.iter().filter_map(|line| Some((line, line.streams()?)));
    for (n, (line, streams)) in all.enumerate() {
        if n == 0 {
            let title = plural(streams.streams, "open stream");
            let _ = writeln!(
                out,
                "{BOLD}{title:<NAME$}{BOLD:#}{DIM}{:>11} {:>13}{:>13}{:>13}{:>11}{DIM:#}",
                "opened in", "memory before", "while open", "each", "ended in"
            );
        }
        let bytes = |n: Option<u64>| n.map_or_else(String::new, |n| Figure::Bytes(n).to_string());
        let [before, open, each] = [streams.before, streams.open, streams.each()].map(bytes);
        let (opened, ended) = (shown_time(streams.opened), shown_time(streams.ended));
        let name = format!("  {}", side(line.side));
        let _ =
            writeln!(out, "{name:<NAME$}{opened:>11} {before:>13}{open:>13}{each:>13}{ended:>11}");
    }
    if told.lines.iter().any(|line| line.streams().is_some()) {
        out.push('\n');
    }
}

fn starts(out: &mut String, told: &Told<'_>) {
    let all = told.lines.iter().filter_map(|line| Some((line.load.filled, line.start()?)));
    let all: Vec<(bool, Start)> = all.collect();
    if all.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "{BOLD}{:<NAME$}{BOLD:#}{DIM}{:>11}{:>13}{:>13}{DIM:#}",
        "A service begins", "ready in", "then has", "at the most"
    );
    for (filled, start) in all {
        let name = if filled { "  on the filled one" } else { "  on a new database" };
        let bytes = |n: Option<u64>| n.map_or_else(String::new, |n| Figure::Bytes(n).to_string());
        let (ready, idle, most) = (shown_time(start.ready), bytes(start.idle), bytes(start.most));
        let _ = writeln!(out, "{name:<NAME$}{ready:>11}{idle:>13}{most:>13}");
    }
    out.push('\n');
}

fn aims(out: &mut String, told: &Told<'_>) {
    let _ = writeln!(out, "{BOLD}Against what is aimed at{BOLD:#}");
    for target in told.targets {
        let (against, aim) = (&target.against, &target.aim);
        let _ = match &target.measured {
            Measured::Is { figure, met } => {
                let verdict = if *met { "met" } else { "short of it" };
                writeln!(out, "  {against:<52}{:>12}  {aim}: {verdict}", figure.to_string())
            }
            Measured::Not(why) => {
                writeln!(out, "  {against:<52}{:>12}  {aim}: not measured, {why}", "–")
            }
        };
    }
}

fn closing(out: &mut String, told: &Told<'_>) {
    for missing in told.missing {
        let _ = writeln!(out, "\nNot measured: {}: {}", missing.what, missing.why);
    }
    let (all, busy) = told.disturbed();
    let _ = writeln!(
        out,
        "\n{}; of each the measurement in the middle. Times are how long holds waited (many in a request:\n\
         how long the request did), and calls for the end of their answer; CPU and bytes are those of a run,\n\
         a hold and its settle, or of a call; \"others\" is the share of the machine that anybody else used;\n\
         \"ratio\" says how many times as fast the first of its group is.",
        plural(told.rounds, "round"),
    );
    if busy > 0 {
        let _ = writeln!(
            out,
            "\nThe machine was busy: in {busy} of {all} measurements others used more than {QUIET} % of it.\n\
             Take these figures for no more than a first look."
        );
    }
}

/// `1 round`, `1,000 commands`
pub(crate) fn plural(n: u32, noun: &str) -> String {
    format!("{} {noun}{}", count(n.into()), if n == 1 { "" } else { "s" })
}
