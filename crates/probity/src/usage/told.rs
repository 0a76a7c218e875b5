//! What an upstream has told so far of its work: what was visible, how it ended, what it used.

use probity_core::command::Usage;
use serde_json::Value;

/// Counts above it are no counts: the books keep none of them.
const COUNT: u64 = (1 << 53) - 1;

/// The longest name of a model.
const NAME: usize = 128;

/// How one choice, or the whole of an answer, was said to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    /// As it should, or in a word that is not known.
    Whole,
    /// The length limit.
    Length,
    /// A filter, or the model's refusal.
    Blocked,
    /// A call of a tool that cannot be read.
    Tool,
    /// An error.
    Error,
}

/// What was told so far.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The model that answers.
    pub(super) model: Option<String>,
    /// The tokens.
    pub(super) usage: Counters,
    /// They were told with the end, or after it.
    pub(super) is_usage_whole: bool,
    /// An error, in words of the protocol.
    pub(super) error: bool,
    /// Something could not be read that should be.
    pub(super) malformed: bool,
    /// A positive end of the whole, whatever the choices say.
    pub(super) ended: bool,
    /// Nothing more is to come.
    pub(super) closed: bool,
    /// The work was only taken on, and goes on without this answer.
    pub(super) pending: bool,
    /// Something is visible in a text that is not whole yet.
    pub(super) begun: bool,
    /// Reasoning was to be read: no result, but whoever has read it has had something.
    pub(super) thought: bool,
    /// The request itself was blocked.
    pub(super) blocked: bool,
    /// The choices, by their bits: the last stands for all above.
    seen: u64,
    shown: u64,
    refused: u64,
    finished: u64,
    long: u64,
    filtered: u64,
    broken: u64,
}

/// The bit of a choice.
fn bit(choice: u64) -> u64 {
    1 << choice.min(63)
}

impl Told {
    /// Names the model, unless what is said is no name.
    pub(super) fn model(&mut self, name: Option<&Value>) {
        let name = name.and_then(Value::as_str);
        let is_name = |name: &&str| {
            (1..=NAME).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if let Some(name) = name.filter(is_name)
            && self.model.as_deref() != Some(name)
        {
            self.model = Some(name.to_owned());
        }
    }

    /// A choice is there.
    pub(super) fn saw(&mut self, choice: u64) {
        self.seen |= bit(choice);
    }

    /// Something of a choice is there to be seen or acted on.
    pub(super) fn showed(&mut self, choice: u64) {
        self.saw(choice);
        self.shown |= bit(choice);
    }

    /// The model refuses, in a field of its own.
    pub(super) fn refused(&mut self, choice: u64) {
        self.saw(choice);
        self.refused |= bit(choice);
    }

    /// A choice ended so; the last word counts.
    pub(super) fn finish(&mut self, choice: u64, how: Finish) {
        self.saw(choice);
        let bit = bit(choice);
        for set in [&mut self.long, &mut self.filtered, &mut self.broken] {
            *set &= !bit;
        }
        match how {
            Finish::Whole => {}
            Finish::Length => self.long |= bit,
            Finish::Blocked => self.filtered |= bit,
            Finish::Tool => self.broken |= bit,
            Finish::Error => self.error = true,
        }
        self.finished |= bit;
    }

    /// Was a positive end seen, of the whole or of every choice that is there?
    pub(super) const fn has_ended(&self) -> bool {
        self.ended || self.blocked || (self.finished != 0 && self.seen & !self.finished == 0)
    }

    /// Has any choice ended?
    pub(super) const fn has_finished(&self) -> bool {
        self.finished != 0
    }

    /// Was anything visible, a refusal's own text and reasoning included?
    pub(super) const fn has_output(&self) -> bool {
        self.begun || self.thought || (self.shown | self.refused) != 0
    }

    /// Was a result visible?
    pub(super) const fn has_result(&self) -> bool {
        self.shown != 0
    }

    /// The choices that are a result for the customer: visible, and not blocked. One that ends in a
    /// broken call is one all the same, or a tool of the client's would make everything free.
    const fn good(&self) -> u64 {
        self.shown & !(self.refused | self.filtered)
    }

    /// Is there a result for the customer?
    pub(super) const fn is_good(&self) -> bool {
        self.good() != 0 && !self.blocked
    }

    /// Did every result end by its length?
    pub(super) const fn is_long(&self) -> bool {
        self.good() & !self.long == 0
    }

    /// Was it refused, or filtered?
    pub(super) const fn is_blocked(&self) -> bool {
        self.blocked || (self.refused | self.filtered) != 0
    }

    /// Was a call of a tool told to be unreadable?
    pub(super) const fn is_broken(&self) -> bool {
        self.broken != 0
    }
}

/// Counters as a provider tells them; the last that is told of each counts, none is added up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counters {
    /// Read, by the provider's own rule.
    pub(super) input: Option<u64>,
    /// Read from the cache.
    pub(super) cache_read: Option<u64>,
    /// Written to the cache.
    pub(super) cache_write: Option<u64>,
    /// Read of tools' results, beside the input.
    pub(super) tool: Option<u64>,
    /// Written, by the provider's own rule.
    pub(super) output: Option<u64>,
    /// Reasoning.
    pub(super) reasoning: Option<u64>,
    /// All together.
    pub(super) total: Option<u64>,
}

