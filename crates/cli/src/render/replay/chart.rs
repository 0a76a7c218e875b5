//! The pictures of a replay's page: small SVG drawings without text, made of whole numbers,
//! coloured and sized by the page's style alone. Labels stand beside them, as text of the page.
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
    /// What is shown of it when asked: its numbers in words.
    pub(crate) title: String,
    /// The height of the bar behind.
    pub(crate) back: u64,
    /// The height of the bar before it.
    pub(crate) front: u64,
    /// The height of the mark, where there is one.
    pub(crate) mark: Option<u64>,
}

impl Day {
    /// The tallest thing of it.
    pub(crate) fn largest(&self) -> u64 {
        self.back.max(self.front).max(self.mark.unwrap_or(0))
    }
}

/// What the top of the drawing stands for: the largest day; where a few stand far above the
/// others, less, so that the others can be seen.
pub(crate) fn scale(days: &[Day]) -> u64 {
    let mut all: Vec<u64> = days.iter().map(Day::largest).collect();
    all.sort_unstable();
    let most = all.last().copied().unwrap_or(0);
    let usual = all.get(all.len().saturating_sub(1) * 9 / 10).copied().unwrap_or(0);
    if usual > 0 && most > usual.saturating_mul(2) { usual + usual / 4 } else { most }
}

/// Days side by side: two bars, one before the other, and a mark; `most` reaches the upper line.
/// What is taller is cut there, with a mark of its own.
pub(crate) fn days(days: &[Day], most: u64, says: &str) -> String {
    const HEIGHT: u64 = 200;
    const ROOM: u64 = 184;
    let mut out = open(WIDE, HEIGHT, "days", says);
    let _ =
        write!(out, r#"<path class="rule" d="M0 {0}H{WIDE}M0 {HEIGHT}H{WIDE}"/>"#, HEIGHT - ROOM);
    let n = days.len().max(1) as u64;
    for (at, day) in (0..).zip(days) {
        let left = at * WIDE / n;
        let width = ((at + 1) * WIDE / n - left).max(2);
        let bar = (width * 7 / 10).clamp(1, 40);
        let x = left + (width - bar) / 2;
        let tall = |value: u64| scaled(value.min(most), most, ROOM);
        let _ = write!(out, "<g><title>{}</title>", escaped(&day.title));
        for (value, class) in [(day.back, "today"), (day.front, "here")] {
            let height = tall(value);
            let y = HEIGHT - height;
            let _ = write!(
                out,
                r#"<rect class="{class}" x="{x}" y="{y}" width="{bar}" height="{height}"/>"#
            );
        }
        if let Some(mark) = day.mark {
            let y = HEIGHT - tall(mark);
            let _ = write!(out, r#"<path class="cost" d="M{x} {y}h{bar}"/>"#);
        }
        if day.largest() > most {
            let y = HEIGHT - ROOM;
            let _ =
                write!(out, r#"<path class="beyond" d="M{x} {0}l{1} -9l{1} 9z"/>"#, y - 4, bar / 2);
        }
        out += "</g>";
    }
    out + "</svg>"
}

fn open(width: u64, height: u64, class: &str, says: &str) -> String {
    let says = escaped(says);
    format!(
        r#"<svg class="{class}" viewBox="0 0 {width} {height}" role="img" aria-label="{says}" preserveAspectRatio="none" xmlns="http://www.w3.org/2000/svg">"#
    )
}

fn scaled(part: u64, whole: u64, size: u64) -> u64 {
    let scaled = u128::from(part) * u128::from(size) / u128::from(whole.max(1));
    u64::try_from(scaled).unwrap_or(size)
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

    fn day(back: u64) -> Day {
        Day { title: String::new(), back, front: back / 2, mark: None }
    }

    #[test]
    fn drawings_of_nothing_are_drawings() {
        assert!(days(&[], 0, "").contains("rule"));
        assert!(days(&[day(0)], 0, "").contains(r#"height="0""#));
    }

    #[test]
    fn one_day_does_not_flatten_the_others() {
        let usual: Vec<_> = (0..29).map(|n| day(90 + n % 11)).collect();
        assert_eq!(scale(&usual), 100);
        assert!(!days(&usual, 100, "").contains("beyond"));
        let with_one = [usual, vec![day(5_000)]].concat();
        let most = scale(&with_one);
        assert!((100..200).contains(&most), "{most}");
        assert_eq!(days(&with_one, most, "").matches("beyond").count(), 1);
    }
}
