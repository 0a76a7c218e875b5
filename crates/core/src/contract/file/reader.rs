//! Reading values of a tree: each either gives what is meant or reports why it cannot.
//!
//! `None` always means that a problem was reported (or the key is not there); reading goes on with
//! the next key, so that all problems are told at once. The keys are in [`super::shape`].

use super::findings::Findings;
use super::literals::{Flaw, Literal};
use super::names::Names;
use super::number;
use super::problems::{Documented, Problem};
use super::shape::{Kind, Word};
use super::suggest::{closest, either, listed, quoted};
use super::tree::{Entry, Map, Node, Scalar, Value};
use crate::amount::Amount;
use crate::diagnostic::Severity;
use crate::id::Name;
use crate::money::{Currency, Money};
use crate::phrase::credits;

/// The longest literal whose mistakes are looked into, in bytes.
const LONGEST_LITERAL: usize = 200;

/// What reading one file needs to know and where its problems go.
pub struct Reader<'n> {
    /// Where its problems go.
    pub findings: Findings,
    /// What is defined in the files, known before any section is read.
    pub(super) names: &'n Names,
    /// The file's text.
    pub(super) source: &'n str,
    /// The contract's currency; None where it is written and could not be read.
    pub(super) currency: Option<Currency>,
    /// `credit.smallest`.
    pub(super) smallest: Amount,
    /// `credit.list_price`, once it was read.
    pub(super) list_price: Option<Money>,
    /// The currencies of all sums met so far that must be in the contract's.
    pub(super) sums_in: Vec<Currency>,
}

impl<'n> Reader<'n> {
    /// A reader that knows these names; currency and smallest credit are the defaults still.
    pub(super) fn new(findings: Findings, names: &'n Names, source: &'n str) -> Self {
        let (currency, smallest) = (Some(Currency::USD), Amount::credits(1));
        let (list_price, sums_in) = (None, Vec::new());
        Self { findings, names, source, currency, smallest, list_price, sums_in }
    }
}

