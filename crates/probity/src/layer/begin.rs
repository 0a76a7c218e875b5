//! The first half: a run is asked for before anything is done, and everything that is not a yes.

use super::charge::Charge;
use super::settle::{NotBegun, Settler};
use super::work::Work;
use crate::answer::{self, Reply};
use crate::engine::{Answered, Ask, Doing, Done, Key, Refused, Render, View, Whose};
use crate::problem::Trouble;
use probity_core::command::Act;
use probity_core::contract::{Mode, Outcome, Treatment};
use probity_core::entry::RunKind;
use probity_core::state::RunStatus;
use probity_core::view::{Reader, WouldBe};
use probity_core::{Amount, Length, Name, RunId};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How often a key whose runs were all free in the end can begin anew.
const MOST_ANEW: u32 = 100;

/// What a run began as.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Its id.
    pub run: RunId,
    /// What kind it is.
    pub kind: RunKind,
    /// The mode it lives in.
    pub mode: Mode,
    /// What it costs if delivered.
    pub price: Amount,
    /// What can be spent after it.
    pub available: Amount,
    /// What would be, in shadow and announce.
    pub would: Option<WouldBe>,
    /// The contract's version it lives under.
    pub contract: String,
    /// Does it charge when the customer leaves after the result has begun to arrive?
    pub abandoned_charges: bool,
    /// The plan runs this action on the customer's own AI key.
    pub on_your_key: bool,
    /// It ended with its beginning: nothing is to be settled.
    pub is_over: bool,
    /// How long it may take.
    pub time: Duration,
    /// More time that it gets while its answer keeps coming; None: it gets none.
    pub more_time: Option<MoreTime>,
    /// The most repeats of ours before the first byte that the contract allows.
    pub retries: u32,
}

/// More time for what keeps coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoreTime {
    /// How much each time, from then on.
    pub length: Length,
    /// But no longer than this from the beginning.
    pub latest: Duration,
}

/// A length in seconds, months and years being about so long.
pub(super) const fn seconds(length: Length) -> Duration {
    Duration::from_secs(length.roughly_seconds())
}

/// What comes of asking.
pub(super) enum Beginning {
    /// It may go on, its hold being looked after.
    Run(Box<Work>),
    /// It may go on, and nothing is decided about it.
    Undecided,
    /// It may not, and where it is known, under what that was decided.
    Refused(Trouble, Option<Under>),
}

/// What a request was decided under.
pub(super) struct Under {
    pub(super) action: Name,
    pub(super) mode: Mode,
    pub(super) contract: String,
}

impl Under {
    /// What holds for the customer now.
    fn of(view: &View, charge: &Charge) -> Option<Self> {
        let desk = view.desk().ok()?;
        let (terms, action) = (desk.terms(), charge.request.action.clone());
        let (mode, contract) = (terms.mode(&action), terms.contract.reference().to_string());
        Some(Self { action, mode, contract })
    }
}

/// Asks for the run. Whoever waits may go away meanwhile: what has begun is given back then.
pub(super) async fn begin(settler: &Arc<Settler>, charge: Charge) -> Beginning {
    let (tell, told) = tokio::sync::oneshot::channel();
    let asks = Arc::clone(settler);
    settler.spawn(async move {
        // Where nobody waits any more the work is dropped here, and settled as left.
        let _ = tell.send(ask(&asks, charge).await);
    });
    told.await.unwrap_or_else(|_| Beginning::Refused(Trouble::stopped(), None))
}

async fn ask(settler: &Arc<Settler>, charge: Charge) -> Beginning {
    let mut key = charge.key.clone();
    for n in 2..MOST_ANEW {
        match start(settler, &charge, key.clone()).await {
            Ok(Started::Now(begun)) => {
                return Beginning::Run(Box::new(Work::new(settler, charge, *begun)));
            }
            Ok(Started::Before(run)) => match before(settler, &charge, run).await {
                Err(not) => return not_begun(settler, &charge, not).await,
                Ok(Before::Anew) => {
                    key = charge
                        .key
                        .as_ref()
                        .map(|key| Key { key: format!("{}~{n}", key.key), ..*key });
                }
                Ok(Before::Watched) => {
                    settler.counts.went_on_undecided();
                    return Beginning::Undecided;
                }
                Ok(Before::Refused(trouble, under)) => return Beginning::Refused(*trouble, under),
            },
            Err(not) => return not_begun(settler, &charge, not).await,
        }
    }
    Beginning::Refused(Trouble::refused(&Refused::KeyReused, None), None)
}

/// A run that is asked for under a key.
enum Started {
    Now(Box<Begun>),
    /// The key was used, for this run.
    Before(RunId),
}

