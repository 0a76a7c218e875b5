//! From YAML to a [`Node`] tree: events in, tree and problems out, without recursion.
//!
//! Anchors, aliases, merge keys and tags are refused rather than followed, so nothing in a file can
//! grow beyond what is written in it.

use super::findings::Findings;
use super::problems::Problem;
use super::suggest::quoted;
use super::text::is_unseen;
use super::tree::{Entry, Map, Node, Scalar, Value};
use crate::diagnostic::{FileKind, Severity};
use granit_parser::{Event, Parser, ScalarStyle, options};
use std::ops::Range;

/// Deepest nesting.
const DEEPEST: usize = 32;
/// Most values in one file.
const MOST_NODES: usize = 100_000;

/// A key of the language (`money_back.on`) that YAML 1.1 readers would take for a boolean.
const OUR_KEY: &str = "on";

/// The tree of a YAML text; None where its structure breaks off. Problems go to `findings`.
pub(super) fn tree(text: &str, findings: &mut Findings) -> Option<Node> {
    let limits = options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut builder = Builder { text, findings, open: Vec::new(), root: None, nodes: 0 };
    for event in Parser::new_from_str_with_options(text, limits) {
        let go_on = match event {
            Ok((event, span)) => builder.take(event, span.byte_range().unwrap_or_default()),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                builder.broken(error.kind(), at);
                return None;
            }
        };
        if !go_on {
            return None;
        }
    }
    if builder.root.is_none() {
        let fix = match findings.file() {
            FileKind::Deployment => "Write what is deployed, or delete the file.",
            _ => "Write a contract; `probity init` makes a first one.",
        };
        findings.add(Problem::WrongShape, 0..0, "The file is empty.", fix);
        return None;
    }
    builder.root
}

/// A collection that is not closed yet.
enum Open {
    List { start: usize, items: Vec<Node> },
    Map { start: usize, map: Map, key: Option<Key> },
}

/// A key that waits for its value.
enum Key {
    Text(String, Range<usize>),
    /// Refused and reported; its value is dropped.
    Refused,
}

struct Builder<'t, 'f> {
    text: &'t str,
    findings: &'f mut Findings,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
}

impl Builder<'_, '_> {
    /// Takes one event; false where reading must stop.
    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> bool {
        if event.tag().is_some() {
            self.not_used(&span, "A tag", "Delete it: each key knows what it expects.");
        }
        if event.anchor_id().is_some_and(|id| id != 0) {
            self.not_used(&span, "An anchor (`&name`)", "Delete it and write the value out.");
        }
        match event {
            Event::DocumentStart(..) if self.root.is_some() => self.second(span),
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                let text = if plain && span.is_empty() { String::new() } else { text.into_owned() };
                self.node(Node::new(span, Value::Scalar(Scalar { text, plain })))
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.not_used(&span, "An alias (`*name`)", "Write the value out here.");
                self.node(Node::new(span, Value::Refused))
            }
            Event::SequenceStart(..) => {
                self.open(Open::List { start: span.start, items: Vec::new() }, &span)
            }
            Event::MappingStart(..) => {
                self.open(Open::Map { start: span.start, map: Map::default(), key: None }, &span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&span),
            _ => true,
        }
    }

    fn open(&mut self, collection: Open, span: &Range<usize>) -> bool {
        if self.open.len() >= DEEPEST {
            return self.too_deep(span.clone());
        }
        self.open.push(collection);
        true
    }

    fn close(&mut self, end: &Range<usize>) -> bool {
        let node = match self.open.pop() {
            Some(Open::List { start, items }) => {
                let last = items.last().map_or(start, |i| i.span.end);
                let span = start..self.end_of(end, last);
                Node::new(span, Value::List(items))
            }
            Some(Open::Map { start, map, .. }) => {
                let first = map.entries().first().map_or(start, |e| e.key_span.start.min(start));
                let last = map.entries().last().map_or(start, |e| {
                    if e.value.is_nothing() { e.key_span.end } else { e.value.span.end }
                });
                Node::new(first..self.end_of(end, last), Value::Map(map))
            }
            None => return true,
        };
        self.node(node)
    }

    /// A flow collection ends with its bracket, a block with its last value.
    fn end_of(&self, end: &Range<usize>, last: usize) -> usize {
        let bracket = self.text.get(end.clone()).is_some_and(|t| matches!(t, "]" | "}"));
        if bracket { end.end } else { last }
    }

