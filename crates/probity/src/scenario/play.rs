//! Playing a story: its files are published, its clock set, each step called and compared.
//!
//! A story ends with its first step that turns out otherwise: what follows would only follow from
//! that.

use super::edit;
use super::expect::{Glasses, Mismatch, judge};
use super::fault::{Fault, Wrong};
use super::memory;
use super::page::Block;
use super::port::{Call, Files, Port, Publication, Told};
use super::refused;
use super::step::{Ask, Asked, Doing, Given, OfRun, Publish, QuoteName, Step, What, When, Whose};
use super::{Scene, Story};
use probity_core::command::{Act, OverrideTerms, RunRequest};
use probity_core::contract::file::Reading;
use probity_core::diagnostic::line_column;
use probity_core::sums::Found;
use probity_core::{Contract, Name, RunId, Time, Zone};
use serde_json::Value;
use std::collections::BTreeMap;

/// How a story went.
#[derive(Clone, Debug)]
pub struct Played {
    /// The calls that were made, with what was told.
    pub turns: Vec<Turn>,
    /// Why it ended early; None: all turned out as expected.
    pub failure: Option<Failure>,
}

/// One call of a story.
#[derive(Clone, Debug)]
pub struct Turn {
    /// The line of its step.
    pub line: usize,
    /// Its step, as written.
    pub text: String,
    /// When it was made.
    pub at: Time,
    /// What was told.
    pub told: Told,
}

/// Why a story ended early.
#[derive(Clone, Debug)]
pub enum Failure {
    /// It cannot be played as it is written.
    Fault(Box<Fault>),
    /// A step turned out otherwise than expected.
    Otherwise {
        /// The step.
        step: Box<Step>,
        /// The instant of the call.
        at: Option<Time>,
        /// Each expectation that was not met.
        mismatches: Vec<Mismatch>,
    },
}

/// Plays a story against empty books. `files` are those of the contract it names or lies beside.
pub fn play(story: &Story, files: Option<Files>, port: &mut dyn Port) -> Played {
    let mut stage = Stage::new(story, files, port);
    for scene in &story.scenes {
        let result = match scene {
            Scene::Files(block) => stage.edit(block),
            Scene::Step(step) => stage.step(step),
        };
        if let Err(failure) = result {
            return Played { turns: stage.turns, failure: Some(failure) };
        }
    }
    Played { turns: stage.turns, failure: None }
}

/// What went on a stage: kept where a story goes on under other files.
#[derive(Debug)]
pub(super) struct Past {
    now: Time,
    runs: BTreeMap<String, (String, RunId)>,
    quotes: BTreeMap<String, String>,
    grants: BTreeMap<String, BTreeMap<String, String>>,
    turns: Vec<Turn>,
}

impl Past {
    /// Nothing so far, and the clock at `now`.
    pub(super) const fn at(now: Time) -> Self {
        Self {
            now,
            runs: BTreeMap::new(),
            quotes: BTreeMap::new(),
            grants: BTreeMap::new(),
            turns: Vec::new(),
        }
    }

    /// The calls that were made.
    pub(super) fn into_turns(self) -> Vec<Turn> {
        self.turns
    }
}

pub(super) struct Stage<'p> {
    file: &'p str,
    port: &'p mut dyn Port,
    /// The files as they are now, published or not.
    draft: Files,
    /// The block that last changed them.
    edited_at: usize,
    /// The line of a whole contract in a block: its first line is that one below.
    whole_at: Option<usize>,
    /// The contract that was published last.
    contract: Option<Contract>,
    now: Option<Time>,
    runs: BTreeMap<String, (String, RunId)>,
    quotes: BTreeMap<String, String>,
    /// What grants are called, by customer.
    grants: BTreeMap<String, BTreeMap<String, String>>,
    turns: Vec<Turn>,
}

/// The last run and the last quote go by this name.
const LAST: &str = "it";

impl<'p> Stage<'p> {
    fn new(story: &'p Story, files: Option<Files>, port: &'p mut dyn Port) -> Self {
        let past = Past::at(Time::MIN);
        let stage = Self::after(past, &story.file, files.unwrap_or_default(), port);
        Self { edited_at: story.line, now: None, ..stage }
    }

