//! What is aimed at, each aim beside what was measured; what was not measured says why.

use super::gateway::{FEW, RATE};
use super::plan::ALONE;
use super::{Calls, Come, Latency, Line, Load, Missing, Part, Side, Start, Wish};
use std::time::Duration;

/// One aim.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// Against what.
    pub(crate) against: String,
    pub(crate) aim: String,
    pub(crate) measured: Measured,
}

/// What came of an aim.
#[derive(Clone, Debug)]
pub(crate) enum Measured {
    /// A figure, and whether it is what is aimed at.
    Is { figure: Figure, met: bool },
    /// Why there is none.
    Not(String),
}

/// A figure with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Figure {
    /// A ratio, in hundredths.
    Ratio(u64),
    Time(Duration),
    Bytes(u64),
}

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const NO_LEDGER: &str = "no such database is brought; docs/performance.md says what it did";

/// What the lines say, looked up by side and load.
struct Found<'a> {
    wish: &'a Wish,
    lines: &'a [Line],
    missing: &'a [Missing],
}

/// Every aim, in the order in which they are written down.
pub(crate) fn targets(wish: &Wish, lines: &[Line], missing: &[Missing]) -> Vec<Target> {
    let found = Found { wish, lines, missing };
    let mut all = found.over_http();
    all.extend(found.in_process());
    all.extend(found.as_it_grows());
    all.extend(found.at_the_gateway());
    all
}

/// By how much calls by way of the gateway wait longer than direct ones: each share of them against
/// the same share.
pub(crate) fn added(lines: &[Line], load: Load) -> Option<Latency> {
    let of = |side| {
        let mut all = lines.iter().filter(|line| line.side == side && line.load == load);
        all.next()?.middle()?.0.latency
    };
    let (by_way, direct) = (of(Side::Gateway)?, of(Side::Provider)?);
    Some(Latency {
        p50: by_way.p50.saturating_sub(direct.p50),
        p99: by_way.p99.saturating_sub(direct.p99),
        p999: by_way.p999.saturating_sub(direct.p999),
        most: by_way.most.saturating_sub(direct.most),
    })
}

