//! The report on a terminal: what became of the rows, money, reasons, actions, customers.

use super::figures::{
    bar, cost_in_words, cost_of, cost_or_dash, count, credits, many, margin_of, money,
    money_or_dash, percent, words,
};
use super::headline::headline;
use super::table::{Table, cut};
use crate::render::style::{BOLD, DIM, ERROR, GOOD, HELP, WARNING};
use crate::render::{one_line, paragraph};
use crate::replay::report::{CustomerLine, ExampleLine, LeakLine, Report};
use anstyle::Style;
use probity_core::phrase;
use std::fmt::Write;

/// The whole report, nothing wider than `width`.
pub(crate) fn terminal(report: &Report, width: usize) -> String {
    let mut page = Page { text: String::new(), width, report };
    page.title();
    page.rows();
    page.money();
    page.leaks();
    page.free();
    page.actions();
    page.refused();
    page.customers();
    page.tails();
    page.left_out();
    page.notes();
    page.text
}

struct Page<'a> {
    text: String,
    width: usize,
    report: &'a Report,
}

impl Page<'_> {
    fn head(&mut self, title: &str) {
        self.text.push('\n');
        self.paragraph(0, title, BOLD);
    }

    fn paragraph(&mut self, indent: usize, text: &str, style: Style) {
        paragraph(&mut self.text, self.width, indent, text, style);
    }

    fn title(&mut self) {
        let log = &self.report.log;
        let rows = many(self.report.rows.all, "row");
        let customers = many(self.report.customers.count, "customer");
        let span = super::span(self.report);
        let name =
            if log.name == "--sample" { "A made-up log".into() } else { one_line(&log.name) };
        let contract = &self.report.contract;
        self.paragraph(0, &headline(self.report), BOLD);
        self.paragraph(0, &format!("{name} under {contract}: {rows}, {customers}, {span}."), DIM);
    }

    fn rows(&mut self) {
        let rows = self.report.rows;
        self.head("WHAT BECOMES OF THE ROWS");
        let lines = [
            ("charged", rows.charged, HELP),
            ("free", rows.free, GOOD),
            ("refused", rows.refused, WARNING),
            ("name no action", rows.not_mapped, DIM),
            ("cannot be decided", rows.not_decided, ERROR),
            ("cannot be read", rows.broken, ERROR),
        ];
        let bar_width = self.width.saturating_sub(44).min(50) as u64;
        for (what, n, style) in lines.into_iter().filter(|(_, n, _)| *n > 0) {
            let bar = bar(n, rows.all, bar_width);
            let bar =
                if bar_width < 8 { String::new() } else { format!("  {style}{bar}{style:#}") };
            let share = percent(n, rows.all);
            let _ = writeln!(self.text, "  {what:<18}{:>12} {share:>6}{bar}", count(n));
        }
    }

    fn money(&mut self) {
        let sums = &self.report.money;
        self.head("MONEY");
        let credits = credits(sums.charged);
        let all = self.report.rows.all - self.report.rows.broken;
        let costs = |cost| cost_in_words(cost, sums.costed, all);
        let days = format!("for the log's {}", many(self.report.log.days, "day"));
        let lines = [
            ("Charged today", sums.today.map(money), String::new()),
            ("Charged here, for what is used", sums.worth.map(money), credits),
            ("Plans and packs bring here", Some(money(sums.plans_and_packs)), days),
            ("It costs you today", Some(costs(sums.cost)), String::new()),
            (
                "It would cost you here",
                sums.cost_here.map(|cost| costs(Some(cost))),
                "less what is refused, or theirs to pay".into(),
            ),
        ];
        let is_here = self.report.rows.have_result();
        for (label, sum, note) in lines {
            let Some(sum) = sum.filter(|_| is_here || label.ends_with("today")) else { continue };
            let wide = self.width.saturating_sub(20).min(30);
            let label = cut(label, wide);
            let _ = write!(self.text, "  {label:<wide$}{sum:>18}");
            if !note.is_empty() && 52 + note.len() <= self.width {
                let _ = write!(self.text, "  {DIM}{note}{DIM:#}");
            }
            self.text.push('\n');
        }
        if let Some(why) = sums.cost_unknown {
            self.paragraph(2, why, DIM);
        }
        if sums.today.is_none() {
            self.paragraph(2, "The log does not say what is charged today.", DIM);
        }
    }

    fn leaks(&mut self) {
        let leaks: Vec<_> =
            self.report.charged_today_for.iter().filter(|leak| leak.charged > 0).collect();
        if leaks.is_empty() {
            return;
        }
        self.head("YOU CHARGE TODAY FOR");
        for LeakLine { what, charged, today, examples, .. } in leaks {
            // Where there is little room, the runs are a number, and the label is cut.
            let is_narrow = self.width < 70;
            let (wide, room) = if is_narrow { (self.width.min(60) - 26, 8) } else { (36, 14) };
            let label = cut(words(what), wide);
            let runs = if is_narrow { count(*charged) } else { many(*charged, "run") };
            let today = money(*today);
            let _ =
                writeln!(self.text, "  {label:<wide$}{runs:>room$}  {ERROR}{today:>12}{ERROR:#}");
            if let Some(example) = examples.first() {
                self.example(example);
            }
        }
    }

    fn example(&mut self, example: &ExampleLine) {
        let ExampleLine { line, customer, action, outcome, today } = example;
        let text =
            format!("line {}: {customer}, {action}, {outcome}, {}", count(*line), money(*today));
        let text = cut(&one_line(&text), self.width.saturating_sub(4));
        let _ = writeln!(self.text, "    {DIM}{text}{DIM:#}");
    }

    fn free(&mut self) {
        if self.report.free.is_empty() {
            return;
        }
        self.head("FREE HERE, BECAUSE");
        let mut table = Table::new(&[("", 9), ("runs", 9), ("charged today", 5)]);
        for line in &self.report.free {
            table.row(vec![words(line.why).into(), count(line.runs), money_or_dash(line.today)]);
        }
        self.table(&table);
    }

    fn table(&mut self, table: &Table) {
        self.text += &table.lines(self.width);
    }

    fn actions(&mut self) {
        if self.report.actions.iter().all(|action| action.runs == 0) {
            return;
        }
        self.head("ACTIONS");
        let mut table = Table::new(&[
            ("", 9),
            ("runs", 9),
            ("charged", 4),
            ("free", 3),
            ("refused", 5),
            ("today", 8),
            ("here", 8),
            ("a run costs", 6),
            ("margin", 7),
        ]);
        for action in self.report.actions.iter().filter(|a| a.runs > 0) {
            table.row(vec![
                action.name.clone(),
                count(action.runs),
                count(action.charged_runs),
                count(action.free_runs),
                count(action.refused),
                money_or_dash(action.today),
                money_or_dash(action.worth),
                cost_or_dash(action.unit_cost),
                margin_of(action),
            ]);
        }
        self.table(&table);
        let (shown, left_out) = table.titles(self.width);
        let mut legend = Vec::new();
        if shown.contains(&"a run costs") {
            legend.push("A run costs: in the middle of its runs, however they end.".to_owned());
        }
        if shown.contains(&"margin") {
            legend.push(
                "Margin: what is left of the income here after all runs that are not refused and \
                 the overhead, with a credit worth the least it is sold for."
                    .to_owned(),
            );
        }
        if !left_out.is_empty() {
            let (column, them) =
                if left_out.len() == 1 { ("column", "it") } else { ("columns", "them") };
            legend.push(format!(
                "The lines are too short for the {column} {}; wider ones, or --html, show {them}.",
                phrase::list(&left_out, "and")
            ));
        }
        self.paragraph(2, &legend.join(" "), DIM);
    }

    fn refused(&mut self) {
        if self.report.refused.is_empty() {
            return;
        }
        self.head("REFUSED HERE, AND WHAT THE CUSTOMER READS");
        for line in &self.report.refused {
            let customers = many(line.customers, "customer");
            let needs = if line.needs.is_positive() {
                format!(", {} asked for", credits(line.needs))
            } else {
                String::new()
            };
            let runs = many(line.runs, "run");
            let who = format!("by {customers}{needs}");
            let title = &line.title;
            let is_long = 6 + title.len() + runs.len() + who.len() > self.width;
            let gap = if is_long { "\n    " } else { " " };
            let who = cut(&who, self.width.saturating_sub(4));
            let _ =
                writeln!(self.text, "  {WARNING}{title}{WARNING:#}  {runs}{gap}{DIM}{who}{DIM:#}");
            if let Some(words) = &line.words {
                self.paragraph(4, words, Style::new());
            }
        }
    }

    fn customers(&mut self) {
        if !self.report.rows.have_result() {
            return;
        }
        let customers = &self.report.customers;
        self.head("CUSTOMERS");
        if let (Some(by_use), Some(by_bill)) = (customers.by_use, customers.by_bill) {
            let mut table = Table::new(&[
                ("against today", 9),
                ("pay less", 8),
                ("the same", 7),
                ("pay more", 8),
                ("over double", 6),
            ]);
            for (label, a) in [("for what they use", by_use), ("with plans and packs", by_bill)] {
                let cells = [a.less, a.same, a.more, a.more_than_double].map(count);
                table.row(std::iter::once(label.to_owned()).chain(cells).collect());
            }
            self.table(&table);
            self.text.push('\n');
        }
        if let Some(spread) = customers.spread {
            let mut table = Table::new(&[
                ("one customer", 9),
                ("in the middle", 8),
                ("one in 20 over", 7),
                ("most", 8),
            ]);
            let lines = [
                ("charged today", spread.today),
                ("charged here, for use", Some(spread.here)),
                ("plans and packs here", Some(spread.bill)),
            ];
            for (label, quantiles) in lines {
                let Some(q) = quantiles else { continue };
                table.row(vec![label.into(), money(q.median), money(q.p95), money(q.max)]);
            }
            self.table(&table);
            self.text.push('\n');
        }
        let top = self.report.customers.top.clone();
        self.customer_lines("the largest", &top);
    }

    fn customer_lines(&mut self, title: &str, lines: &[CustomerLine]) {
        let mut table = Table::new(&[
            (title, 9),
            ("plan", 4),
            ("runs", 6),
            ("refused", 5),
            ("today", 8),
            ("use here", 8),
            ("bill here", 7),
            ("costs you", 7),
            ("cost here", 3),
        ]);
        for line in lines {
            table.row(vec![
                line.customer.clone(),
                line.plan.clone(),
                count(line.runs),
                count(line.refused),
                money_or_dash(line.today),
                money_or_dash(line.worth),
                money(line.bill),
                cost_of(line.cost, line.costed, line.runs),
                cost_of(line.cost_here, line.costed, line.runs),
            ]);
        }
        self.table(&table);
    }

    fn tails(&mut self) {
        let tails = self.report.customers.tails.clone();
        if tails.is_empty() {
            return;
        }
        let share =
            if self.report.customers.tails_by_share { "OVER A FIFTH OF ALL COST, OR " } else { "" };
        self.head(&format!("TAILS: {share}OVER THREE TIMES WHAT THEY WOULD PAY"));
        self.customer_lines("customer", &tails);
    }

    /// Each reason is a sentence of its own: it is wrapped, not cut.
    fn not_decided(&mut self) {
        let lines = &self.report.not_decided;
        if lines.is_empty() {
            return;
        }
        self.head("ROWS THAT CANNOT BE DECIDED");
        for line in lines {
            let first = line.line.map(|n| format!(", first in line {}", count(n)));
            let rows = many(line.rows, "row");
            let text = format!("{rows}{}: {}", first.unwrap_or_default(), line.word);
            self.paragraph(2, &one_line(&text), Style::new());
        }
    }

    fn left_out(&mut self) {
        self.not_decided();
        let report = self.report;
        let lists = [
            ("ROWS THAT NAME NO ACTION SAY", &report.not_mapped),
            ("ROWS THAT CANNOT BE READ", &report.broken.by_reason),
        ];
        for (title, lines) in lists {
            if lines.is_empty() {
                continue;
            }
            self.head(title);
            let mut table = Table::new(&[("", 9), ("rows", 9)]);
            for line in lines {
                let word = if line.word.is_empty() { "(nothing)" } else { &line.word };
                table.row(vec![word.into(), count(line.rows)]);
            }
            self.table(&table);
        }
        for row in &report.broken.first {
            let cell = if row.cell.is_empty() { String::new() } else { format!(": {}", row.cell) };
            let text = format!("line {} {}{cell}", count(row.line), row.reason);
            self.paragraph(4, &one_line(&text), DIM);
        }
    }

    fn notes(&mut self) {
        self.text.push('\n');
        for note in &self.report.notes {
            self.paragraph(0, note, DIM);
        }
    }
}
