//! The shadow report as one page, in the style of a replay's.

use super::{
    Heading, comparison, credits, grouped, headline, items, number, of_what, span, text,
    thousandths, verdict,
};
use crate::answer::Failure;
use crate::render::page::{STYLE, allowed, rendered};
use crate::render::replay::chart::{self, Day, Part};
use crate::render::replay::figures::{count, many, percent};
use askama::Template;
use serde_json::Value;

/// The style of this page, after that of every page: a replay's, and what is its own.
const OWN_STYLE: &str = include_str!("../../../templates/replay.css");
const MORE_STYLE: &str = include_str!("../../../templates/shadow.css");

#[derive(Template)]
#[template(path = "shadow.html")]
struct Page<'a> {
    style: &'a str,
    style_hash: String,
    report: &'a Value,
    sums: &'a Value,
    customers: &'a Value,
    title: String,
    headline: String,
    beside: String,
    /// What becomes of the runs beside today's billing: class, words, number.
    parts: Vec<(&'static str, &'static str, u64)>,
}

/// The page.
pub(crate) fn html(heading: Heading<'_>) -> Result<String, Failure> {
    let report = heading.report;
    let style = format!("{STYLE}{OWN_STYLE}{MORE_STYLE}");
    let parts = comparison(report).into_iter().filter(|(_, n, _)| *n > 0);
    rendered(&Page {
        style_hash: allowed(&style),
        style: &style,
        report,
        sums: &report["sums"],
        customers: &report["customers"],
        title: format!("{}{}", span(report), of_what(report)),
        headline: headline(report),
        beside: heading.file.map_or_else(String::new, |file| format!(", as {file} says")),
        parts: parts.map(|(what, n, class)| (class, what, n)).collect(),
    })
}

impl Page<'_> {
    fn compared(&self) -> bool {
        number(self.sums, "compared") > 0
    }

    fn whole(&self) -> u64 {
        number(self.sums, "runs").max(number(self.sums, "compared"))
    }

    fn bar(&self) -> String {
        let parts: Vec<_> = self.parts.iter().map(|(class, _, n)| Part { n: *n, class }).collect();
        let says: Vec<_> =
            self.parts.iter().map(|(_, what, n)| format!("{} {what}", count(*n))).collect();
        chart::stacked(&parts, self.whole(), 34, &says.join(", "))
    }

    fn line_bar(&self, sums: &Value) -> String {
        let (charged, denied) = (number(sums, "charged_runs"), number(sums, "denied"));
        let runs = number(sums, "runs");
        let free = runs.saturating_sub(charged).saturating_sub(denied);
        let parts = [
            Part { n: charged, class: "charged" },
            Part { n: free, class: "free" },
            Part { n: denied, class: "refused" },
        ];
        let says =
            format!("{} charged, {} free, {} refused", count(charged), count(free), count(denied));
        chart::stacked(&parts, runs, 12, &says)
    }

    fn refused_bar(&self, runs: u64) -> String {
        let most = items(self.report, "denials").iter().map(|line| number(line, "runs")).max();
        let parts = [Part { n: runs, class: "refused" }];
        chart::stacked(&parts, most.unwrap_or(0), 12, &many(runs, "run"))
    }

    fn has_days(&self) -> bool {
        items(self.report, "days").len() > 1
    }

    fn days(&self) -> String {
        let days: Vec<Day> = items(self.report, "days")
            .iter()
            .map(|line| {
                let (today, charged) = (text(line, "today"), text(line, "charged"));
                let title = format!(
                    "{}\ncharged today: {}\ncharged here: {}",
                    text(line, "day"),
                    credits(today),
                    credits(charged)
                );
                Day { title, back: thousandths(today), front: thousandths(charged), mark: None }
            })
            .collect();
        chart::days(&days, chart::scale(&days), "Charged a day: today and here")
    }

    fn day(&self, place: &str) -> &str {
        let days = items(self.report, "days");
        let at = match place {
            "first" => 0,
            "middle" => days.len().saturating_sub(1) / 2,
            _ => days.len().saturating_sub(1),
        };
        days.get(at).map(|line| text(line, "day")).unwrap_or_default()
    }
}

/// A sum that may be unknown.
fn or_dash(of: &Value, key: &str) -> String {
    of[key].as_str().map_or_else(|| "–".to_owned(), grouped)
}