/// The rule of a provider for its counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    /// Input includes what the cache had, output includes reasoning; where the total says that they
    /// do not add up, what is missing was written.
    OpenAi,
    /// Input is beside what was read from and written to the cache.
    Anthropic,
    /// Input is beside what tools brought, output is beside thoughts.
    Gemini,
}

/// Sets a counter, where one is told.
pub(super) fn set(counter: &mut Option<u64>, told: Option<&Value>) {
    if let Some(count) = told.and_then(Value::as_u64).filter(|count| *count <= COUNT) {
        *counter = Some(count);
    }
}

fn plus(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (None, None) => None,
        (one, other) => Some(one.unwrap_or(0).saturating_add(other.unwrap_or(0)).min(COUNT)),
    }
}

impl Counters {
    /// As the books count: input with all of the cache, output with all of the reasoning.
    pub(super) fn usage(&self, counting: Counting) -> Usage {
        let Self { input, cache_read, cache_write, tool, output, reasoning, total } = *self;
        let (input, output) = match counting {
            Counting::OpenAi => {
                // Embeddings write nothing, and say so by what they leave out.
                let nothing = input.filter(|_| total == input).map(|_| 0);
                let output = output.or(nothing);
                let beside = input.zip(total).and_then(|(input, total)| total.checked_sub(input));
                (input, output.map(|output| output.max(beside.unwrap_or(0))))
            }
            Counting::Anthropic => {
                let cache = plus(cache_read, cache_write);
                (input.and_then(|input| plus(Some(input), cache)), output)
            }
            Counting::Gemini => {
                (input.and_then(|input| plus(Some(input), tool)), plus(output, reasoning))
            }
        };
        Usage { input, cache_read, cache_write, output, reasoning }
    }
}

/// Is there a text that is not empty?
pub(super) fn has_text(value: Option<&Value>) -> bool {
    value.and_then(Value::as_str).is_some_and(|text| !text.is_empty())
}

/// Is there a word that is not empty? Some say an empty one where others say nothing.
pub(super) fn word(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str).filter(|word| !word.is_empty())
}

/// Is there an error? Some say `false`, or something empty, where there is none.
pub(super) fn is_error(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(_) => true,
    }
}

/// Is there anything but null?
pub(super) fn is_there(value: Option<&Value>) -> bool {
    value.is_some_and(|value| !value.is_null())
}

/// Is there a list that is not empty, or an object?
pub(super) fn has_some(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(object)) => !object.is_empty(),
        _ => false,
    }
}

/// The items of a list; none where it is no list.
pub(super) fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
