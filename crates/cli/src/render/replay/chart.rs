//! The pictures of a replay's page: small SVG drawings, made of whole numbers, coloured by the
//! page's style alone.
//!
//! Each drawing says in words what it shows, for those who cannot see it.

use std::fmt::Write;

/// A part of a bar: how much, and the class that colours it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// How much.
    pub(crate) n: u64,
    /// Its class.
    pub(crate) class: &'static str,
}

/// The width of a bar, in units of the drawing.
const WIDE: u64 = 1_000;

/// One bar of several parts side by side, as wide as `whole` of them.
pub(crate) fn stacked(parts: &[Part], whole: u64, height: u64, says: &str) -> String {
    let mut out = open(WIDE, height, "bar", says);
    let mut before: u64 = 0;
    for part in parts.iter().filter(|part| part.n > 0) {
        let from = scaled(before, whole, WIDE);
        before += part.n;
        // A part is never too thin to be seen.
        let width = (scaled(before, whole, WIDE) - from).max(3);
        let _ = write!(
            out,
            r#"<rect class="{}" x="{from}" y="0" width="{width}" height="{height}"/>"#,
            part.class
        );
    }
    out + "</svg>"
}

/// A day of the drawing of days.
#[derive(Clone, Debug)]
pub(crate) struct Day {
    /// What stands below it, where anything does.
    pub(crate) label: String,
    /// What is shown of it when asked: its numbers in words.
    pub(crate) title: String,
    /// The height of the bar behind.
    pub(crate) back: u64,
    /// The height of the bar before it.
    pub(crate) front: u64,
    /// The height of the mark.
    pub(crate) mark: u64,
}

