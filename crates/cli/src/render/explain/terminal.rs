//! The explanation for a terminal: two columns, wrapped, few colours.

use super::DEFAULTS;
use crate::render::plain;
use crate::render::style::{BOLD, DIM, ERROR, GOOD, HELP};
use anstyle::Style;
use probity_core::explain::{ActionPage, Explanation, Fact, Item, PlanPage, Said, Summary};
use probity_core::phrase;
use std::fmt::Write;
use textwrap::core::display_width;

/// Labels wider than this stand on a line of their own.
const WIDEST_LABEL: usize = 38;

/// The whole page, or only one action of it.
pub(crate) fn terminal(page: &Explanation, only: Option<&ActionPage>, width: usize) -> String {
    let mut out = Page { text: String::new(), width, defaults: false };
    match only {
        Some(action) => out.action(action),
        None => out.whole(page),
    }
    out.legend();
    out.text
}

/// The words of every state.
pub(crate) fn terminal_of_words(words: &[Said], width: usize) -> String {
    let mut out = Page { text: String::new(), width, defaults: false };
    for said in words {
        let state = match &said.action {
            Some(action) => format!("{}.{}", action, said.state.word()),
            None => said.state.word().to_owned(),
        };
        let mark = if said.by_default { " (default)" } else { "" };
        let _ = writeln!(out.text, "{BOLD}{}{BOLD:#}{DIM}{mark}{DIM:#}", plain(&state));
        out.paragraph(2, said.read(), Style::new());
        if said.sentence != said.read() {
            out.paragraph(2, &format!("from: {}", said.sentence.trim()), DIM);
        }
    }
    out.text
}

struct Page {
    text: String,
    width: usize,
    defaults: bool,
}

impl Page {
    fn whole(&mut self, page: &Explanation) {
        self.paragraph(0, &page.about.join(" "), BOLD);
        self.summary(&page.summary);
        for action in &page.actions {
            self.text.push('\n');
            self.action(action);
        }
        for plan in &page.plans {
            self.text.push('\n');
            self.plan(plan);
        }
        for topic in &page.promises {
            self.heading(&topic.title.to_uppercase(), BOLD);
            self.facts(&topic.facts);
        }
    }

    fn summary(&mut self, summary: &Summary) {
        self.heading("FREE", GOOD);
        self.items(&summary.free);
        self.row(2, 26, ("Always free", GOOD), &summary.always_free.join("; "), false);
        if !summary.paid.is_empty() {
            self.heading("PAID, WHEN DELIVERED", HELP);
            self.items(&summary.paid);
            self.row(2, 26, ("Also", HELP), &summary.paid_also.join(" "), false);
        }
        if !summary.paid_even_if.is_empty() {
            self.heading("PAID EVEN IF NOTHING IS FOUND", ERROR);
            self.items(&summary.paid_even_if);
        }
    }