impl Reader<'_> {
    /// Reports a problem at a node.
    pub fn report(
        &mut self,
        problem: impl Documented,
        node: &Node,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.findings.add(problem, node.shown(), message, fix);
    }

    /// What was most likely meant; not looked for where the answer would not be listed.
    pub fn closest<'a>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.findings.is_full() { None } else { closest(word, candidates) }
    }

    /// Where a piece of a text stands in it, or the whole where it is written another way.
    pub fn piece(&self, node: &Node, piece: &str) -> std::ops::Range<usize> {
        let raw = self.source.get(node.span.clone()).unwrap_or_default();
        let Some(at) = raw.find(piece) else { return node.span.clone() };
        let start = node.span.start.saturating_add(at);
        start..start.saturating_add(piece.len())
    }

    /// Reports that a value is of another shape than wanted.
    pub fn wrong_shape(&mut self, node: &Node, wanted: &str, fix: &str) {
        let found = match &node.value {
            Value::Refused => return,
            Value::Scalar(_) if node.is_nothing() => "nothing",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a section",
        };
        let message = format!("Here stands {found} where {wanted} belongs.");
        self.report(Problem::WrongShape, node, message, fix);
    }

    /// The single value of a node.
    pub fn scalar<'t>(&mut self, node: &'t Node, wanted: &str) -> Option<&'t Scalar> {
        match &node.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => {
                self.wrong_shape(node, wanted, "Write one value after the colon.");
                None
            }
        }
    }

    /// The keys and values of a node; `keys` are those that may stand there, where they are known.
    pub fn map<'t>(&mut self, node: &'t Node, wanted: &str, keys: &[&str]) -> Option<&'t Map> {
        if let Value::Map(map) = &node.value {
            return Some(map);
        }
        let names = listed(keys.iter().copied());
        let known = match keys {
            [] => String::new(),
            [_] => format!("; its key is {names}"),
            _ => format!("; its keys are {names}"),
        };
        let fix = format!("Write `key: value` lines, indented below it{known}.");
        self.wrong_shape(node, wanted, &fix);
        None
    }

    /// A sentence or word in the product's own language.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        let scalar = self.scalar(node, "a text")?;
        if let Some(seems) = scalar.taken_for() {
            self.not_what_it_seems(node, &scalar.text, seems);
            return None;
        }
        if scalar.text.trim().is_empty() {
            self.report(Problem::WrongShape, node, "The text is empty.", "Write the text.");
            return None;
        }
        Some(scalar.text.clone())
    }

    fn not_what_it_seems(&mut self, node: &Node, text: &str, seems: &str) {
        let message = format!("{} is {seems} to YAML readers, not text.", quoted(text));
        self.report(Problem::NotWhatItSeems, node, message, "Put it in quotes.");
    }

    /// A literal, exactly.
    pub fn literal<T>(&mut self, node: &Node, literal: &Literal<T>) -> Option<T> {
        let scalar = self.scalar(node, literal.form.says)?;
        let read = (literal.read)(&scalar.text);
        self.flawless(node, &scalar.text, read)
    }

    /// A whole number alone, within bounds.
    pub fn whole(&mut self, node: &Node, least: u64, most: u64) -> Option<u64> {
        let scalar = self.scalar(node, "a whole number")?;
        if !scalar.plain {
            let message = format!("{} is in quotes, which makes it text.", quoted(&scalar.text));
            self.report(Problem::WrongShape, node, message, "Write the number without quotes.");
            return None;
        }
        let read = number::whole(&scalar.text, least, most);
        self.flawless(node, &scalar.text, read)
    }

    /// What a reader of literals gave, or its flaw reported.
    pub fn flawless<T>(&mut self, node: &Node, text: &str, read: Result<T, Flaw>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(flaw) if text.len() > LONGEST_LITERAL => {
                let message = format!("{} is too long to be a value of this kind.", quoted(text));
                self.report(flaw.problem, node, message, "Write a shorter one.");
                None
            }
            Err(flaw) => {
                let message = format!("{} {}.", quoted(text), flaw.says);
                self.report(flaw.problem, node, message, flaw.fix);
                None
            }
        }
    }

    /// A sum of money in the contract's currency.
    pub(super) fn in_currency(&mut self, node: &Node, money: Money) -> Option<Money> {
        let is = money.currency;
        self.sums_in.push(is);
        let Some(ours) = self.currency.filter(|ours| *ours != is) else { return Some(money) };
        let message = format!("This sum is in {is}; the contract's currency is {ours}.");
        let fix = format!("Write it in {ours}, or change `currency`.");
        self.report(Problem::OtherCurrency, node, message, fix);
        None
    }

    /// A sum of what AI providers bill: in dollars, whatever the contract's currency.
    pub(super) fn in_dollars(&mut self, node: &Node, money: Money) -> Option<Money> {
        if money.currency == Currency::USD {
            return Some(money);
        }
        let is = money.currency;
        let message = format!("This sum is in {is}; what AI providers bill is counted in dollars.");
        self.report(Problem::OtherCurrency, node, message, "Write it in dollars, such as `$20`.");
        None
    }

    /// An amount that is a whole multiple of the smallest credit.
    pub(super) fn multiple(&mut self, node: &Node, price: Amount) -> Option<Amount> {
        if price.is_multiple_of(self.smallest) {
            return Some(price);
        }
        let (price, smallest) = (credits(price), credits(self.smallest));
        let message = format!("{price} is not a multiple of {smallest}, the smallest there is.");
        let fix = "Change the price, or set `credit.smallest` to something that divides it.";
        self.report(Problem::TooFine, node, message, fix);
        None
    }

    /// One word of a closed list.
    pub fn word<T: Word>(&mut self, node: &Node) -> Option<T> {
        let scalar = self.scalar(node, T::WHAT)?;
        let found = T::WORDS.iter().find(|(word, _)| *word == scalar.text);
        if found.is_none() {
            self.unknown_word(node, &scalar.text, T::WHAT, &T::words());
        }
        found.map(|(_, value)| *value)
    }

    /// Reports a word that is not in its closed list.
    pub fn unknown_word(&mut self, node: &Node, word: &str, what: &str, allowed: &[&str]) {
        let message = format!("{} is not a word for {what}.", quoted(word));
        let fix = match self.closest(word, allowed.iter().copied()) {
            Some(near) => {
                format!("Did you mean `{near}`? The words are {}.", listed(allowed.iter().copied()))
            }
            None => format!("Write {}.", either(allowed.iter().copied())),
        };
        self.report(Problem::UnknownWord, node, message, fix);
    }

    /// `true` or `false`.
    pub fn switch(&mut self, node: &Node) -> Option<bool> {
        let scalar = self.scalar(node, "true or false")?;
        match scalar.text.as_str() {
            "true" if scalar.plain => Some(true),
            "false" if scalar.plain => Some(false),
            _ => {
                let message = format!("{} is neither true nor false.", quoted(&scalar.text));
                let fix = "Write `true` or `false`, without quotes.";
                self.report(Problem::UnknownWord, node, message, fix);
                None
            }
        }
    }

    /// A list, each item read alike; an empty one is refused.
    pub fn list<'t, T>(
        &mut self,
        node: &'t Node,
        read: impl Fn(&mut Self, &'t Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Value::List(items) = &node.value else {
            self.wrong_shape(node, "a list", "Write it in brackets, such as `[a, b]`.");
            return None;
        };
        if items.is_empty() {
            let fix = "Write at least one item, or delete the line.";
            self.report(Problem::WrongShape, node, "The list is empty.", fix);
            return None;
        }
        let read: Vec<Option<T>> = items.iter().map(|item| read(self, item)).collect();
        read.into_iter().collect()
    }

    /// A list of names of one kind, each once.
    pub fn names(&mut self, node: &Node, kind: Kind) -> Option<Vec<Name>> {
        let names = self.list(node, |r, item| r.name(item, kind))?;
        let Value::List(items) = &node.value else { return Some(names) };
        for (n, (name, item)) in names.iter().zip(items).enumerate() {
            if names.iter().take(n).any(|earlier| earlier == name) {
                let message = format!("`{name}` is listed twice.");
                self.report(Problem::TwiceTheSame, item, message, "Delete one of the two.");
            }
        }
        Some(names)
    }

    /// A name of this kind, defined where it must be.
    pub fn name(&mut self, node: &Node, kind: Kind) -> Option<Name> {
        let wanted = format!("the name of {}", kind.a());
        let scalar = self.scalar(node, &wanted)?;
        if scalar.text.is_empty() {
            self.wrong_shape(node, &wanted, "Write the name.");
            return None;
        }
        if let Some(seems) = scalar.taken_for() {
            self.not_what_it_seems(node, &scalar.text, seems);
            return None;
        }
        self.named(&scalar.text, node, kind)
    }

    /// The name that a key is, of this kind, defined where it must be.
    pub fn key_name(&mut self, entry: &Entry, kind: Kind) -> Option<Name> {
        self.reference(&entry.key, entry.key_span.clone(), kind)
    }

    /// A name of this kind that stands within another text.
    pub fn reference(
        &mut self,
        text: &str,
        span: std::ops::Range<usize>,
        kind: Kind,
    ) -> Option<Name> {
        self.named(text, &Node::new(span, Value::Refused), kind)
    }

    fn named(&mut self, text: &str, at: &Node, kind: Kind) -> Option<Name> {
        if self.names.has(kind, text) {
            return Some(Name::new(text));
        }
        if self.names.of(kind).is_some() {
            self.unknown_reference(text, at, kind);
            return None;
        }
        if kind.fits(text) {
            return Some(Name::new(text));
        }
        self.bad_name(text, at, kind);
        None
    }

    fn unknown_reference(&mut self, text: &str, at: &Node, kind: Kind) {
        let what = kind.word();
        let message = format!("There is no {what} {}.", quoted(text));
        let defined: Vec<&str> =
            self.names.of(kind).into_iter().flatten().map(String::as_str).collect();
        let few = defined.len() <= 12 && defined.iter().all(|name| name.len() <= 64);
        let fix = match self.closest(text, defined.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if defined.is_empty() => format!("This contract defines no {what}; delete it."),
            None if !few => format!("Name a {what} that is defined, or define it."),
            None => format!("Name {}, or define it.", either(defined)),
        };
        self.report(Problem::UnknownReference, at, message, fix);
    }

    /// Reports a name of the wrong form.
    pub fn bad_name(&mut self, text: &str, at: &Node, kind: Kind) {
        let message = match kind {
            Kind::Rule => format!("{} is not the id of a check.", quoted(text)),
            Kind::Foreign(what) => format!("{} cannot be the id of a {what}.", quoted(text)),
            _ => format!("{} cannot be the name of this {}.", quoted(text), kind.word()),
        };
        let fix = match kind {
            Kind::Customer => "Write the customer's id: up to 128 letters, digits and . _ : @ -",
            Kind::Foreign(_) => "Write its id: up to 128 letters, digits and . _ : @ -",
            Kind::Rule => "Write the id of a finding, such as `O03`.",
            _ => {
                "Write lower-case letters, digits and underscores, beginning with a letter, \
                 64 at most."
            }
        };
        self.report(Problem::BadName, at, message, fix);
    }

    /// Reports two keys that contradict each other, pointing at both.
    pub fn contradiction(
        &mut self,
        at: &Node,
        other: Option<&Node>,
        message: impl Into<String>,
        fix: &str,
    ) {
        let problem = Problem::Contradiction;
        let mut finding = self.findings.finding(problem, Severity::Error, at.shown(), message, fix);
        if let Some(other) = other {
            finding = finding.with_related(self.findings.place(other.shown()), "against this");
        }
        self.findings.push(finding);
    }
}