impl Found<'_> {
    fn over_http(&self) -> Vec<Target> {
        let customers = self.wish.customers;
        let many = self.many(customers);
        let hot = self.many(1);
        let alone = Load { come: ALONE, ..many };
        let hand = "PostgreSQL by hand";
        let waited = |load, share: fn(&Latency) -> Duration| {
            let latency = self.line(Side::Probity, load)?.middle()?.0.latency?;
            Some(Figure::Time(share(&latency)))
        };
        vec![
            self.ratio(hand, 1000, (Side::Probity, many), (Side::Postgres, many)),
            self.ratio(
                "PostgreSQL by hand, one hot customer",
                4000,
                (Side::Probity, hot),
                (Side::Postgres, hot),
            ),
            self.ratio("a bare HTTP server", 60, (Side::Probity, many), (Side::Bare, many)),
            self.most("a hold, p50", millis(2), waited(many, |all| all.p50), Part::Http),
            self.most("a hold, p99", millis(5), waited(many, |all| all.p99), Part::Http),
            self.most(
                "a hold of one idle client, p50",
                Figure::Time(Duration::from_micros(400)),
                waited(alone, |all| all.p50),
                Part::Http,
            ),
            self.ratio(
                "one hot customer against spread, over HTTP",
                90,
                (Side::Probity, hot),
                (Side::Probity, many),
            ),
        ]
    }

    fn in_process(&self) -> Vec<Target> {
        let spread = commits(self.wish.customers, 1024);
        let small = commits(self.wish.customers, 64);
        let hot = commits(1, 1024);
        let engine = |load| (Side::Engine, load);
        let dedicated = |against: &str, aim: &str| Target {
            against: against.to_owned(),
            aim: aim.to_owned(),
            measured: Measured::Not(NO_LEDGER.to_owned()),
        };
        vec![
            self.ratio("a bare log, 1,024 a commit", 60, engine(spread), (Side::Log, spread)),
            self.ratio("a bare log, 64 a commit", 60, engine(small), (Side::Log, small)),
            self.ratio("one hot customer against spread", 90, engine(hot), engine(spread)),
            dedicated("a dedicated ledger database, batches of the engine", "at least 1.00 ×"),
            dedicated("a dedicated ledger database, batches over HTTP", "at least 0.50 ×"),
        ]
    }

    fn as_it_grows(&self) -> Vec<Target> {
        let customers = self.wish.filling.customers;
        let full = |load: Load| Load { customers, filled: true, ..load };
        let (commits, many) = (commits(self.wish.customers, 1024), self.many(self.wish.customers));
        let filled = self.line(Side::Probity, full(many)).and_then(Line::start);
        let new = Load { customers: 0, come: Come::Not, filled: false };
        let new = self.line(Side::Probity, new).and_then(Line::start);
        let ready = |start: Option<Start>| Some(Figure::Time(start?.ready));
        let (idle, most) = (new.and_then(|new| new.idle), filled.and_then(|full| full.most));
        vec![
            self.ratio(
                "SQLite updated in place, filled",
                1000,
                (Side::Engine, full(commits)),
                (Side::InPlace, full(commits)),
            ),
            self.ratio(
                "filled against empty",
                90,
                (Side::Engine, full(commits)),
                (Side::Engine, commits),
            ),
            self.ratio(
                "filled against empty, over HTTP",
                90,
                (Side::Probity, full(many)),
                (Side::Probity, many),
            ),
            self.most("start, empty", millis(100), ready(new), Part::Http),
            self.most("start, filled", millis(2000), ready(filled), Part::Large),
            self.most("memory, idle", Figure::Bytes(30 * MIB), idle.map(Figure::Bytes), Part::Http),
            self.most(
                "memory, filled, the most under load",
                Figure::Bytes(512 * MIB),
                most.map(Figure::Bytes),
                Part::Large,
            ),
        ]
    }

    /// At few calls only: where all is taken, waiting says no more than the rate does.
    fn at_the_gateway(&self) -> Vec<Target> {
        let mut all = Vec::new();
        for (name, connections, a_second) in [
            ("one connection".to_owned(), 1, None),
            (format!("{FEW} connections"), FEW, None),
            (format!("{RATE} calls a second"), FEW, Some(RATE)),
        ] {
            let come = Come::Calls(Calls { connections, streamed: false, a_second });
            let load = Load { customers: self.wish.customers, come, filled: false };
            let added = added(self.lines, load);
            let mut most = |share, most: Duration, figure: Option<Duration>| {
                let what = format!("the gateway adds, {name}, {share}");
                let figure = figure.map(Figure::Time);
                all.push(self.most(&what, Figure::Time(most), figure, Part::Gateway));
            };
            most("p50", Duration::from_micros(500), added.map(|added| added.p50));
            most("p99", Duration::from_millis(3), added.map(|added| added.p99));
        }
        let mut charged = self.lines.iter().filter(|line| line.side == Side::Gateway);
        let each = charged.find_map(|line| line.streams()?.each()).map(Figure::Bytes);
        all.push(self.most(
            "memory of the gateway for an open stream",
            Figure::Bytes(32 * KIB),
            each,
            Part::Gateway,
        ));
        all
    }

    fn many(&self, customers: u32) -> Load {
        let come = Come::Requests { connections: self.wish.connections, commands: 1 };
        Load { customers, come, filled: false }
    }

    fn line(&self, side: Side, load: Load) -> Option<&Line> {
        self.lines.iter().find(|line| line.side == side && line.load == load)
    }

    fn rate(&self, (side, load): (Side, Load)) -> Option<u64> {
        Some(self.line(side, load)?.middle()?.0.per_second())
    }

    /// One side's speed as a part of another's, at least so many hundredths.
    fn ratio(&self, against: &str, least: u64, of: (Side, Load), to: (Side, Load)) -> Target {
        let ratio =
            self.rate(of).zip(self.rate(to)).and_then(|(of, to)| (of * 100).checked_div(to));
        let lacks = if self.rate(of).is_none() { of } else { to };
        let measured = match ratio {
            Some(ratio) => Measured::Is { figure: Figure::Ratio(ratio), met: ratio >= least },
            None => Measured::Not(self.why_not(part_of(lacks))),
        };
        let aim = format!("at least {}", Figure::Ratio(least));
        Target { against: against.to_owned(), aim, measured }
    }

    /// A figure that is to be at most so much.
    fn most(&self, what: &str, most: Figure, figure: Option<Figure>, part: Part) -> Target {
        let measured = match figure {
            Some(figure) => Measured::Is { figure, met: figure <= most },
            None => Measured::Not(self.why_not(part)),
        };
        Target { against: what.to_owned(), aim: format!("at most {most}"), measured }
    }

    fn why_not(&self, part: Part) -> String {
        let name = match part {
            Part::Engine => "engine",
            Part::Http => "http",
            Part::Postgres => "postgres",
            Part::Large => "large",
            Part::Gateway => "gateway",
        };
        if !self.wish.has(part) {
            return format!("it takes --parts {name}");
        }
        let why = self.missing.first().filter(|_| part == Part::Postgres);
        why.map_or_else(|| "this machine does not tell".to_owned(), |missing| missing.why.clone())
    }
}

