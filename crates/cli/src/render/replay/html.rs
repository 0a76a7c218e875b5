//! The report as one page: readable on screens, phones and paper, light and dark.

use super::chart::{self, Column, Day, Part};
use super::figures::{cost_or_dash, count, credits, many, money, money_or_dash, percent, words};
use crate::answer::Failure;
use crate::render::page::{STYLE, allowed, rendered};
use crate::replay::report::{ActionLine, DayLine, Report};
use askama::Template;
use probity_core::{Cost, Money};

/// The style of this page, after that of every page.
const OWN_STYLE: &str = include_str!("../../../templates/replay.css");

#[derive(Template)]
#[template(path = "replay.html")]
struct Page<'a> {
    style: &'a str,
    style_hash: String,
    report: &'a Report,
    title: String,
    span: String,
    /// What became of the rows.
    parts: Vec<Legend>,
}

/// The page.
pub(crate) fn html(report: &Report) -> Result<String, Failure> {
    let style = format!("{STYLE}{OWN_STYLE}");
    let day = |at: Option<probity_core::Time>| {
        at.map(|at| at.to_string().chars().take(10).collect::<String>()).unwrap_or_default()
    };
    let log = &report.log;
    let title = if log.name == "--sample" { "A made-up log".into() } else { log.name.clone() };
    let span = format!("{} to {}", day(log.from), day(log.until));
    rendered(&Page {
        style_hash: allowed(&style),
        style: &style,
        report,
        title,
        span,
        parts: parts(report),
    })
}

/// What a legend says: the class of its colour, the words, the number.
struct Legend {
    class: &'static str,
    what: &'static str,
    n: u64,
}

/// The parts of the rows that are any.
fn parts(report: &Report) -> Vec<Legend> {
    let rows = report.rows;
    let all = [
        ("charged", "charged", rows.charged),
        ("free", "free", rows.free),
        ("refused", "refused", rows.refused),
        ("left", "name no action", rows.not_mapped),
        ("left", "cannot be decided", rows.not_decided),
        ("left", "cannot be read", rows.broken),
    ];
    let shown = all.into_iter().filter(|(.., n)| *n > 0);
    shown.map(|(class, what, n)| Legend { class, what, n }).collect()
}

impl Page<'_> {
    fn rows_bar(&self) -> String {
        let legends = &self.parts;
        let parts: Vec<_> = legends.iter().map(|l| Part { n: l.n, class: l.class }).collect();
        let says: Vec<_> = legends.iter().map(|l| format!("{} {}", count(l.n), l.what)).collect();
        chart::stacked(&parts, self.report.rows.all, 34, &says.join(", "))
    }

    fn action_bar(&self, action: &ActionLine) -> String {
        let parts = [
            Part { n: action.charged_runs, class: "charged" },
            Part { n: action.free_runs, class: "free" },
            Part { n: action.refused, class: "refused" },
        ];
        let says = format!(
            "{} charged, {} free, {} refused",
            count(action.charged_runs),
            count(action.free_runs),
            count(action.refused)
        );
        chart::stacked(&parts, action.runs, 12, &says)
    }

    fn free_bar(&self, runs: u64) -> String {
        let most = self.report.free.iter().map(|line| line.runs).max().unwrap_or(0);
        chart::stacked(&[Part { n: runs, class: "free" }], most, 12, &many(runs, "run"))
    }

    fn days(&self) -> String {
        let all = &self.report.days;
        let every = all.len().div_ceil(10).max(1);
        let days: Vec<_> =
            all.iter().enumerate().map(|(n, day)| drawn(day, n % every == 0)).collect();
        let most =
            all.iter().flat_map(|d| [d.today, d.worth]).flatten().map(Money::trillionths).max();
        let currency = self.report.money.plans_and_packs.currency;
        let top = most.map(|most| money(Money::of_trillionths(currency, most))).unwrap_or_default();
        let says = "Charged a day: today, here, and what it costs you";
        chart::days(&days, &top, says)
    }

    fn changes(&self) -> String {
        let bins = &self.report.customers.changes;
        let class = |place: usize| match place {
            0..=4 => "free",
            5 => "same",
            _ => "refused",
        };
        let columns: Vec<_> = bins
            .iter()
            .enumerate()
            .map(|(n, bin)| Column { label: bin.range, n: bin.customers, class: class(n) })
            .collect();
        chart::columns(
            &columns,
            "Customers by what they use here, against what they are charged today",
        )
    }

    fn has_days(&self) -> bool {
        self.report.days.len() > 1 && self.report.money.worth.is_some()
    }

    fn is_cost_here_less(&self) -> bool {
        self.report.money.cost_here < self.report.money.cost
    }
}

fn drawn(day: &DayLine, has_label: bool) -> Day {
    let size = |sum: Option<Money>| {
        sum.and_then(|sum| u64::try_from(sum.trillionths() / 1_000_000_000).ok()).unwrap_or(0)
    };
    let mut title = day.day.clone();
    let say = |what: &str, sum: Option<Money>| {
        sum.map(|sum| format!("\n{what}: {}", money(sum))).unwrap_or_default()
    };
    title += &say("charged today", day.today);
    title += &say("charged here", day.worth);
    title +=
        &day.cost.map(|c| format!("\ncosts you: {}", super::figures::cost(c))).unwrap_or_default();
    Day {
        label: if has_label { day.day.chars().skip(5).collect() } else { String::new() },
        title,
        back: size(day.today),
        front: size(day.worth),
        mark: day.cost.map_or(0, thousandths),
    }
}

/// A cost in thousandths of a dollar, for a drawing.
fn thousandths(cost: Cost) -> u64 {
    let one = Cost::of_trillionths(1_000_000_000);
    let n = cost.ratio_millionths(one).unwrap_or(0) / 1_000_000;
    u64::try_from(n).unwrap_or(0)
}
