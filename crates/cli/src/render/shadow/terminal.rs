//! The shadow report on a terminal: short, what is otherwise first, the gate last.

use super::{
    Heading, comparison, credits, grouped, headline, items, number, of_what, span, text, verdict,
};
use crate::render::replay::figures::{bar, count, many, percent};
use crate::render::replay::table::Table;
use crate::render::style::{BOLD, DIM, ERROR, GOOD, HELP, WARNING};
use crate::render::{one_line, paragraph};
use anstyle::Style;
use serde_json::Value;
use std::fmt::Write;

/// How many causes are told.
const CAUSES: usize = 8;

/// The whole report, nothing wider than `width`.
pub(crate) fn terminal(heading: Heading<'_>, width: usize) -> String {
    let report = heading.report;
    let mut page = Page { text: String::new(), width, report };
    page.paragraph(0, &headline(report), BOLD);
    let customers = many(number(&report["customers"], "customers"), "customer");
    let (contract, of) = (text(report, "contract"), of_what(report));
    let about = format!("{customers} under {contract}, {}{of}.", span(report));
    page.paragraph(0, &about, DIM);
    if number(&report["sums"], "runs") > 0 {
        page.compared(heading.file);
        page.file();
        page.causes();
        page.denials();
        page.actions();
        page.bills();
        page.unforeseen();
    }
    page.text.push_str(&gate(report, width));
    page.text
}

/// What the gate asks for.
pub(crate) fn gate(report: &Value, width: usize) -> String {
    let gate = &report["gate"];
    let mut page = Page { text: String::new(), width, report };
    let conditions = items(gate, "conditions");
    if conditions.is_empty() {
        page.head("THE GATE");
        page.paragraph(2, "Nothing is asked for: `rollout.enforce_when` is not written.", DIM);
        return page.text;
    }
    let met = if gate["met"] == true { "met" } else { "not met" };
    page.head(&format!("THE GATE: {met}"));
    let [watched, runs] = ["watched", "sums"].map(|key| number(&report[key], "runs"));
    if watched != runs {
        let enforced = "those that are enforced are not counted";
        let line = format!("Of {}, it counts {}: {enforced}.", many(runs, "run"), count(watched));
        page.paragraph(2, &line, DIM);
    }
    for condition in conditions {
        let (sign, style) = if condition["met"] == true { ("✓", GOOD) } else { ("✗", ERROR) };
        let line = format!("{sign} {}: {}", text(condition, "asks"), text(condition, "is"));
        page.paragraph(2, &line, style);
        page.paragraph(4, text(condition, "missing"), DIM);
    }
    page.text
}

struct Page<'a> {
    text: String,
    width: usize,
    report: &'a Value,
}