    /// Puts a finished node where it belongs.
    fn node(&mut self, node: Node) -> bool {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > MOST_NODES {
            return self.too_deep(node.span);
        }
        self.look_for_unseen(&node);
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { key: waiting, map, .. }) => match waiting.take() {
                None => {
                    let key = self.key(node);
                    if let Some(Open::Map { key: waiting, .. }) = self.open.last_mut() {
                        *waiting = Some(key);
                    }
                }
                Some(Key::Refused) => {}
                Some(Key::Text(key, key_span)) => {
                    let node = Node { key: key_span.clone(), ..node };
                    let entry = Entry { key, key_span, value: node };
                    let (key, again) = (entry.key.clone(), entry.key_span.clone());
                    if let Err(first) = map.push(entry) {
                        self.twice(&key, again, first);
                    }
                }
            },
        }
        true
    }

    /// A node in the place of a key.
    fn key(&mut self, node: Node) -> Key {
        match node.value {
            Value::Scalar(s) if s.plain && s.text == "<<" => {
                let fix = "Write the keys out where they are meant.";
                self.not_used(&node.span, "A merge key (`<<`)", fix);
                Key::Refused
            }
            Value::Scalar(s) if s.plain && s.text.is_empty() => {
                let fix = "Write the key before the colon.";
                self.findings.add(Problem::KeyNotText, node.span, "A key is missing here.", fix);
                Key::Refused
            }
            Value::Scalar(s) => match s.taken_for().filter(|_| s.text != OUR_KEY) {
                Some(seems) => {
                    let message = format!(
                        "The key {} is {seems} to YAML readers, not text.",
                        quoted(&s.text)
                    );
                    let fix = "Put it in quotes, or choose another word.";
                    self.findings.add(Problem::KeyNotText, node.span, message, fix);
                    Key::Refused
                }
                None => Key::Text(s.text, node.span),
            },
            Value::Refused => Key::Refused,
            Value::List(_) | Value::Map(_) => {
                let message = "A list or a section stands where a key should be.";
                let fix = "Write a single word before the colon; put text with braces in quotes.";
                self.findings.add(Problem::KeyNotText, node.span, message, fix);
                Key::Refused
            }
        }
    }

    /// Escapes in quotes can make what the file itself may not contain.
    fn look_for_unseen(&mut self, node: &Node) {
        let Value::Scalar(scalar) = &node.value else { return };
        if let Some(c) = scalar.text.chars().find(|c| is_unseen(*c)) {
            let message =
                format!("This text contains {}, which cannot be seen.", c.escape_unicode());
            self.findings.add(Problem::NotText, node.span.clone(), message, "Delete the escape.");
        }
    }

    fn twice(&mut self, key: &str, again: Range<usize>, first: Range<usize>) {
        let message = format!("{} is written twice in the same section.", quoted(key));
        let fix = "Delete one of the two.";
        let first = self.findings.place(first);
        let finding = self
            .findings
            .finding(Problem::TwiceTheSame, Severity::Error, again, message, fix)
            .with_label("the second")
            .with_related(first, "the first");
        self.findings.push(finding);
    }

    fn second(&mut self, span: Range<usize>) -> bool {
        let message = "A second document begins here.";
        let fix = "Delete the `---`, or move what follows to a file of its own.";
        self.findings.add(Problem::ManyDocuments, span, message, fix);
        false
    }

    fn not_used(&mut self, span: &Range<usize>, what: &str, fix: &str) {
        let message = format!("{what} is not used in {}.", self.a_file());
        self.findings.add(Problem::NotUsedHere, span.clone(), message, fix);
    }

    /// What such a file is called.
    const fn a_file(&self) -> &'static str {
        match self.findings.file() {
            FileKind::Deployment => "a deployment",
            _ => "a contract",
        }
    }

    fn too_deep(&mut self, span: Range<usize>) -> bool {
        let message = if self.nodes > MOST_NODES {
            format!("The file has more than {MOST_NODES} values.")
        } else {
            format!("The file is nested more than {DEEPEST} levels deep.")
        };
        let a_file = self.a_file();
        let fix = format!("Check that this is the file you meant; {a_file} nests five levels.");
        self.findings.add(Problem::TooDeep, span, message, fix);
        false
    }

    /// The parser cannot go on.
    fn broken(&mut self, kind: &granit_parser::ErrorKind, at: usize) {
        use granit_parser::ErrorKind as E;
        let span =
            at..self.text.get(at..).and_then(|t| t.chars().next()).map_or(at, |c| {
                if c.is_whitespace() { at } else { at.saturating_add(c.len_utf8()) }
            });
        if matches!(kind, E::RecursionLimitExceeded) {
            self.too_deep(span);
            return;
        }
        if matches!(kind, E::DirectiveDisallowed) {
            self.not_used(&span, "A directive (`%…`)", "Delete the line.");
            return;
        }
        let (message, fix) = said(kind);
        self.findings.add(Problem::NotYaml, span, message, fix);
    }
}

/// What a syntax error means and what to do about it, in our words where it is a frequent one.
fn said(kind: &granit_parser::ErrorKind) -> (String, &'static str) {
    use granit_parser::ErrorKind as E;
    let fix = match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => "Indent with spaces instead of tabs.",
        E::UnclosedQuotedScalar => "Close the quote.",
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::MismatchedFlowCollectionEnd { .. }
        | E::MisplacedFlowCollectionEnd => "Close the bracket, and put commas between the items.",
        E::MappingValueNotAllowed => {
            "Put text that contains a colon in quotes, and write one key on a line."
        }
        E::InvalidColonPlacement => {
            "Close the bracket before this; put text that contains a colon in quotes."
        }
        E::UnexpectedCharacter { .. } => "Put text that begins with this sign in quotes.",
        E::InvalidIndentation | E::ExpectedBlockMappingKey | E::SimpleKeyExpected => {
            "Line the keys of a section up with each other, each as `key: value`."
        }
        E::UndeclaredTagHandle => "Delete the tag.",
        _ => "Mend the line; text with special signs belongs in quotes.",
    };
    (format!("This is not well-formed YAML: {kind}."), fix)
}