/// Days side by side: two bars, one before the other, and a mark. `top` is said at the upper line.
pub(crate) fn days(days: &[Day], top: &str, says: &str) -> String {
    const HEIGHT: u64 = 220;
    const BASE: u64 = 190;
    const ROOM: u64 = 168;
    let most = days.iter().map(|day| day.back.max(day.front).max(day.mark)).max().unwrap_or(0);
    let mut out = open(WIDE, HEIGHT, "days", says);
    let _ = write!(out, r#"<path class="rule" d="M0 {0}H{WIDE}M0 {BASE}H{WIDE}"/>"#, BASE - ROOM);
    let _ =
        write!(out, r#"<text class="axis" x="0" y="{}">{}</text>"#, BASE - ROOM - 7, escaped(top));
    let n = days.len().max(1) as u64;
    for (at, day) in (0..).zip(days) {
        let left = at * WIDE / n;
        let width = ((at + 1) * WIDE / n - left).max(2);
        let bar = (width * 7 / 10).clamp(1, 40);
        let x = left + (width - bar) / 2;
        let tall = |value: u64| scaled(value, most, ROOM);
        let _ = write!(out, "<g><title>{}</title>", escaped(&day.title));
        for (value, class) in [(day.back, "today"), (day.front, "here")] {
            let height = tall(value);
            let y = BASE - height;
            let _ = write!(
                out,
                r#"<rect class="{class}" x="{x}" y="{y}" width="{bar}" height="{height}" rx="1.5"/>"#
            );
        }
        let y = BASE - tall(day.mark);
        let _ = write!(out, r#"<path class="cost" d="M{x} {y}h{bar}"/></g>"#);
        if !day.label.is_empty() {
            let middle = left + width / 2;
            let label = escaped(&day.label);
            let _ = write!(
                out,
                r#"<text class="axis middle" x="{middle}" y="{}">{label}</text>"#,
                BASE + 20
            );
        }
    }
    out + "</svg>"
}

/// A column of the drawing of columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'a> {
    /// What stands below it.
    pub(crate) label: &'a str,
    /// How many.
    pub(crate) n: u64,
    /// Its class.
    pub(crate) class: &'static str,
}

/// Columns with their numbers above and their labels below.
pub(crate) fn columns(columns: &[Column<'_>], says: &str) -> String {
    const HEIGHT: u64 = 210;
    const BASE: u64 = 160;
    const ROOM: u64 = 132;
    let most = columns.iter().map(|column| column.n).max().unwrap_or(0);
    let mut out = open(WIDE, HEIGHT, "columns", says);
    let n = columns.len().max(1) as u64;
    for (at, column) in (0..).zip(columns) {
        let left = at * WIDE / n;
        let width = (at + 1) * WIDE / n - left;
        let bar = width * 8 / 10;
        let x = left + (width - bar) / 2;
        let middle = left + width / 2;
        let height = scaled(column.n, most, ROOM).max(u64::from(column.n > 0) * 2);
        let y = BASE - height;
        let class = column.class;
        let _ = write!(
            out,
            r#"<rect class="{class}" x="{x}" y="{y}" width="{bar}" height="{height}" rx="2"/>"#
        );
        let count = super::figures::count(column.n);
        let _ =
            write!(out, r#"<text class="value middle" x="{middle}" y="{}">{count}</text>"#, y - 7);
        for (line, text) in (0..).zip(two_lines(column.label)) {
            let below = BASE + 22 + line * 18;
            let text = escaped(&text);
            let _ =
                write!(out, r#"<text class="axis middle" x="{middle}" y="{below}">{text}</text>"#);
        }
    }
    let _ = write!(out, r#"<path class="rule" d="M0 {BASE}H{WIDE}"/>"#);
    out + "</svg>"
}

fn open(width: u64, height: u64, class: &str, says: &str) -> String {
    let says = escaped(says);
    format!(
        r#"<svg class="{class}" viewBox="0 0 {width} {height}" role="img" aria-label="{says}" preserveAspectRatio="none" xmlns="http://www.w3.org/2000/svg">"#
    )
    .replace(
        r#" preserveAspectRatio="none""#,
        if class == "bar" { r#" preserveAspectRatio="none""# } else { "" },
    )
}

fn scaled(part: u64, whole: u64, size: u64) -> u64 {
    let scaled = u128::from(part) * u128::from(size) / u128::from(whole.max(1));
    u64::try_from(scaled).unwrap_or(size)
}

/// A label cut near its middle, at a space.
fn two_lines(label: &str) -> Vec<String> {
    if label.chars().count() <= 10 {
        return vec![label.to_owned()];
    }
    let middle = label.len() / 2;
    let spaces = label.match_indices(' ').map(|(at, _)| at);
    match spaces.min_by_key(|at| at.abs_diff(middle)).and_then(|at| label.split_at_checked(at)) {
        Some((one, other)) => vec![one.to_owned(), other.trim_start().to_owned()],
        None => vec![label.to_owned()],
    }
}

/// A text as it may stand in XML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_even_the_smallest_part() {
        let parts =
            [Part { n: 999_999, class: "a" }, Part { n: 1, class: "b" }, Part { n: 0, class: "c" }];
        let bar = stacked(&parts, 1_000_000, 20, "one & \"two\"");
        assert!(bar.contains(r#"<rect class="a" x="0" y="0" width="999" height="20"/>"#), "{bar}");
        assert!(bar.contains(r#"<rect class="b" x="999" y="0" width="3" height="20"/>"#), "{bar}");
        assert!(!bar.contains("class=\"c\"") && bar.contains("one &amp; &quot;two&quot;"));
        assert!(stacked(&[], 0, 1, "").ends_with("></svg>"));
    }

    #[test]
    fn drawings_of_nothing_are_drawings() {
        assert!(days(&[], "", "").contains("rule"));
        assert!(columns(&[], "").contains("rule"));
        let one = Column { label: "a long label here", n: 0, class: "x" };
        assert!(columns(&[one], "").contains(r#"height="0""#));
    }

    #[test]
    fn long_labels_take_two_lines() {
        assert_eq!(two_lines("a quarter to half"), ["a quarter", "to half"]);
        assert_eq!(two_lines("nothing"), ["nothing"]);
        assert_eq!(two_lines("unbreakable"), ["unbreakable"]);
    }
}