    /// A stage without a story, where this went before; its files are published at its first step.
    pub(super) fn after(past: Past, file: &'p str, files: Files, port: &'p mut dyn Port) -> Self {
        let Past { now, runs, quotes, grants, turns } = past;
        Self {
            file,
            port,
            draft: files,
            edited_at: 1,
            whole_at: None,
            contract: None,
            now: Some(now),
            runs,
            quotes,
            grants,
            turns,
        }
    }

    /// What went so far.
    pub(super) fn into_past(self) -> Past {
        let Self { now, runs, quotes, grants, turns, .. } = self;
        Past { now: now.unwrap_or(Time::MIN), runs, quotes, grants, turns }
    }

    /// The code of the last answer, where it was a refusal.
    pub(super) fn refused_with(&self) -> Option<&str> {
        let told = &self.turns.last()?.told;
        told.body.get("code").and_then(Value::as_str).filter(|_| !told.done)
    }

    /// The last call is not told of.
    pub(super) fn forget_last(&mut self) {
        self.turns.pop();
    }

    fn edit(&mut self, block: &Block) -> Result<(), Failure> {
        self.edited_at = block.line;
        if edit::is_whole(&block.lines) && block.kind == super::BlockKind::Contract {
            self.whole_at = Some(block.line);
        }
        edit::apply(&mut self.draft, block.kind, &block.lines).map_err(|(line, text, wrong)| {
            Failure::Fault(Box::new(wrong.at(self.file, line, &text)))
        })
    }

    pub(super) fn step(&mut self, step: &Step) -> Result<(), Failure> {
        let fault =
            |wrong: Wrong| Failure::Fault(Box::new(wrong.at(self.file, step.line, &step.text)));
        let whole = 0..step.text.len();
        if self.contract.is_none() {
            self.begin(step)?;
        }
        match &step.doing {
            Doing::Clock(when) => {
                let fault = |wrong: Wrong| {
                    Failure::Fault(Box::new(wrong.at(self.file, step.line, &step.text)))
                };
                let at = self.instant(*when).map_err(fault)?;
                if self.now.is_some_and(|now| at < now) {
                    let fix = "Write the steps in the order of time.";
                    return Err(fault(Wrong::new(whole, "the clock only goes forward", fix)));
                }
                self.now = Some(at);
                Ok(())
            }
            Doing::Given(given) => {
                self.given(given);
                Ok(())
            }
            Doing::Publish(publish) => {
                let now = self.now.ok_or_else(|| fault(no_time(whole)))?;
                let told = self.publish(*publish, now, step.expects_refusal())?;
                self.compare(step, told, now, None)
            }
            Doing::Ask(ask) => {
                let now = self.now.ok_or_else(|| fault(no_time(whole)))?;
                let (customer, call) = match self.call_of(ask) {
                    Ok(call) => call,
                    Err(wrong) => {
                        let fault = wrong.at(self.file, step.line, &step.text);
                        return Err(Failure::Fault(Box::new(fault)));
                    }
                };
                let told = self.port.call(&customer, call, ask.by.clone(), now);
                self.remember(ask, &customer, &told);
                self.compare(step, told, now, Some(&customer))
            }
        }
    }

    /// The first version is in force before the first step.
    fn begin(&mut self, step: &Step) -> Result<(), Failure> {
        if self.draft.contract.is_empty() {
            let fix = "Name one under the title, as `Contract: jobscout`, or write one in a block.";
            let wrong = Wrong::new(0..step.text.len(), "this story has no contract", fix);
            let fault = wrong.at(self.file, step.line, &step.text);
            return Err(Failure::Fault(Box::new(fault)));
        }
        self.publish(Publish::Contract { worse: false }, Time::MIN, false).map(|_| ())
    }

    /// Files that cannot be read are a fault of the story, unless it is about their refusal.
    fn publish(
        &mut self,
        publish: Publish,
        now: Time,
        may_be_refused: bool,
    ) -> Result<Told, Failure> {
        let reading = memory::read(&self.draft);
        if !may_be_refused {
            self.check_files(&reading)?;
        }
        let publication = Publication { files: &self.draft, reading: &reading };
        match publish {
            Publish::Contract { worse } => {
                let told = self.port.publish(&publication, worse, now);
                if told.done {
                    self.contract = reading.contract;
                }
                Ok(told)
            }
            Publish::Operations => Ok(self.port.publish_operations(&publication, now)),
        }
    }