fn commits(customers: u32, commands: u32) -> Load {
    Load { customers, come: Come::Commits { commands }, filled: false }
}

const fn millis(n: u64) -> Figure {
    Figure::Time(Duration::from_millis(n))
}

const fn part_of((side, load): (Side, Load)) -> Part {
    match side {
        _ if load.filled => Part::Large,
        Side::Probity | Side::Bare => Part::Http,
        Side::Postgres => Part::Postgres,
        Side::Engine | Side::InPlace | Side::Log => Part::Engine,
        Side::Gateway | Side::Proxy | Side::Provider => Part::Gateway,
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Ratio(n) => write!(f, "{}.{:02} ×", n / 100, n % 100),
            Self::Time(time) => f.write_str(&told(time)),
            Self::Bytes(bytes) if bytes < MIB => {
                let tenths = bytes * 10 / KIB;
                write!(f, "{}.{} KiB", tenths / 10, tenths % 10)
            }
            Self::Bytes(bytes) => {
                let tenths = bytes * 10 / MIB;
                write!(f, "{}.{} MiB", tenths / 10, tenths % 10)
            }
        }
    }
}

/// `84 µs`, `1.94 ms`, `2 s`
pub(crate) fn told(time: Duration) -> String {
    let micros = time.as_micros();
    let (unit, name) = match micros {
        0..1_000 => return format!("{micros} µs"),
        1_000..1_000_000 => (1_000, "ms"),
        _ => (1_000_000, "s"),
    };
    let (whole, hundredths) = (micros / unit, micros % unit * 100 / unit);
    match hundredths {
        0 => format!("{whole} {name}"),
        _ => format!("{whole}.{hundredths:02} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_their_units() {
        let time = |micros| Figure::Time(Duration::from_micros(micros)).to_string();
        assert_eq!([time(84), time(2_000), time(1_940)], ["84 µs", "2 ms", "1.94 ms"]);
        assert_eq!([time(2_000_000), time(12_345_678)], ["2 s", "12.34 s"]);
        assert_eq!(Figure::Ratio(1_205).to_string(), "12.05 ×");
        assert_eq!(Figure::Bytes(30 * MIB).to_string(), "30.0 MiB");
        assert_eq!(Figure::Bytes(27 * KIB + 512).to_string(), "27.5 KiB");
    }

    #[test]
    fn what_was_not_measured_says_why() {
        let wish = Wish {
            parts: vec![Part::Http, Part::Postgres],
            commands: 2,
            customers: 10,
            connections: 4,
            streams: 10,
            folder: std::path::PathBuf::new(),
            postgres: None,
            filling: probity::bench::Filling { customers: 1, entries: 1 },
        };
        let missing = [Missing { what: "PostgreSQL by hand", why: "none here".to_owned() }];
        let rate = |commands| super::super::Rate {
            commands,
            took: Duration::from_secs(1),
            latency: None,
            pair: None,
            cpu: None,
            bytes: None,
        };
        let come = Come::Requests { connections: 4, commands: 1 };
        let load = Load { customers: 10, come, filled: false };
        let line = |side, commands| {
            let rate = Some(rate(commands));
            let reading = super::super::Reading { rate, ..Default::default() };
            Line { side, load, readings: vec![reading] }
        };
        let lines = [line(Side::Probity, 70), line(Side::Bare, 100)];
        let all = targets(&wish, &lines, &missing);
        let of = |against: &str| {
            let target = all.iter().find(|target| target.against == against).unwrap();
            target.measured.clone()
        };
        let Measured::Is { figure, met } = of("a bare HTTP server") else { panic!("measured") };
        assert_eq!((figure, met), (Figure::Ratio(70), true));
        let Measured::Not(why) = of("PostgreSQL by hand") else { panic!("nothing is made up") };
        assert_eq!(why, "none here");
        let Measured::Not(why) = of("a bare log, 64 a commit") else { panic!("not asked for") };
        assert_eq!(why, "it takes --parts engine");
    }
}
