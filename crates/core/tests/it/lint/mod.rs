//! The lint, rule by rule: each as a small edit of the sample contract that makes it fire, and one
//! that does not.

mod economics;
mod experiments;
mod held;
mod house;
mod law;
mod limits;
mod manners;
mod margins;
mod outcomes;
mod page;
mod plans;
mod sample;
mod units;
mod visibility;
mod waiting;
mod wallet;

use crate::samples::{JOBSCOUT, read_texts};
use jiff::civil::{Date, date};
use probity_core::contract::file::Reading;
use probity_core::diagnostic::{Diagnostic, FileKind, Severity};
use probity_core::lint::{Needs, lint, rule};

/// The day of these tests, shortly after the sample's costs were looked at.
const TODAY: Date = date(2026, 11, 24);

/// What the sample's own-key plan prices on the key.
const KEY_PRICES: &str = "      tailor_document: on your key
      process_documents: on your key
      enrich_market_map: 6 credits and on your key";

/// Both files of the sample, being edited.
#[derive(Clone)]
pub(crate) struct Files {
    contract: String,
    operations: Option<String>,
}

/// The sample as it is.
pub(crate) fn jobscout() -> Files {
    Files {
        contract: JOBSCOUT.contract.to_owned(),
        operations: JOBSCOUT.operations.map(str::to_owned),
    }
}

/// One action at a price, on a plan with these lines.
fn one_action(plan: &str) -> Files {
    let action = "name: Sum up, unit: summary, counts_as: one file, delivered_when: it is there, \
                  price: 1 credit, same_again_free_for: 30 days";
    let contract = format!(
        "contract: one\nversion: 1\ncustomers: businesses\ncredit: {{ list_price: $0.10 }}\n\
         actions:\n  sum_up: {{ {action} }}\n\
         plans:\n  all:\n    price: $10 a month\n    {plan}\n"
    );
    Files { contract, operations: None }
}

impl Files {
    /// Replaces a text of the contract that stands there once.
    fn contract(mut self, from: &str, to: &str) -> Self {
        self.contract = replaced(&self.contract, from, to);
        self
    }

    /// Replaces a text of the operations that stands there once.
    fn operations(mut self, from: &str, to: &str) -> Self {
        self.operations = self.operations.map(|text| replaced(&text, from, to));
        self
    }

    /// Removes the only line of the contract that holds this text.
    fn without(mut self, line: &str) -> Self {
        self.contract = without_line(&self.contract, line);
        self
    }

    /// Removes the only line of the operations that holds this text.
    fn operations_without(mut self, line: &str) -> Self {
        self.operations = self.operations.map(|text| without_line(&text, line));
        self
    }

    /// Puts another text in the place of a whole section of the contract.
    fn section(mut self, name: &str, text: &str) -> Self {
        let head = format!("\n{name}:");
        let (before, rest) = self.contract.split_once(&head).expect("the section is there");
        let after = rest.find("\n\n").map_or("", |end| &rest[end..]);
        self.contract = format!("{before}\n{text}{after}");
        self
    }

    /// Adds lines at the end of the contract.
    fn with(mut self, lines: &str) -> Self {
        self.contract = format!("{}\n{lines}\n", self.contract.trim_end());
        self
    }

    fn without_operations(mut self) -> Self {
        self.operations = None;
        self
    }

    pub(crate) fn read(&self) -> Reading {
        read_texts(&self.contract, self.operations.as_deref(), JOBSCOUT.prices)
    }

    fn lint(&self) -> Vec<Diagnostic> {
        let reading = self.read();
        let errors: Vec<_> =
            reading.findings.iter().filter(|d| d.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "the reader refuses it: {errors:#?}");
        lint(&reading, TODAY).findings
    }

    /// What one rule finds: severity and the first line of what it underlines.
    fn finds(&self, id: &str) -> Vec<(Severity, String)> {
        self.lint()
            .into_iter()
            .filter(|d| d.id == id)
            .map(|d| {
                assert!(!d.message.is_empty() && !d.fix.is_empty(), "{d:?}");
                (d.severity, self.underlined(&d))
            })
            .collect()
    }

