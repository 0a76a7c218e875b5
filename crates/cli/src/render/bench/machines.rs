//! The same for machines: every measurement, not only those in the middle.

use super::{Told, side};
use crate::bench::{Come, Figure, Line, Measured, Rate, Reading, Start, Streams, Target};
use serde_json::{Value, json};
use std::time::Duration;

/// Everything, as JSON.
pub(crate) fn json(told: &Told<'_>) -> String {
    let wish = told.wish;
    let (measurements, disturbed) = told.disturbed();
    let missing = told.missing.iter().map(|m| json!({ "what": m.what, "why": m.why }));
    let document = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "machine": told.machine,
        "settings": {
            "rounds": told.rounds, "commands": wish.commands, "customers": wish.customers,
            "connections": wish.connections, "filled_entries": wish.filling.entries,
            "filled_customers": wish.filling.customers, "streams": wish.streams,
        },
        "lines": told.lines.iter().map(line).collect::<Vec<_>>(),
        "targets": told.targets.iter().map(target).collect::<Vec<_>>(),
        "not_measured": missing.collect::<Vec<_>>(),
        "measurements": measurements,
        "disturbed": disturbed,
    });
    format!("{document:#}\n")
}

fn line(line: &Line) -> Value {
    let load = line.load;
    let (connections, in_request, in_commit) = match load.come {
        Come::Requests { connections, commands } => (Some(connections), Some(commands), None),
        Come::Commits { commands } => (None, None, Some(commands)),
        Come::Calls(calls) => (Some(calls.connections), None, None),
        Come::Streams { .. } | Come::Not => (None, None, None),
    };
    let calls = match load.come {
        Come::Calls(calls) => Some(calls),
        _ => None,
    };
    let waits = if calls.is_some() { "call_latency" } else { "hold_latency" };
    json!({
        "side": side(line.side), "customers": load.customers, "filled": load.filled,
        "connections": connections, "commands_a_request": in_request,
        "commands_a_commit": in_commit, "streamed": calls.map(|calls| calls.streamed),
        "calls_a_second": calls.and_then(|calls| calls.a_second),
        "per_second": line.middle().map(|(rate, _)| rate.per_second()),
        "readings": line.readings.iter().map(|one| reading(one, waits)).collect::<Vec<_>>(),
    })
}

fn reading(reading: &Reading, waits: &str) -> Value {
    json!({
        "rate": reading.rate.as_ref().map(|one| rate(one, waits)),
        "start": reading.start.as_ref().map(start),
        "streams": reading.streams.as_ref().map(streams),
        "others_percent": reading.others,
    })
}

fn rate(rate: &Rate, waits: &str) -> Value {
    let latency = rate.latency.map(|all| {
        json!({ "p50_micros": micros(all.p50), "p99_micros": micros(all.p99),
                "p999_micros": micros(all.p999), "most_micros": micros(all.most) })
    });
    json!({
        "commands": rate.commands, "micros": micros(rate.took), "per_second": rate.per_second(),
        waits: latency, "pair_micros": rate.pair.map(micros),
        "cpu_micros": rate.cpu.map(micros), "bytes": rate.bytes,
    })
}

fn start(start: &Start) -> Value {
    json!({
        "ready_micros": micros(start.ready), "idle_bytes": start.idle, "most_bytes": start.most,
    })
}

fn streams(all: &Streams) -> Value {
    json!({
        "streams": all.streams, "opened_micros": micros(all.opened), "bytes_before": all.before,
        "bytes_open": all.open, "bytes_each": all.each(), "ended_micros": micros(all.ended),
    })
}

fn target(target: &Target) -> Value {
    let (figure, met, why) = match &target.measured {
        Measured::Is { figure, met } => (Some(*figure), Some(*met), None),
        Measured::Not(why) => (None, None, Some(why)),
    };
    json!({
        "against": target.against, "aim": target.aim, "measured": figure.map(raw), "met": met,
        "not_measured": why,
    })
}

fn raw(figure: Figure) -> Value {
    match figure {
        Figure::Ratio(hundredths) => json!({ "ratio_hundredths": hundredths }),
        Figure::Time(time) => json!({ "micros": micros(time) }),
        Figure::Bytes(bytes) => json!({ "bytes": bytes }),
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
