//! What a customer reads in each state: templates, the default sentences, the placeholders.
//!
//! The matrix state × sentence is closed and complete: every [`State`] has a default here, a
//! contract may override it (also per action), and a placeholder that the engine cannot fill in a
//! state is an error when the contract is read. Filling happens in the `view` module.

use crate::id::Name;
use crate::phrase;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A sentence with placeholders, parsed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// As written.
    pub text: String,
    /// In order.
    pub pieces: Vec<Piece>,
}

/// A stretch of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Plain text.
    Text(String),
    /// `{name}`: a placeholder by its name, checked against the closed list for its state.
    Slot(String),
}

impl Template {
    /// Splits a text at its `{placeholders}`. A lone brace is plain text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            plain.push_str(before);
            match closed(after) {
                Some((slot, tail)) if is_slot_name(slot) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Slot(slot.to_owned()));
                    rest = tail;
                }
                _ => {
                    plain.push('{');
                    rest = after;
                }
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Self { text: text.to_owned(), pieces }
    }

    /// The names of its placeholders, in order.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|p| match p {
            Piece::Slot(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The sentence with each placeholder replaced by what `value` gives for its name; the verb
    /// after a count agrees with it, where the count begins its sentence, clause or bracket.
    ///
    /// What cannot be said is left out: a bracket whose value is missing, else its whole sentence.
    #[must_use]
    pub fn fill(&self, mut value: impl FnMut(&str) -> Option<String>) -> String {
        let mut filling = Filling::default();
        let mut said = String::new();
        let mut count = String::new();
        let mut is_subject = false;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => {
                    let text = phrase::agreeing(&count, is_subject, text);
                    filling.text(&text);
                    said.push_str(&text);
                    count.clear();
                }
                Piece::Slot(name) => {
                    is_subject = phrase::is_before_a_subject(&said);
                    let value = value(name);
                    count = value.clone().unwrap_or_default();
                    said.push_str(&count);
                    filling.slot(value);
                }
            }
        }
        filling.finish()
    }
}

/// A sentence on its way, with the bracket in it that is still open.
#[derive(Default)]
struct Filling {
    done: String,
    sentence: String,
    bracket: Option<String>,
    sentence_lacks: bool,
    bracket_lacks: bool,
}

impl Filling {
    fn text(&mut self, text: &str) {
        let mut rest = text.chars().peekable();
        while let Some(letter) = rest.next() {
            match letter {
                '(' if self.bracket.is_none() => self.bracket = Some(String::from("(")),
                ')' if self.bracket.is_some() => self.close_bracket(),
                _ => self.buffer().push(letter),
            }
            let ends = matches!(letter, '.' | '!' | '?') && self.bracket.is_none();
            if ends && rest.peek().is_none_or(|next| *next == ' ') {
                self.end_sentence();
            }
        }
    }

    fn slot(&mut self, value: Option<String>) {
        match (value, &self.bracket) {
            (Some(value), _) => self.buffer().push_str(&value),
            (None, Some(_)) => self.bracket_lacks = true,
            (None, None) => self.sentence_lacks = true,
        }
    }

    fn buffer(&mut self) -> &mut String {
        self.bracket.as_mut().unwrap_or(&mut self.sentence)
    }

    fn close_bracket(&mut self) {
        let bracket = self.bracket.take().unwrap_or_default();
        if self.bracket_lacks {
            self.bracket_lacks = false;
            let kept = self.sentence.trim_end().len();
            self.sentence.truncate(kept);
        } else {
            self.sentence.push_str(&bracket);
            self.sentence.push(')');
        }
    }

    fn end_sentence(&mut self) {
        if !self.sentence_lacks {
            self.done.push_str(&self.sentence);
        }
        self.sentence.clear();
        self.sentence_lacks = false;
    }

    fn finish(mut self) -> String {
        if let Some(bracket) = self.bracket.take() {
            self.sentence.push_str(&bracket);
        }
        self.end_sentence();
        tidy_spaces(&self.done)
    }
}

/// What stands before the `}` that closes a brace, and what after; None where another opens first.
fn closed(after: &str) -> Option<(&str, &str)> {
    let end = after.find(['{', '}'])?;
    after.split_at_checked(end).and_then(|(slot, tail)| Some((slot, tail.strip_prefix('}')?)))
}

fn is_slot_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Closes doubled spaces and cuts those at the ends.
fn tidy_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

macro_rules! states {
    ($(
        $(#[$doc:meta])*
        $variant:ident = $word:literal, [$($slot:literal),* $(,)?], $sentence:literal;
    )*) => {
        /// A state in which a customer reads a sentence. Closed; the order is that of the documentation.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum State { $( $(#[$doc])* $variant, )* }

        impl State {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// Its word: the key under `words`.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }

            /// The engine's default sentence.
            #[must_use]
            pub const fn default_sentence(self) -> &'static str {
                match self { $( Self::$variant => $sentence, )* }
            }

            /// The placeholders the engine can fill here.
            #[must_use]
            pub const fn slots(self) -> &'static [&'static str] {
                match self { $( Self::$variant => &[ $($slot),* ], )* }
            }
        }
    };
}