    /// The files must read without errors; else the first is shown where it stands.
    fn check_files(&self, reading: &Reading) -> Result<(), Failure> {
        let Some(error) = refused::first_error(reading) else { return Ok(()) };
        let of_contract = error.place.file == probity_core::diagnostic::FileKind::Contract;
        let source = if of_contract {
            self.draft.contract.as_str()
        } else {
            self.draft.operations.as_deref().unwrap_or_default()
        };
        let (line, column) = line_column(source, error.place.span.start);
        let text = source.lines().nth(line - 1).unwrap_or_default();
        let start = text.char_indices().nth(column - 1).map_or(text.len(), |(at, _)| at);
        let end = (start + error.place.span.len()).min(text.len());
        let message = format!("the contract is refused: {}", error.message);
        let line = match self.whole_at.filter(|_| of_contract) {
            Some(fence) => fence + line,
            None => self.edited_at,
        };
        let wrong = Wrong::new(start..end, message, error.fix.clone());
        Err(Failure::Fault(Box::new(wrong.at(self.file, line, text))))
    }

    fn zone(&self) -> Zone {
        self.contract.as_ref().map_or(Zone::UTC, |c| c.zone.clone())
    }

    fn instant(&self, when: When) -> Result<Time, Wrong> {
        let zone = self.zone();
        match when {
            When::At(moment) => Ok(moment.at(&zone)),
            When::Before(length, moment) => Ok(length.before(moment.at(&zone), &zone)),
            When::Later(length) => match self.now {
                Some(now) => Ok(length.after(now, &zone)),
                None => Err(no_time(0..0)),
            },
        }
    }

    fn given(&mut self, given: &Given) {
        let zone = self.zone();
        let now = self.now.unwrap_or(Time::MIN);
        let sums = self.port.sums();
        match given {
            Given::SupplierCost(cost) => {
                sums.supplier_cost = *cost;
                sums.supplier_window_ends = Some(zone.day(now).until);
            }
            Given::WePaid(cost) => {
                sums.we_paid = *cost;
                sums.we_paid_window_ends = Some(zone.month(now).until);
            }
            Given::Found { action, found, of } => {
                sums.found.insert(Name::new(action), Found { found: *found, of: *of });
            }
        }
    }

    /// The call that an ask is, and about whom.
    fn call_of(&self, ask: &Ask) -> Result<(String, Call), Wrong> {
        let (customer, run) = match &ask.whose {
            Whose::Customer(id) => (id.clone(), None),
            Whose::Run(name) => {
                let known = self.runs.get(name.as_deref().unwrap_or(LAST));
                let (customer, run) = known.ok_or_else(|| {
                    let fix = "Begin with a customer: `ana runs …`.";
                    Wrong::new(0..2, "nothing has run so far, so there is no `it`", fix)
                })?;
                (customer.clone(), Some(*run))
            }
        };
        let act = |act: Act| Ok(Call::Act(Box::new(act)));
        let call = match &ask.what {
            What::Open(new) => Ok(Call::Open(new.clone())),
            What::Change(changes) => act(Act::UpdateCustomer(changes.clone())),
            What::Read => Ok(Call::Read),
            What::Terms => Ok(Call::Terms),
            What::Run(asked) => {
                let quote = asked.quote.as_ref().map(|name| self.quote(name)).transpose()?;
                Ok(Call::Run(Box::new(self.request(asked)), quote))
            }
            What::Check(items) => Ok(Call::Check(items.iter().map(|i| self.request(i)).collect())),
            What::Quote(asked) => Ok(Call::Quote(Box::new(self.request(asked)))),
            What::Confirm(name) => self.quote(name).map(Call::ConfirmQuote),
            What::Grant { kind, amount, until, reason } => act(Act::Grant {
                kind: *kind,
                amount: *amount,
                expires: until.map(|moment| moment.at(&self.zone())),
                reason: reason.clone(),
            }),
            What::Override(terms) => act(Act::Override(OverrideTerms { terms: (**terms).clone() })),
            What::Act(what) => act(what.clone()),
            What::OfRun(what) => match run {
                Some(run) => Ok(call_of_run(run, what)),
                None => Err(Wrong::new(0..0, "there is no run", "Begin with one.")),
            },
        };
        call.map(|call| (customer, call))
    }

    fn request(&self, asked: &Asked) -> RunRequest {
        let mut request = asked.request.clone();
        let action = self.contract.as_ref().and_then(|c| c.actions.get(&request.action));
        if let (Some(action), true) = (action, asked.inputs) {
            let given = action.needs.iter().map(|need| (need.to_string(), "given".to_owned()));
            request.inputs.extend(given);
        }
        request
    }

