//! A small table for a terminal: the first column to the left, numbers to the right, nothing wider
//! than the terminal.

use crate::render::one_line;
use crate::render::style::DIM;
use std::fmt::Write;
use textwrap::core::display_width;

/// The narrowest the first column is made.
const NARROWEST: usize = 20;

/// A table with a head. Columns with a lower `keep` go first where there is no room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    head: Vec<(String, u8)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// With these columns: title, and how much it is wanted (the first column always stays).
    pub(crate) fn new(head: &[(&str, u8)]) -> Self {
        let head = head.iter().map(|(title, keep)| ((*title).to_owned(), *keep)).collect();
        Self { head, rows: Vec::new() }
    }

    /// Adds a row, a cell for each column.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells.iter().map(|cell| one_line(cell)).collect());
    }

    /// The columns that have anything to say and the room to say it; those without the room.
    fn fitting(&self, width: usize) -> (Vec<usize>, Vec<usize>) {
        let says = |n: usize| self.rows.iter().any(|row| row.get(n).is_some_and(|c| c != "–"));
        let all: Vec<usize> = (0..self.head.len()).filter(|n| *n == 0 || says(*n)).collect();
        let mut columns = all.clone();
        while self.total(&columns) > width && columns.len() > 2 {
            let least = columns.iter().skip(1).min_by_key(|n| self.head.get(**n).map(|(_, k)| *k));
            let Some(least) = least.copied() else { break };
            columns.retain(|n| *n != least);
        }
        let left_out = all.into_iter().filter(|n| !columns.contains(n)).collect();
        (columns, left_out)
    }

    /// The titles that are shown, and those for which there is no room.
    pub(crate) fn titles(&self, width: usize) -> (Vec<&str>, Vec<&str>) {
        let (shown, left_out) = self.fitting(width);
        let title = |n: usize| self.head.get(n).map_or("", |(title, _)| title.as_str());
        (shown.into_iter().map(title).collect(), left_out.into_iter().map(title).collect())
    }

    /// As lines, indented by two.
    pub(crate) fn lines(&self, width: usize) -> String {
        let (columns, _) = self.fitting(width);
        let spare = width.saturating_sub(self.total(&columns));
        let first = self.first_width().min(NARROWEST + spare);
        let mut out = String::new();
        let head: Vec<_> = self.head.iter().map(|(title, _)| title.clone()).collect();
        let _ = writeln!(out, "{DIM}{}{DIM:#}", self.line(&head, &columns, first));
        for row in &self.rows {
            let _ = writeln!(out, "{}", self.line(row, &columns, first));
        }
        out
    }

    fn line(&self, cells: &[String], columns: &[usize], first: usize) -> String {
        let mut line = String::from(" ");
        for n in columns {
            let cell = cells.get(*n).map_or("", String::as_str);
            let room = if *n == 0 { first } else { self.width_of(*n) };
            let cell = cut(cell, room);
            let gap = " ".repeat(room.saturating_sub(display_width(&cell)));
            line += &if *n == 0 { format!(" {cell}{gap}") } else { format!("  {gap}{cell}") };
        }
        line.trim_end().to_owned()
    }

    /// The width of all columns with the first at its narrowest.
    fn total(&self, columns: &[usize]) -> usize {
        let others = columns.iter().skip(1).map(|n| 2 + self.width_of(*n));
        2 + self.first_width().min(NARROWEST) + others.sum::<usize>()
    }

    fn first_width(&self) -> usize {
        self.width_of(0)
    }

    fn width_of(&self, column: usize) -> usize {
        let title = self.head.get(column).map_or(0, |(title, _)| display_width(title));
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| display_width(cell)).fold(title, usize::max)
    }
}

/// A text of at most this width, with a mark where it was cut.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if display_width(&out) + 2 > width {
            break;
        }
        out.push(c);
    }
    out + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_on_its_line_and_a_column_of_dashes_goes() {
        let mut table = Table::new(&[("name", 9), ("cost", 5), ("runs", 1)]);
        table.row(vec!["multi\nline\tand \u{1b}[31m".into(), "–".into(), "1".into()]);
        let text = anstream::adapter::strip_str(&table.lines(60)).to_string();
        assert_eq!(text, "  name                     runs\n  multi␊line    and ␛[31m     1\n");
        assert_eq!(table.titles(60), (vec!["name", "runs"], vec![]));
    }

    #[test]
    fn it_gives_up_columns_rather_than_lines() {
        let mut table = Table::new(&[("name", 9), ("runs", 5), ("free", 1), ("today", 7)]);
        table.row(vec![
            "a very long name of an action".into(),
            "12".into(),
            "3".into(),
            "$1.00".into(),
        ]);
        let plain = |width| anstream::adapter::strip_str(&table.lines(width)).to_string();
        let wide = "  name                           runs  free  today\n  \
                    a very long name of an action    12     3  $1.00\n";
        assert_eq!(plain(60), wide);
        let cut = "  name                  runs  today\n  a very long name of…    12  $1.00\n";
        assert_eq!(plain(35), cut);
        for width in 20..100 {
            assert!(
                plain(width).lines().all(|line| display_width(line) <= width.max(31)),
                "{width}"
            );
        }
    }
}
