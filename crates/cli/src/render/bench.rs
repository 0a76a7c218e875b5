//! What `probity bench` measured: a table for people, JSON for machines.

use probity::bench::{Load, Sample, Side};
use serde_json::json;
use std::fmt::Write as _;

/// One side under one load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) side: Side,
    pub(crate) load: Load,
    pub(crate) sample: Sample,
}

impl Line {
    const fn name(&self) -> &'static str {
        match self.side {
            Side::Engine => "the engine",
            Side::InPlace => "SQLite in place",
            Side::Log => "a bare log",
        }
    }

    /// How many times as fast the engine is, in hundredths.
    fn ratio(&self, lines: &[Self]) -> Option<u64> {
        let engine = lines.iter().find(|l| l.side == Side::Engine && l.load == self.load)?;
        (engine.sample.per_second() * 100).checked_div(self.sample.per_second())
    }
}

/// A table, load by load.
pub(crate) fn table(lines: &[Line]) -> String {
    let mut out = String::new();
    let mut load = None;
    for line in lines {
        if load.replace(line.load) != Some(line.load) {
            let Load { customers, batch, .. } = line.load;
            let who = if customers == 1 { "one hot customer" } else { "customers" };
            let many = if customers == 1 { String::new() } else { format!("{customers} ") };
            let _ = writeln!(out, "\n{many}{who}, {batch} commands a commit");
            let _ = writeln!(
                out,
                "  {:<18}{:>14}{:>12}{:>16}",
                "", "commands/s", "bytes each", "engine is"
            );
        }
        let ratio = line.ratio(lines).filter(|_| line.side != Side::Engine);
        let ratio = ratio.map(|n| format!("{}.{:02} × as fast", n / 100, n % 100));
        let (speed, bytes) = (line.sample.per_second(), line.sample.bytes_each());
        let _ = writeln!(
            out,
            "  {:<18}{speed:>14}{bytes:>12}{:>16}",
            line.name(),
            ratio.unwrap_or_default()
        );
    }
    out.trim_start().to_owned()
}

/// The same for machines.
pub(crate) fn json(lines: &[Line]) -> String {
    let line = |line: &Line| {
        json!({
            "side": line.name(), "customers": line.load.customers, "batch": line.load.batch,
            "commands": line.sample.commands, "micros": line.sample.took.as_micros().to_string(),
            "per_second": line.sample.per_second(), "bytes_each": line.sample.bytes_each(),
            "engine_is_hundredths": line.ratio(lines),
        })
    };
    let lines: Vec<_> = lines.iter().map(line).collect();
    format!("{:#}\n", json!({ "lines": lines }))
}