    /// The first line of what a finding underlines.
    fn underlined(&self, finding: &Diagnostic) -> String {
        let text = match finding.place.file {
            FileKind::Contract => &self.contract,
            _ => self.operations.as_ref().expect("there are operations"),
        };
        let place = text.get(finding.place.span.clone()).expect("the place is in the file");
        place.lines().next().unwrap_or_default().trim_end().to_owned()
    }

    /// This rule fires exactly so: at these places, with the rule's usual severity; and its example
    /// in the documentation stands in these files.
    #[track_caller]
    fn fires(&self, id: &str, places: &[&str]) {
        let rule = rule(id).expect("the rule exists");
        let found = self.finds(id);
        let wanted: Vec<_> = places.iter().map(|p| (rule.severity, (*p).to_owned())).collect();
        assert_eq!(found, wanted, "{id}");
        let files = [Some(&self.contract), self.operations.as_ref()];
        let shown = files.into_iter().flatten().any(|text| shows(text, rule.example));
        assert!(shown, "{id}: its example is not what fires here:\n{}", rule.example);
        self.needs(rule.needs, id, places.len());
    }

    /// What the rule is declared to need is what it needs: beside broken operations it is asked and
    /// finds the same, or waits; without costs a rule that needs them waits.
    #[track_caller]
    fn needs(&self, needs: Needs, id: &str, found: usize) {
        let operations = Some("operates: jobscout\ncosts: { as_off: 2026-11-20 }\n".to_owned());
        let broken = Self { operations, ..self.clone() };
        let asked = if needs == Needs::Contract { Some(found) } else { None };
        assert_eq!(broken.asked(id), asked, "{id}: beside broken operations");
        if needs == Needs::Costs || needs == Needs::UnitCosts {
            assert_eq!(self.clone().without_operations().asked(id), None, "{id}: without costs");
        } else {
            assert!(self.clone().without_operations().asked(id).is_some(), "{id}: without costs");
        }
    }

    /// How many things a rule finds; None where it waits.
    fn asked(&self, id: &str) -> Option<usize> {
        let linted = lint(&self.read(), TODAY);
        let found = linted.findings.iter().filter(|d| d.id == id).count();
        let waits = linted.waiting.iter().any(|waiting| waiting.rule.id == id);
        assert!(!waits || found == 0, "{id} waits and finds something");
        (!waits).then_some(found)
    }

    /// The first finding of this rule says this, and notes that under the text.
    #[track_caller]
    fn says(&self, id: &str, message: &str, label: &str) {
        let found = self.lint().into_iter().find(|d| d.id == id).expect("it finds something");
        assert_eq!((found.message.as_str(), found.label.as_str()), (message, label));
    }

    /// This rule finds nothing.
    #[track_caller]
    fn quiet(&self, id: &str) {
        assert!(rule(id).is_some(), "there is no rule {id}");
        assert_eq!(self.finds(id), [], "{id}");
    }

    /// The reader refuses it, with this problem among the findings.
    #[track_caller]
    fn refused(&self, problem: &str) {
        let reading = self.read();
        let ids: Vec<_> = reading.findings.iter().map(|d| d.id).collect();
        assert!(ids.contains(&problem), "{ids:?}");
        let unread = reading.contract.is_none()
            || (self.operations.is_some() && reading.operations.is_none());
        assert!(unread, "it was read all the same");
    }
}

#[track_caller]
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?} must stand there once");
    text.replace(from, to)
}

#[track_caller]
fn without_line(text: &str, line: &str) -> String {
    assert_eq!(text.lines().filter(|l| l.contains(line)).count(), 1, "{line:?}");
    text.lines().filter(|l| !l.contains(line)).map(|l| format!("{l}\n")).collect()
}

/// Do the lines of an example stand in a text one after the other, whatever their spaces?
fn shows(text: &str, example: &str) -> bool {
    let tidy = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: Vec<_> = text.lines().map(tidy).collect();
    let example: Vec<_> = example.lines().map(tidy).collect();
    text.windows(example.len())
        .any(|at| at.iter().zip(&example).all(|(l, e)| l.contains(e.as_str())))
}