impl Page<'_> {
    fn head(&mut self, title: &str) {
        self.text.push('\n');
        self.paragraph(0, title, BOLD);
    }

    fn paragraph(&mut self, indent: usize, text: &str, style: Style) {
        paragraph(&mut self.text, self.width, indent, text, style);
    }

    fn bars(&mut self, lines: &[(&str, u64, Style)], whole: u64) {
        let room = self.width.saturating_sub(50).min(40) as u64;
        for (what, n, style) in lines.iter().filter(|(_, n, _)| *n > 0) {
            let bar = if room < 8 { String::new() } else { bar(*n, whole, room) };
            let share = percent(*n, whole);
            let line = format!(
                "  {:<22}{:>12} {share:>6}  {style}{bar}{style:#}",
                one_line(what),
                count(*n)
            );
            let _ = writeln!(self.text, "{}", line.trim_end());
        }
    }

    fn compared(&mut self, file: Option<&str>) {
        let sums = &self.report["sums"];
        let runs = number(sums, "runs");
        let beside = file.map_or_else(String::new, |file| format!(", AS {} SAYS", one_line(file)));
        self.head(&format!("BESIDE TODAY'S BILLING{beside}"));
        if number(sums, "compared") == 0 {
            let none = "Nothing is known of it: send `now` with your runs, or compare a file: \
                        probity compare OURS.csv.";
            self.paragraph(2, none, DIM);
            return;
        }
        let styles = [GOOD, WARNING, HELP, ERROR, DIM, DIM];
        let lines = comparison(self.report);
        let lines: Vec<_> =
            lines.into_iter().zip(styles).map(|((what, n, _), style)| (what, n, style)).collect();
        self.bars(&lines, runs.max(number(sums, "compared")));
        let both = format!(
            "Where both are known, today's billing took {}; the contract would take {}.",
            credits(text(sums, "today")),
            credits(text(sums, "beside_today"))
        );
        self.paragraph(2, &both, DIM);
    }

    /// What became of the rows of a file.
    fn file(&mut self) {
        let file = &self.report["file"];
        if file.is_null() {
            return;
        }
        let found = &file["found"];
        let sum = |keys: [&str; 3]| keys.iter().map(|key| number(found, key)).sum::<u64>();
        let line = format!(
            "Of {}, {} found a run: {} by the run's id, {} by its artifact, {} by time alone.",
            many(number(file, "rows"), "row"),
            count(sum(["by_run", "by_artifact", "by_time"])),
            count(number(found, "by_run")),
            count(number(found, "by_artifact")),
            count(number(found, "by_time"))
        );
        self.paragraph(2, &line, Style::new());
        let (left, alone) = (number(file, "rows_without_run"), number(file, "runs_without_row"));
        if left > 0 {
            let line = format!("{} found none, such as:", many(left, "row"));
            self.paragraph(2, &line, WARNING);
        }
        for row in items(file, "first") {
            let about = format!(
                "line {}, {} {}: {}",
                number(row, "line"),
                one_line(text(row, "customer")),
                one_line(text(row, "artifact")),
                text(row, "why")
            );
            self.paragraph(4, &about, DIM);
        }
        if alone > 0 {
            let line = format!("{} found no row.", many(alone, "run"));
            self.paragraph(2, &line, WARNING);
        }
    }

    fn causes(&mut self) {
        let causes = items(self.report, "causes");
        if causes.is_empty() {
            return;
        }
        self.head("WHY");
        for cause in causes.iter().take(CAUSES) {
            let line = format!(
                "{} {}: {}",
                count(number(cause, "runs")),
                one_line(verdict(text(cause, "verdict"))).to_lowercase(),
                text(cause, "says"),
            );
            self.paragraph(2, &line, Style::new());
            let sums = format!(
                "today {}, here {}",
                credits(text(cause, "today")),
                credits(text(cause, "would"))
            );
            self.paragraph(4, &sums, DIM);
            if let Some(example) = items(cause, "examples").first() {
                self.example(example, text(cause, "says"));
            }
        }
        if let Some(more) = causes.len().checked_sub(CAUSES).filter(|n| *n > 0) {
            self.paragraph(
                2,
                &format!("and {}: see --json or --html", many(more as u64, "more cause")),
                DIM,
            );
        }
    }

    fn example(&mut self, example: &Value, says: &str) {
        let about: Vec<String> = ["run", "customer", "action", "artifact"]
            .into_iter()
            .map(|key| one_line(text(example, key)))
            .filter(|word| !word.is_empty())
            .collect();
        self.paragraph(4, &format!("such as {}", about.join(" ")), DIM);
        let words = text(example, "words");
        if !words.is_empty() && words != says {
            self.paragraph(4, &format!("“{words}”"), DIM);
        }
    }

    fn denials(&mut self) {
        let denials = items(self.report, "denials");
        if denials.is_empty() {
            return;
        }
        self.head("WHAT WOULD BE REFUSED");
        let lines: Vec<_> = denials
            .iter()
            .map(|line| (text(line, "title"), number(line, "runs"), WARNING))
            .collect();
        self.bars(&lines, number(&self.report["sums"], "runs"));
    }

    fn actions(&mut self) {
        for (key, title) in [("actions", "BY ACTION"), ("plans", "BY PLAN")] {
            let lines = items(self.report, key);
            self.head(title);
            let name = title.trim_start_matches("BY ").to_lowercase();
            let mut table = Table::new(&[
                (name.as_str(), 9),
                ("runs", 8),
                ("charged", 7),
                ("refused", 6),
                ("given back", 1),
                ("today", 4),
                ("same runs here", 3),
            ]);
            for line in lines {
                let sums = &line["sums"];
                let is_compared = number(sums, "compared") > 0;
                let beside = |key: &str| match is_compared {
                    true => grouped(text(sums, key)),
                    false => "–".to_owned(),
                };
                table.row(vec![
                    text(line, "name").to_owned(),
                    count(number(sums, "runs")),
                    grouped(text(sums, "charged")),
                    dash(number(sums, "denied")),
                    if matches!(text(sums, "given_back"), "" | "0") {
                        "–".to_owned()
                    } else {
                        grouped(text(sums, "given_back"))
                    },
                    beside("today"),
                    beside("beside_today"),
                ]);
            }
            self.text.push_str(&table.lines(self.width));
        }
    }

    fn bills(&mut self) {
        let customers = &self.report["customers"];
        self.head("CUSTOMERS' BILLS");
        let against = &customers["against_today"];
        if number(against, "compared") > 0 {
            let all = number(against, "compared");
            let lines = [
                ("would pay less", number(against, "less"), GOOD),
                ("the same", number(against, "same"), DIM),
                ("would pay more", number(against, "more"), WARNING),
                ("more than double", number(against, "more_than_doubled"), ERROR),
            ];
            self.bars(&lines, all);
        }
        let refused = number(customers, "denied");
        let met = format!("{} would meet a refusal.", many(refused, "customer"));
        self.paragraph(2, &met, DIM);
        let (doubled, top) = (items(customers, "doubled"), items(customers, "top"));
        let (title, lines) =
            if doubled.is_empty() { ("the largest", top) } else { ("more than doubled", doubled) };
        let head =
            [(title, 9), ("plan", 3), ("runs", 4), ("refused", 2), ("today", 6), ("here", 8)];
        let mut table = Table::new(&head);
        for line in lines.iter().take(5) {
            let beside = line["beside_today"].as_str();
            table.row(vec![
                text(line, "customer").to_owned(),
                text(line, "plan").to_owned(),
                count(number(line, "runs")),
                dash(number(line, "denied")),
                line["today"].as_str().map_or_else(|| "–".to_owned(), grouped),
                grouped(beside.unwrap_or(text(line, "charged"))),
            ]);
        }
        self.text.push_str(&table.lines(self.width));
    }

    fn unforeseen(&mut self) {
        let lines = items(self.report, "unforeseen");
        if lines.is_empty() {
            return;
        }
        self.head("WHAT THE CONTRACT DID NOT FORESEE");
        for line in lines.iter().take(CAUSES) {
            let what = format!(
                "{} of {}: {}",
                many(number(line, "runs"), "run"),
                text(line, "action"),
                text(line, "says")
            );
            self.paragraph(2, &what, Style::new());
        }
    }
}

fn dash(n: u64) -> String {
    if n == 0 { "–".to_owned() } else { count(n) }
}
