//! What a key may hold: the one table from which reading, JSON Schema and reference are made.
//!
//! A section of a file is a static [`Keys`]: its keys in order, each with shape, meaning, default
//! and example. Readers refuse what is not in it; nothing else lists keys.

use super::literals::Form;

/// The keys of one section.
pub struct Keys {
    /// What has these keys, for messages: "an action".
    pub of: &'static str,
    /// In the order of the documentation.
    pub list: &'static [Key],
}

impl Keys {
    /// Their names, in the order of the documentation.
    pub fn names(&self) -> Vec<&'static str> {
        self.list.iter().map(|key| key.name).collect()
    }
}

/// One key.
pub struct Key {
    /// What stands before the colon.
    pub name: &'static str,
    /// What stands behind it.
    pub shape: Shape,
    /// What it means, in one line.
    pub summary: &'static str,
    /// The heading in `deciding.md` (or `contract.md`, `words.md`) whose rule it feeds.
    pub rule: &'static str,
    /// What holds where it is left out; empty where it must be there.
    pub default: &'static str,
    /// An example value, as written.
    pub example: &'static str,
    /// Must it be there?
    pub required: bool,
}

impl Key {
    /// An optional key of this shape, meaning and rule.
    pub const fn new(
        name: &'static str,
        shape: Shape,
        rule: &'static str,
        summary: &'static str,
    ) -> Self {
        Self { name, shape, summary, rule, default: "none", example: "", required: false }
    }

    /// It must be there.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self.default = "";
        self
    }

    /// What holds where it is left out.
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    /// An example value.
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }
}

/// What a value looks like.
pub enum Shape {
    /// A section with keys of its own.
    Keys(&'static Keys),
    /// A section whose keys are names, each with a value of the same shape.
    Named(Kind, &'static Shape),
    /// A list of values of the same shape.
    List(&'static Shape),
    /// A sentence or word in the product's own language.
    Text,
    /// A name.
    Name(Kind),
    /// A whole number alone, with its bounds.
    Whole(u64, u64),
    /// A literal.
    Literal(Form),
    /// A literal that may be a number alone.
    Number(Form),
    /// One of a closed list of words.
    Word(fn() -> Vec<&'static str>),
    /// `true` or `false`.
    Switch,
    /// One of these.
    Either(&'static [Shape]),
}

/// What a name names, and so where it must be defined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Defined right here; the word says what it is.
    New(&'static str),
    /// The contract.
    Contract,
    /// Something a customer can press.
    Action,
    /// A plan.
    Plan,
    /// A class of models.
    ModelClass,
    /// A service with a price of its own.
    Service,
    /// Who may give special terms.
    Role,
    /// An input that an action needs.
    Input,
    /// A customer, by the product's id.
    Customer,
    /// Something of somebody else's, by the id they gave it; the word says what it is.
    Foreign(&'static str),
    /// A finding that is accepted: the id of a lint rule.
    Rule,
    /// A state, or an action's state, of `words`.
    State,
    /// `50 credits`, a pack.
    Pack,
}

impl Kind {
    /// What it is called in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New(what) | Self::Foreign(what) => what,
            Self::Contract => "contract",
            Self::Action => "action",
            Self::Plan => "plan",
            Self::ModelClass => "model class",
            Self::Service => "service",
            Self::Role => "role",
            Self::Input => "input",
            Self::Customer => "customer",
            Self::Rule => "lint rule",
            Self::State => "state",
            Self::Pack => "pack",
        }
    }

    /// What it is called with its article: "an action".
    pub fn a(self) -> String {
        let word = self.word();
        let article = if word.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {word}")
    }

    /// A regular expression that every good name of this kind matches.
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Contract => "^[a-z][a-z0-9_-]*$",
            Self::New(_)
            | Self::Action
            | Self::Plan
            | Self::ModelClass
            | Self::Service
            | Self::Role
            | Self::Input => "^[a-z][a-z0-9_]*$",
            Self::Customer | Self::Foreign(_) => "^[A-Za-z0-9._:@-]{1,128}$",
            Self::State => "^([a-z][a-z0-9_]*[.])?[a-z_]+$",
            Self::Rule => "^[A-Z][0-9]+$",

            Self::Pack => super::literals::CREDITS.form.pattern,
        }
    }

    /// Is a text a name of this kind?
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Customer | Self::Foreign(_) => crate::id::is_caller_id(text),
            Self::Rule => {
                let (head, tail) = text.split_at_checked(1).unwrap_or(("", ""));
                head.bytes().all(|b| b.is_ascii_uppercase())
                    && !tail.is_empty()
                    && tail.bytes().all(|b| b.is_ascii_digit())
            }
            Self::State | Self::Pack => true,
            _ => {
                text.len() <= 64
                    && text.starts_with(|c: char| c.is_ascii_lowercase())
                    && text.bytes().all(|b| {
                        b.is_ascii_lowercase()
                            || b.is_ascii_digit()
                            || b == b'_'
                            || (b == b'-' && self == Self::Contract)
                    })
            }
        }
    }
}

/// The headings of `deciding.md` (and of `contract.md` and `words.md`) that keys feed.
pub(super) mod rule {
    pub(in super::super) const ORDER: &str = "A run is asked for: the order of questions";
    pub(in super::super) const SAME: &str = "What \"the same\" is";
    pub(in super::super) const PRICE: &str = "Price";
    pub(in super::super) const RUNS_ON: &str = "Price: what plans run on";
    pub(in super::super) const CONSENT: &str = "Price: consent";
    pub(in super::super) const QUOTES: &str = "Price: quotes";
    pub(in super::super) const SETTLE: &str = "Settle";
    pub(in super::super) const WALLET: &str = "The wallet";
    pub(in super::super) const PERIODS: &str = "The wallet: periods";
    pub(in super::super) const OVERRIDES: &str = "The wallet: overrides";
    pub(in super::super) const UNUSUAL: &str = "The wallet: unusual day, pauses, alerts";
    pub(in super::super) const SMALLER: &str = "The wallet: smaller keys";
    pub(in super::super) const MODES: &str = "Modes";
    pub(in super::super) const VERSIONS: &str = "Versions";
    pub(in super::super) const WAYS: &str =
        "A run is asked for: the order of questions: ways forward";
    pub(in super::super) const COST: &str = "Unit cost and margin";
    pub(in super::super) const WORDS: &str = "Words";
    pub(in super::super) const LANGUAGE: &str = "The contract language";
}

/// A value that is written as one word of a closed list.
pub trait Word: Copy + 'static {
    /// What it is called in messages: "what a plan runs on".
    const WHAT: &'static str;
    /// The words with what they mean, in the order of the documentation.
    const WORDS: &'static [(&'static str, Self)];

    /// The words alone.
    fn words() -> Vec<&'static str> {
        Self::WORDS.iter().map(|(word, _)| *word).collect()
    }
}