async fn start(settler: &Settler, charge: &Charge, key: Option<Key>) -> Result<Started, NotBegun> {
    let told = Arc::new(OnceLock::new());
    let tell = Arc::clone(&told);
    let act = Act::StartRun(Box::new(charge.request.clone()));
    let answers = act.clone();
    let render: Render = Box::new(move |done| {
        if let Some(begun) = begun(done) {
            let _ = tell.set(begun);
        }
        let body = answer::text(&done.desk, done.customer, &answers, done.answer, Reader::Product);
        Ok(Reply { status: answer::status(&answers), body })
    });
    let ask = Ask {
        environment: charge.environment,
        whose: Whose::Customer(charge.customer.clone()),
        doing: Doing::Act(act),
        by: charge.by.clone(),
        only_if: None,
        key,
        render: Some(render),
    };
    let answered = settler.start(ask, charge).await?;
    if let Some(begun) = Arc::into_inner(told).and_then(OnceLock::into_inner) {
        return Ok(Started::Now(Box::new(begun)));
    }
    run_of(&answered).map(Started::Before).ok_or_else(|| Refused::KeyReused.into())
}

/// What stands of a run right after it began.
fn begun(done: &Done<'_>) -> Option<Begun> {
    let run = done.answer.run?;
    let card = done.desk.run_card(run, Reader::Product)?;
    let known = done.customer.runs.get(&run)?;
    let contract = done.desk.terms().contract;
    let action = contract.actions.get(&known.action)?;
    let abandoned = action.outcomes.of(Outcome::Abandoned);
    Some(Begun {
        run,
        kind: card.kind,
        mode: card.mode,
        price: card.price,
        available: card.wallet.available,
        would: card.would,
        contract: card.contract.to_string(),
        abandoned_charges: abandoned != Treatment::Free,
        on_your_key: known.on_your_key,
        is_over: card.status != RunStatus::Held,
        time: seconds(action.too_slow_after),
        more_time: (known.latest_at > known.expires_at).then_some(MoreTime {
            length: action.too_slow_after,
            latest: seconds(contract.failures.at_latest),
        }),
        retries: contract.failures.retries,
    })
}

/// The run that an answer given before is about.
fn run_of(answered: &Answered) -> Option<RunId> {
    let body = serde_json::from_str::<serde_json::Value>(&answered.reply.as_ref()?.body).ok()?;
    RunId::parse(body.get("run")?.as_str()?)
}

/// What became of the run that a key was used for before.
enum Before {
    /// It was free in the end: the key begins a new one.
    Anew,
    /// Its mode blocks nothing.
    Watched,
    Refused(Box<Trouble>, Option<Under>),
}

/// What to do with a key that was used; Err: that cannot be told now.
async fn before(settler: &Settler, charge: &Charge, run: RunId) -> Result<Before, NotBegun> {
    let whose = Whose::Run(run, Some(charge.customer.clone()));
    let view = settler.view(charge.environment, whose).await?;
    let under = || Under::of(&view, charge);
    let Some(known) = view.customer.runs.get(&run) else { return Ok(Before::Anew) };
    // What holds now decides whether anything is stopped.
    let is_watched = under().is_some_and(|under| under.mode != Mode::Enforce);
    let refused = |trouble| Ok(Before::Refused(Box::new(trouble), under()));
    let Some(end) = &known.end else {
        return if is_watched { Ok(Before::Watched) } else { refused(Trouble::in_progress()) };
    };
    if known.mode != Mode::Enforce && !is_watched {
        // Nothing was charged or refused then.
        return Ok(Before::Anew);
    }
    let book = match known.mode {
        Mode::Enforce => &view.customer.real,
        _ => view.customer.shadow_book(),
    };
    let kept = matches!(end.outcome, Outcome::Delivered | Outcome::Partial);
    let charged = book.legs.get(&run).is_some_and(|leg| leg.charged().is_positive());
    if !charged && !kept || known.kind == RunKind::Reopened {
        return Ok(Before::Anew);
    }
    if is_watched {
        return Ok(Before::Watched);
    }
    let reader = if charge.tells_operator { Reader::Product } else { Reader::Customer };
    let receipt = view.desk().ok().and_then(|desk| desk.receipt(run, reader));
    refused(Trouble::done_before(receipt.as_ref()))
}

/// What did not begin. Where nothing is enforced nothing is stopped either, whatever is wrong: with the
/// store, which is not the customer's fault, or with the request, which may be right for today's billing.
async fn not_begun(settler: &Settler, charge: &Charge, not: NotBegun) -> Beginning {
    let NotBegun { why, mode } = not;
    let mode = match mode {
        Some(mode) => mode,
        None => {
            let action = &charge.request.action;
            settler.mode_of(charge.environment, &charge.customer, action).await
        }
    };
    let action = &charge.request.action;
    if mode != Mode::Enforce {
        settler.counts.went_on_undecided();
        tracing::warn!(%action, customer = %charge.customer, %why, "went on undecided");
        return Beginning::Undecided;
    }
    if why.is_away() {
        settler.counts.refused_away();
        return Beginning::Refused(Trouble::away(), None);
    }
    let under = match &why {
        Refused::Denied(_, view) => Under::of(view, charge),
        _ => {
            let whose = Whose::Customer(charge.customer.clone());
            let view = settler.view(charge.environment, whose).await;
            view.ok().and_then(|view| Under::of(&view, charge))
        }
    };
    Beginning::Refused(Trouble::refused(&why, Some(&charge.request)), under)
}