    fn heading(&mut self, title: &str, style: Style) {
        let _ = writeln!(self.text, "\n{style}{title}{style:#}");
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            let free = item.price.is_nothing();
            let said = match (free, item.note.is_empty()) {
                (true, true) => String::from("free"),
                (true, false) => item.note.clone(),
                (false, true) => item.price.text.clone(),
                (false, false) => format!("{}\n{}", item.price.text, item.note),
            };
            self.row(2, 26, (&item.name, BOLD), &said, false);
        }
    }

    fn action(&mut self, action: &ActionPage) {
        self.title(&action.name, &action.price.text);
        self.facts(&action.facts);
        if action.is_always_free() {
            self.row(2, 26, ("You pay", DIM), "nothing, however it ends", false);
        } else {
            let of = action.endings_of.as_ref().map(|of| format!(", {of}")).unwrap_or_default();
            let all = if action.is_by_default() { self.default_mark() } else { String::new() };
            let _ = writeln!(self.text, "  {BOLD}What you pay{of}, if…{BOLD:#}{all}");
            for ending in &action.endings {
                let marked = ending.by_default && !action.is_by_default();
                let style = match (ending.pays.is_nothing(), ending.declared) {
                    (true, _) => GOOD,
                    (false, true) => ERROR,
                    (false, false) => BOLD,
                };
                let pays = format!("{style}{}{style:#}", plain(&ending.pays.text));
                let said = if ending.note.is_empty() {
                    pays
                } else {
                    format!("{pays} {DIM}– {}{DIM:#}", plain(&ending.note))
                };
                self.styled_row(4, 38, (&ending.when, Style::new()), &said, marked);
            }
        }
        let _ = writeln!(self.text, "  {BOLD}On each plan{BOLD:#}");
        for on in &action.on_plans {
            self.row(4, 22, (&on.name, Style::new()), &on.text, false);
        }
    }

    fn plan(&mut self, plan: &PlanPage) {
        self.title(&phrase::sentence(&phrase::plan(&plan.name)), &plan.price);
        if let Some(suits) = &plan.suits {
            self.row(2, 26, ("For", DIM), suits, false);
        }
        self.facts(&plan.facts);
        for included in &plan.includes {
            self.row(2, 26, (&included.name, BOLD), &included.text, false);
        }
        if let Some(left) = &plan.left_out {
            let more = [&left.why, &left.elsewhere].into_iter().filter(|text| !text.is_empty());
            let more: String = more.map(|text| format!("\n{text}")).collect();
            let said = left.names.join(", ") + &more;
            self.row(2, 26, ("Not included", DIM), &said, false);
        }
    }

    fn title(&mut self, name: &str, price: &str) {
        let name = plain(name).to_uppercase();
        let _ = writeln!(self.text, "{BOLD}{name}{BOLD:#} {DIM}·{DIM:#} {}", plain(price));
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.row(2, 26, (&fact.label, DIM), &fact.text, fact.by_default);
        }
    }

    fn row(
        &mut self,
        indent: usize,
        column: usize,
        label: (&str, Style),
        said: &str,
        default: bool,
    ) {
        let lines: Vec<String> = said.lines().map(plain).collect();
        self.styled_row(indent, column, label, &lines.join("\n"), default);
    }

    /// A label, and beside it a text that is wrapped under itself. `said` may carry styles.
    fn styled_row(
        &mut self,
        indent: usize,
        column: usize,
        (label, style): (&str, Style),
        said: &str,
        by_default: bool,
    ) {
        let label = plain(label);
        let mut said = said.to_owned();
        if by_default {
            said.push_str(&self.default_mark());
        }
        let start = indent + column + 1;
        let _ = write!(self.text, "{:indent$}{style}{label}{style:#}", "");
        let used = indent + display_width(&label);
        let is_wide = display_width(&label) > column.min(WIDEST_LABEL);
        let gap = if is_wide { format!("\n{:start$}", "") } else { " ".repeat(start - used) };
        self.text.push_str(&gap);
        let room = self.width.saturating_sub(start).max(24);
        let lines: Vec<String> = said
            .lines()
            .flat_map(|line| textwrap::wrap(line, room))
            .map(std::borrow::Cow::into_owned)
            .collect();
        self.text.push_str(&lines.join(&format!("\n{:start$}", "")));
        self.text.push('\n');
    }

    /// Marks what holds by default, and remembers to explain the mark.
    fn default_mark(&mut self) -> String {
        self.defaults = true;
        format!(" {DIM}(default){DIM:#}")
    }

    fn paragraph(&mut self, indent: usize, text: &str, style: Style) {
        let room = self.width.saturating_sub(indent).max(24);
        for line in textwrap::wrap(&plain(text), room) {
            let _ = writeln!(self.text, "{:indent$}{style}{line}{style:#}", "");
        }
    }

    fn legend(&mut self) {
        if self.defaults {
            self.text.push('\n');
            self.paragraph(0, &format!("(default) {DEFAULTS}"), DIM);
        }
    }
}