states! {
    /// Before a priced run.
    Before = "before", ["action", "price", "money", "available", "how_many_more", "unit"],
        "{action}: {price} ({money}), taken only if it is delivered. You can use {available}: enough for {how_many_more}.";
    /// Before a free run.
    BeforeFree = "before_free", ["action", "left", "allowance", "when", "unit"],
        "{action}: free. {left} of {allowance} left until {when}.";
    /// Before a run on the customer's own key.
    BeforeOwnKey = "before_own_key", ["action", "price", "own_cost", "available", "unit"],
        "{action}: {price} from us. Your AI provider bills you about {own_cost}.";
    /// Before a run with a harsh rule.
    BeforeHarsh = "before_harsh", ["warning", "action", "price", "money", "available"],
        "{warning}";
    /// While it runs.
    Running = "running", ["price", "delivered_when", "action"],
        "{price} set aside. Taken only when {delivered_when}.";
    /// While it runs, with a harsh rule: what was agreed to.
    RunningHarsh = "running_harsh", ["price", "warning", "delivered_when", "action"],
        "{price} set aside, as you agreed. {warning}";
    /// Too few credits.
    NotEnoughCredits = "not_enough_credits", ["action", "price", "available", "held_note", "missing", "ways_forward"],
        "{action} needs {price}; you can use {available}{held_note}. Nothing was charged. {ways_forward}";
    /// Only open holds prevent it.
    CreditsInFlight = "credits_in_flight", ["action", "price", "available", "held_note", "missing", "ways_forward"],
        "{action} needs {price}; you can use {available}{held_note}. Nothing was charged. {ways_forward}";
    /// The note on what is set aside.
    HeldNote = "held_note", ["held"],
        " ({held} more is set aside for work in progress)";
    /// Delivered and charged.
    Done = "done", ["charged", "charged_money", "available", "receipt", "action"],
        "Done. {charged} used ({charged_money}); {available} left. Receipt {receipt}";
    /// Delivered, free.
    DoneFree = "done_free", ["action", "receipt", "available"],
        "Done. Nothing was charged.";
    /// A part delivered.
    Partial = "partial", ["done_parts", "parts", "charged", "price", "receipt", "action", "available"],
        "{done_parts} of {parts} delivered. You paid for those: {charged} instead of {price}. Receipt {receipt}";
    /// Nothing found, free.
    EmptyFree = "empty_free", ["action", "receipt"],
        "We looked and found nothing. Nothing was charged.";
    /// Nothing found, charged as declared.
    EmptyPaid = "empty_paid", ["charged", "charged_money", "available", "receipt", "action"],
        "We looked and found nothing. {charged} used, as you agreed before it started. Receipt {receipt}";
    /// It failed.
    Failed = "failed", ["action", "reason", "receipt"],
        "That did not work. Nothing was charged.";
    /// The input cannot be worked with.
    BadInput = "bad_input", ["action", "reason", "receipt"],
        "This cannot be worked with: {reason}. Nothing was charged.";
    /// A safety rule stopped it.
    Blocked = "blocked", ["action", "reason", "receipt"],
        "A safety rule stopped this request. Nothing was charged.";
    /// Stopped before anything arrived.
    Cancelled = "cancelled", ["action", "reason", "receipt"],
        "Stopped before anything arrived. Nothing was charged.";
    /// Left after it had begun to arrive.
    Abandoned = "abandoned", ["charged", "charged_money", "available", "receipt", "action"],
        "You left after the result had begun to arrive, so {charged} was used. Receipt {receipt}";
    /// Too slow.
    Late = "late", ["action", "receipt"],
        "This took longer than promised, so it is free.";
    /// Owned already.
    Reopened = "reopened", ["action", "receipt"],
        "You already have this. No charge.";
    /// A free redo.
    Redo = "redo", ["action", "redos_left", "receipt"],
        "A free redo. {redos_left} left.";
    /// Credits given back.
    Refunded = "refunded", ["amount", "reason", "date", "receipt"],
        "{amount} is back in your credits ({reason}), usable until {date}.";
    /// Found out later that it failed.
    Corrected = "corrected", ["amount", "date", "receipt"],
        "We found out that this did not work: {amount} is back in your credits.";
    /// Already being worked on.
    InProgress = "in_progress", ["action", "ways_forward"],
        "This is already being worked on.";
    /// Too many at once.
    TooManyAtOnce = "too_many_at_once", ["action", "at_once", "ways_forward"],
        "{at_once} are running; the next can start when one ends.";
    /// Failed too often.
    ItemPaused = "item_paused", ["action", "n", "when", "ways_forward"],
        "This failed {n} times, so we stopped trying. Nothing was charged. {ways_forward}";
    /// Not part of the plan.
    NotInPlan = "not_in_plan", ["action", "plan", "why", "ways_forward"],
        "{action} is not part of {plan}: {why} {ways_forward}";
    /// The model is above the plan's best.
    ModelAbovePlan = "model_above_plan", ["action", "plan", "allowed_models", "why", "ways_forward"],
        "{plan} includes {allowed_models}: {why} {ways_forward}";
    /// The plan sells no credits; said within `{ways_forward}`.
    NoTopUp = "no_top_up", ["plan", "why", "ways_forward"],
        "{plan} sells no extra credits: {why} {ways_forward}";
    /// The allowance is used.
    AllowanceUsed = "allowance_used", ["action", "allowance", "when", "ways_forward"],
        "You have used your {allowance}. It comes back {when}. {ways_forward}";
    /// The allowance is used and more is for sale.
    AllowanceBeyond = "allowance_beyond", ["action", "allowance", "when", "price"],
        "You have used your {allowance}. From here each costs {price}.";
    /// No own key.
    OwnKeyMissing = "own_key_missing", ["action", "ways_forward"],
        "{action} runs on your own AI key; add one to start.";
    /// The own key's cap is reached.
    OwnKeyCap = "own_key_cap", ["action", "cap", "used", "when", "ways_forward"],
        "You set {cap} a month for your key and have used {used}.";
    /// The own key was refused.
    OwnKeyFailed = "own_key_failed", ["action", "ways_forward"],
        "Your AI provider refused your key. Nothing was charged by us.";
    /// A spend cap is reached.
    SpendCapReached = "spend_cap_reached", ["action", "price", "cap", "used", "when", "ways_forward"],
        "You set a limit of {cap} and have used {used}. Nothing was charged. {ways_forward}";
    /// The contract's own spend cap is reached, which the customer did not set.
    SpendCapDefault = "spend_cap_default", ["action", "price", "cap", "used", "when", "ways_forward"],
        "There is a limit of {cap} and you have used {used}. Nothing was charged. {ways_forward}";
    /// Above the caller's `max_price`.
    PriceAboveMax = "price_above_max", ["action", "price", "max_price", "ways_forward"],
        "This would cost {price}; you allowed {max_price}. Nothing was charged.";
    /// Something must be agreed to first.
    ConfirmationNeeded = "confirmation_needed", ["action", "warning_or_price", "price"],
        "{warning_or_price} Agree to go on.";
    /// A surge pauses free actions.
    Surge = "surge", ["units", "when", "action", "ways_forward"],
        "Free {units} are paused for a while because demand is unusual. Prices are not affected. Back at {when}.";
    /// Our budget for free runs is spent.
    OurBudgetUsed = "our_budget_used", ["units", "when", "action", "ways_forward"],
        "Free {units} are used up for now. They come back {when}.";
    /// An unusual day.
    Paused = "paused", ["used_today", "usual", "action", "price", "cap", "ways_forward"],
        "Paused: {used_today} today, against {usual} on your usual day. Resume, or set a limit.";
    /// Paused by an operator.
    PausedByUs = "paused_by_us", ["reason", "ways_forward"],
        "This account is paused: {reason} {ways_forward}";
    /// A renewal is unpaid.
    RenewalDue = "renewal_due", ["ways_forward"],
        "Your plan's next period is not paid yet. {ways_forward}";
    /// A trial run.
    Experiment = "experiment", ["action", "left", "allowance", "when"],
        "A trial run: free, and not yours to keep. {left} of {allowance} left today.";
    /// Announce mode.
    Announce = "announce", ["action", "price"],
        "This would cost {price} once charging starts. Nothing was charged.";
    /// A threshold of the credits is used.
    AlertUsed = "alert_used", ["percent", "available"],
        "You have used {percent} of your credits.";
    /// Credits run out soon.
    AlertRunsOut = "alert_runs_out", ["date", "available"],
        "At your pace your credits last until {date}.";
    /// Credits expire soon.
    AlertExpires = "alert_expires", ["amount", "date"],
        "{amount} will expire on {date}.";
}