    fn quote(&self, name: &QuoteName) -> Result<String, Wrong> {
        let called = match name {
            QuoteName::Last | QuoteName::Altered => LAST,
            QuoteName::Called(name) => name,
        };
        let Some(text) = self.quotes.get(called) else {
            let fix = "Ask for one before: `ana asks a quote for … called NAME`.";
            return Err(Wrong::new(0..0, "there is no such quote", fix));
        };
        if *name != QuoteName::Altered {
            return Ok(text.clone());
        }
        let (head, tail) = text.split_at(text.len() - 1);
        Ok(format!("{head}{}", if tail == "A" { "B" } else { "A" }))
    }

    /// Keeps what later steps may speak of.
    fn remember(&mut self, ask: &Ask, customer: &str, told: &Told) {
        let name = ask.called.as_deref().unwrap_or(LAST);
        let text = |key: &str| told.body.get(key).and_then(Value::as_str);
        match &ask.what {
            What::Run(_) if told.done => {
                if let Some(run) = text("run").and_then(RunId::parse) {
                    for name in [LAST, name] {
                        self.runs.insert(name.to_owned(), (customer.to_owned(), run));
                    }
                }
            }
            What::Quote(_) if told.done => {
                for name in [LAST, name] {
                    let quote = text("quote").unwrap_or_default().to_owned();
                    self.quotes.insert(name.to_owned(), quote);
                }
            }
            _ => {}
        }
        let grants = self.grants.entry(customer.to_owned()).or_default();
        told.entries.iter().chain([&told.body]).for_each(|value| name_grants(value, grants));
    }

    fn compare(
        &mut self,
        step: &Step,
        told: Told,
        now: Time,
        customer: Option<&str>,
    ) -> Result<(), Failure> {
        let grants = customer.and_then(|c| self.grants.get(c)).cloned().unwrap_or_default();
        let mismatches = judge(&step.expected, &told, &Glasses { zone: self.zone(), grants });
        self.turns.push(Turn { line: step.line, text: step.text.clone(), at: now, told });
        if mismatches.is_empty() {
            return Ok(());
        }
        Err(Failure::Otherwise { step: Box::new(step.clone()), at: Some(now), mismatches })
    }
}

fn no_time(span: std::ops::Range<usize>) -> Wrong {
    let fix = "Write a date before the first step, such as `2026-11-23 10:00`.";
    Wrong::new(span, "nobody knows when this happens", fix)
}

fn call_of_run(run: RunId, what: &OfRun) -> Call {
    let act = match what.clone() {
        OfRun::Read => return Call::Receipt(run),
        OfRun::Ends(report) => Act::Settle { run, report },
        OfRun::Released => Act::Release { run },
        OfRun::Extended(length) => Act::Extend { run, length },
        OfRun::Refunded(amount, reason) => Act::Refund { run, amount, reason },
        OfRun::Corrected(report) => Act::Correct { run, report },
        OfRun::Reports(attempts) => Act::Attempts { run, attempts },
    };
    Call::Act(Box::new(act))
}

/// Names every grant that an answer speaks of: by its kind, the second of a kind `plan-2`.
fn name_grants(value: &Value, names: &mut BTreeMap<String, String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| name_grants(item, names)),
        Value::Object(fields) => {
            let text = |key: &str| fields.get(key).and_then(Value::as_str);
            if let (Some(id), Some(kind)) = (text("grant"), text("kind"))
                && !names.contains_key(id)
            {
                let of_kind = |name: &&String| name.split('-').next() == Some(kind);
                let before = names.values().filter(of_kind).count();
                let name = match before {
                    0 => kind.to_owned(),
                    n => format!("{kind}-{}", n + 1),
                };
                names.insert(id.to_owned(), name);
            }
            fields.values().for_each(|field| name_grants(field, names));
        }
        _ => {}
    }
}

impl std::fmt::Display for Failure {
    /// A fault with its line; else the step with what was expected and what was there.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (step, mismatches) = match self {
            Self::Fault(fault) => return write!(f, "{fault}"),
            Self::Otherwise { step, mismatches, .. } => (step, mismatches),
        };
        write!(f, "  {} | {}", step.line, step.text)?;
        for mismatch in mismatches {
            let Mismatch { line, text, expected, actual } = mismatch;
            write!(f, "\n  {line} |   {text}\n      - {expected}\n      + {actual}")?;
        }
        Ok(())
    }
}
