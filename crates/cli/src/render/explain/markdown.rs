//! The explanation in Markdown (tables as on code hosts), for repositories and help pages.

use super::DEFAULTS;
use probity_core::explain::{ActionPage, Explanation, Fact, Item, PlanPage, Said};
use std::fmt::Write;

/// The whole page, or only one action of it.
pub(crate) fn markdown(page: &Explanation, only: Option<&ActionPage>) -> String {
    let mut out = String::new();
    match only {
        Some(one) => action(&mut out, one, "#"),
        None => whole(&mut out, page),
    }
    if out.contains(MARK) {
        let _ = writeln!(out, "---\n\n\\* {DEFAULTS}");
    }
    out
}

/// The words of every state, as one table.
pub(crate) fn markdown_of_words(words: &[Said]) -> String {
    let mut out = String::from(
        "| state | what the customer reads, for example | sentence |\n| --- | --- | --- |\n",
    );
    for said in words {
        let action = said.action.as_ref().map(|action| format!("{action}.")).unwrap_or_default();
        let mark = if said.by_default { MARK } else { "" };
        let _ = writeln!(
            out,
            "| `{action}{}`{mark} | {} | {} |",
            said.state.word(),
            safe(said.read()),
            safe(&said.sentence),
        );
    }
    let _ = writeln!(out, "\n\\* {DEFAULTS}");
    out
}

/// Stands behind what holds by default.
const MARK: &str = " \\*";

fn whole(out: &mut String, page: &Explanation) {
    let _ = writeln!(
        out,
        "# What {} costs\n\n{}\n",
        safe(&page.contract.name),
        safe(&page.about.join(" "))
    );
    let summary = &page.summary;
    let _ = writeln!(out, "## Free\n");
    list(out, &summary.free);
    let _ = writeln!(out, "Always free: {}.\n", safe(&summary.always_free.join("; ")));
    items(out, "Paid, when delivered", &summary.paid);
    if !summary.paid.is_empty() && !summary.paid_also.is_empty() {
        let _ = writeln!(out, "{}\n", safe(&summary.paid_also.join(" ")));
    }
    items(out, "Paid even if nothing is found", &summary.paid_even_if);
    let _ = writeln!(out, "## What each action costs\n");
    for one in &page.actions {
        action(out, one, "###");
    }
    let _ = writeln!(out, "## Plans\n");
    for plan in &page.plans {
        self::plan(out, plan);
    }
    for topic in &page.promises {
        let _ = writeln!(out, "## {}\n", safe(&topic.title));
        facts(out, &topic.facts);
    }
}

fn items(out: &mut String, title: &str, items: &[Item]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "## {title}\n");
    list(out, items);
}

fn list(out: &mut String, items: &[Item]) {
    for item in items {
        let note =
            if item.note.is_empty() { String::new() } else { format!(" – {}", safe(&item.note)) };
        let _ = writeln!(out, "- **{}**: {}{note}", safe(&item.name), safe(&item.price.text));
    }
    out.push('\n');
}

fn action(out: &mut String, action: &ActionPage, level: &str) {
    let _ = writeln!(out, "{level} {}: {}\n", safe(&action.name), safe(&action.price.text));
    facts(out, &action.facts);
    if action.is_always_free() {
        let _ = writeln!(out, "You pay nothing, however it ends.\n");
    } else {
        let of = action.endings_of.as_ref().map(|of| format!(", {of}")).unwrap_or_default();
        let all = if action.is_by_default() { MARK } else { "" };
        let _ = writeln!(out, "| if… | you pay{of}{all} | |\n| --- | --- | --- |");
        for ending in &action.endings {
            let mark = if ending.by_default && all.is_empty() { MARK } else { "" };
            let _ = writeln!(
                out,
                "| {} | **{}**{mark} | {} |",
                safe(&ending.when),
                safe(&ending.pays.text),
                safe(&ending.note)
            );
        }
        out.push('\n');
    }
    let _ = writeln!(out, "| on plan | |\n| --- | --- |");
    for on in &action.on_plans {
        let _ = writeln!(out, "| {} | {} |", safe(&on.name), safe(&on.text));
    }
    out.push('\n');
}

fn plan(out: &mut String, plan: &PlanPage) {
    let _ = writeln!(out, "### {}: {}\n", safe(&plan.name), safe(&plan.price));
    if let Some(suits) = &plan.suits {
        let _ = writeln!(out, "For {}.\n", safe(suits));
    }
    facts(out, &plan.facts);
    let _ = writeln!(out, "| includes | |\n| --- | --- |");
    for included in &plan.includes {
        let _ = writeln!(out, "| {} | {} |", safe(&included.name), safe(&included.text));
    }
    out.push('\n');
    if let Some(left) = &plan.left_out {
        let more = [&left.why, &left.elsewhere].into_iter().filter(|text| !text.is_empty());
        let more: String = more.map(|text| format!(" {}", safe(text))).collect();
        let _ = writeln!(out, "Not included: {}.{more}\n", safe(&left.names.join(", ")));
    }
}

fn facts(out: &mut String, facts: &[Fact]) {
    for fact in facts {
        let mark = if fact.by_default { MARK } else { "" };
        let _ = writeln!(out, "- {}: {}{mark}", safe(&fact.label), safe(&fact.text));
    }
    out.push('\n');
}

/// A text in which Markdown finds nothing to interpret.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
