//! The report as one page: readable on screens, phones and paper, light and dark.

use super::chart::{self, Day, Part};
use super::figures::{
    cost_in_words, cost_of, cost_or_dash, count, credits, ending, many, margin_of, money,
    money_or_dash, percent, words,
};
use super::headline::headline;
use crate::answer::Failure;
use crate::render::page::{STYLE, allowed, rendered};
use crate::replay::report::{ActionLine, CustomerLine, DayLine, Report};
use askama::Template;
use probity_core::{Cost, Money, phrase};

/// The style of this page, after that of every page.
const OWN_STYLE: &str = include_str!("../../../templates/replay.css");

#[derive(Template)]
#[template(path = "replay.html")]
struct Page<'a> {
    style: &'a str,
    style_hash: String,
    report: &'a Report,
    title: String,
    headline: String,
    span: String,
    days: Days,
    /// What became of the rows.
    parts: Vec<Legend>,
}

/// The page.
pub(crate) fn html(report: &Report) -> Result<String, Failure> {
    let style = format!("{STYLE}{OWN_STYLE}");
    let log = &report.log;
    let title = if log.name == "--sample" { "A made-up log".into() } else { log.name.clone() };
    let span = super::span(report);
    rendered(&Page {
        style_hash: allowed(&style),
        style: &style,
        report,
        title,
        headline: headline(report),
        span,
        days: Days::of(report),
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

    /// A bar of how many customers fall into a range.
    fn range_bar(&self, place: usize, customers: u64) -> String {
        let most = self.report.customers.changes.iter().map(|bin| bin.customers).max();
        let class = match place {
            0..=4 => "free",
            5 => "same",
            _ => "refused",
        };
        let parts = [Part { n: customers, class }];
        chart::stacked(&parts, most.unwrap_or(0), 12, &many(customers, "customer"))
    }

    /// What rows cost, in words.
    fn costs(&self, cost: Option<Cost>) -> String {
        let rows = self.report.rows.all - self.report.rows.broken;
        cost_in_words(cost, self.report.money.costed, rows)
    }

    fn has_days(&self) -> bool {
        let report = self.report;
        report.days.len() > 1 && report.money.worth.is_some() && report.rows.have_result()
    }

    fn has_actions(&self) -> bool {
        self.report.actions.iter().any(|action| action.runs > 0)
    }

    fn is_cost_here_less(&self) -> bool {
        self.report.money.cost_here < self.report.money.cost
    }
}

/// What the lines of a table tell: a column of which none does is left out.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    today: bool,
    worth: bool,
    cost: bool,
    cost_here: bool,
    expected: bool,
    margin: bool,
}

impl Told {
    fn of_customers(lines: &[CustomerLine]) -> Self {
        Self {
            today: lines.iter().any(|line| line.today.is_some()),
            worth: lines.iter().any(|line| line.worth.is_some()),
            cost: lines.iter().any(|line| line.cost.is_some()),
            cost_here: lines.iter().any(|line| line.cost_here.is_some()),
            ..Self::default()
        }
    }

    fn of_actions(all: &[ActionLine]) -> Self {
        let tells = |told: fn(&ActionLine) -> bool| all.iter().any(|a| a.runs > 0 && told(a));
        Self {
            today: tells(|a| a.today.is_some()),
            worth: tells(|a| a.worth.is_some()),
            cost: tells(|a| a.unit_cost.is_some()),
            expected: tells(|a| a.unit_cost_expected.is_some()),
            margin: tells(|a| a.margin.is_some()),
            ..Self::default()
        }
    }

    /// What the columns of actions mean, where their titles do not say it.
    fn legend(self) -> String {
        let all = [
            (self.cost, "A run costs: in the middle of its runs, however they end."),
            (self.expected, "Expected: a typical unit, by your operations."),
            (
                self.margin,
                "Margin: what is left of the income here after all runs that are not refused and \
                 the overhead, with a credit worth the least it is sold for.",
            ),
        ];
        let shown: Vec<_> = all.into_iter().filter(|(shown, _)| *shown).map(|(_, s)| s).collect();
        shown.join(" ")
    }
}

/// The drawing of days, and the words around it.
struct Days {
    drawing: String,
    /// What the upper line stands for.
    top: String,
    /// The first, the middle and the last day.
    labels: Vec<String>,
    /// Days that reach beyond the upper line.
    beyond: Vec<String>,
}

impl Days {
    fn of(report: &Report) -> Self {
        let all = &report.days;
        let days: Vec<_> = all.iter().map(drawn).collect();
        let most = chart::scale(&days);
        let currency = report.money.plans_and_packs.currency;
        let top = Money::of_trillionths(currency, i128::from(most) * THOUSANDTH);
        let beyond = all.iter().zip(&days).filter(|(_, day)| day.largest() > most);
        let size = |n: u64| money(Money::of_trillionths(currency, i128::from(n) * THOUSANDTH));
        let beyond = beyond.map(|(line, day)| format!("{}: {}", line.day, size(day.largest())));
        let place = |n: usize| all.get(n).map(|line| line.day.clone()).unwrap_or_default();
        let last = all.len().saturating_sub(1);
        Self {
            drawing: chart::days(&days, most, &says(all)),
            top: money(top),
            labels: vec![place(0), place(last / 2), place(last)],
            beyond: beyond.take(5).collect(),
        }
    }
}

/// What the drawing shows of every day.
fn says(days: &[DayLine]) -> String {
    let today = days.iter().any(|day| day.today.is_some()).then_some("today");
    let cost = days.iter().any(|day| day.cost.is_some()).then_some("what it costs you");
    let shown: Vec<_> = today.into_iter().chain(Some("here")).chain(cost).collect();
    format!("Charged a day: {}", phrase::list(&shown, "and"))
}

/// A thousandth of one unit of money, in trillionths: what drawings are measured in.
const THOUSANDTH: i128 = 1_000_000_000;

fn drawn(day: &DayLine) -> Day {
    let size = |sum: Option<Money>| {
        sum.and_then(|sum| u64::try_from(sum.trillionths() / THOUSANDTH).ok()).unwrap_or(0)
    };
    let mut title = day.day.clone();
    let say = |what: &str, sum: Option<Money>| {
        sum.map(|sum| format!("\n{what}: {}", money(sum))).unwrap_or_default()
    };
    title += &say("charged today", day.today);
    title += &say("charged here", day.worth);
    title +=
        &day.cost.map(|c| format!("\ncosts you: {}", super::figures::cost(c))).unwrap_or_default();
    Day { title, back: size(day.today), front: size(day.worth), mark: day.cost.map(thousandths) }
}

/// A cost in thousandths of a dollar, for a drawing.
fn thousandths(cost: Cost) -> u64 {
    let one = Cost::of_trillionths(1_000_000_000);
    let n = cost.ratio_millionths(one).unwrap_or(0) / 1_000_000;
    u64::try_from(n).unwrap_or(0)
}