impl State {
    /// Reads its word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.word() == word)
    }
}

/// The sentences of one contract: the defaults, with what the file overrides.
#[derive(Clone, Debug, Default)]
pub struct Words {
    general: BTreeMap<State, Template>,
    by_action: BTreeMap<(Name, State), Template>,
}

impl Words {
    /// Replaces the sentence of a state, for one action or for all.
    pub fn set(&mut self, action: Option<Name>, state: State, template: Template) {
        match action {
            Some(action) => {
                self.by_action.insert((action, state), template);
            }
            None => {
                self.general.insert(state, template);
            }
        }
    }

    /// The sentence for a state of an action: its own, else the contract's, else the default.
    #[must_use]
    pub fn sentence(&self, action: Option<&Name>, state: State) -> Cow<'_, Template> {
        action
            .and_then(|a| self.by_action.get(&(a.clone(), state)))
            .or_else(|| self.general.get(&state))
            .map_or_else(|| Cow::Owned(Template::parse(state.default_sentence())), Cow::Borrowed)
    }

    /// What the file overrides for all actions.
    pub fn general(&self) -> impl Iterator<Item = (State, &Template)> {
        self.general.iter().map(|(s, t)| (*s, t))
    }

    /// What the file overrides for single actions.
    pub fn by_action(&self) -> impl Iterator<Item = (&Name, State, &Template)> {
        self.by_action.iter().map(|((a, s), t)| (a, *s, t))
    }
}
