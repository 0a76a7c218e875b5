//! The layer: any service becomes charged by outcome.
//!
//! A request is asked for as a run before the service sees it ([`begin`]); its answer is watched as it
//! passes ([`body`]); however it ends, also when the customer goes away, its end is told by a task that
//! outlives the request ([`work`], [`settle`]). [`Charging::run`] is that whole way; [`ChargeLayer`] is
//! the same for tower services. Nothing here knows a price, a plan or a route.
//!
//! [`begin`]: self
//! [`body`]: Body
//! [`work`]: self
//! [`settle`]: Settler

mod begin;
mod body;
mod calls;
mod charge;
pub mod headers;
mod native;
mod rounds;
mod settle;
mod spool;
mod today;
mod tower;
mod turns;
mod work;

pub use begin::Begun;
pub use body::{Body, Source};
pub use charge::{Charge, Judge, Seen};
pub use settle::{Counted, Patience, Settled, Settler, Settling, Stop};
pub use spool::Spool;
pub use tower::{ChargeLayer, Charged};

use crate::engine::Probity;
use crate::environment::Environment;
use crate::problem::Trouble;
use crate::usage::{self, End, Protocol, Verdict};
use begin::{Beginning, Under, begin};
use body::How;
use bytes::Bytes;
use calls::Calls;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, Response, StatusCode};
use probity_core::Name;
use probity_core::contract::{Mode, Outcome};
use probity_core::entry::RunKind;
use std::sync::Arc;
use work::Work;

/// What charges requests. Clones are the same.
#[derive(Clone, Debug)]
pub struct Charging {
    settler: Arc<Settler>,
}

/// Why whoever does the work has no answer.
#[derive(Clone, Debug)]
pub struct NoAnswer {
    /// How it ended.
    pub end: End,
    /// What the customer is told.
    pub trouble: Trouble,
    /// How the run ended, where that is known better than `end` says; never so that it charges.
    pub verdict: Option<Verdict>,
}

impl Charging {
    /// On this engine, ends of runs being spooled in a folder while the store is away. Within a
    /// runtime; the other half waits, at the end, until everything under way is told.
    #[must_use]
    pub fn new(probity: Probity, spool: Option<Spool>) -> (Self, Stop) {
        Self::waiting(probity, spool, Patience::default())
    }

    /// The same, waiting for the store as long as is said.
    #[must_use]
    pub fn waiting(probity: Probity, spool: Option<Spool>, patience: Patience) -> (Self, Stop) {
        let (settler, stop) = Settler::new(probity, spool, patience);
        (Self { settler }, stop)
    }

    /// What it has done so far.
    #[must_use]
    pub fn counted(&self) -> Counted {
        self.settler.counted()
    }

    /// Charges one request: asks for its run, has the work done with the headers that it gets, and
    /// watches the answer. What was refused is answered without the work being done.
    pub async fn run<B, F>(&self, charge: Charge, work: impl FnOnce(Told) -> F) -> Response<Body<B>>
    where
        B: Source,
        F: Future<Output = Result<Response<B>, NoAnswer>> + Send,
    {
        let (protocol, takes_verdict) = (charge.protocol, charge.takes_verdict);
        let refused = |trouble| native::response(protocol, trouble).map(Body::whole);
        match begin(&self.settler, charge).await {
            Beginning::Refused(trouble, under) => {
                let mut answer = refused(trouble);
                if let Some(Under { action, mode, contract }) = under {
                    headers::tell_terms(answer.headers_mut(), &action, mode, &contract);
                }
                answer
            }
            Beginning::Undecided => match work(Told::default()).await {
                Ok(answer) => undecided(protocol, takes_verdict, answer),
                Err(no) => refused(no.trouble),
            },
            Beginning::Run(begun) => self.watch(*begun, work).await,
        }
    }

    /// Is the action enforced for a customer; for anybody, where it is not known for whom? Where it is
    /// not, nothing is stopped; where that cannot be told, it is.
    pub async fn is_enforced(
        &self,
        environment: Environment,
        customer: Option<&Name>,
        action: &Name,
    ) -> bool {
        let settler = &self.settler;
        match customer {
            Some(customer) => settler.mode_of(environment, customer, action).await == Mode::Enforce,
            None => settler.is_enforced_for_anybody(environment, action).await,
        }
    }

    /// We are about to stop: whoever is cut off from now on has not left, and pays nothing for it.
    pub fn ends(&self) {
        self.settler.ends();
    }

    /// The answer to a request that could not be asked for as a run, and went on all the same: what a
    /// backend tells of it is taken out. It is counted.
    pub fn went_on_undecided<B: Source>(
        &self,
        protocol: Protocol,
        answer: Response<B>,
    ) -> Response<Body<B>> {
        self.settler.counts.went_on_undecided();
        undecided(protocol, !protocol.is_native(), answer)
    }

    async fn watch<B, F>(&self, mut work: Work, call: impl FnOnce(Told) -> F) -> Response<Body<B>>
    where
        B: Source,
        F: Future<Output = Result<Response<B>, NoAnswer>> + Send,
    {
        let Some((begun, charge)) = work.about() else {
            return Trouble::stopped().into_response().map(Body::whole);
        };
        let refused = |trouble| native::response(charge.protocol, trouble).map(Body::whole);
        let is_enforced = begun.mode == Mode::Enforce;
        if begun.kind == RunKind::Reopened && charge.is_native() && is_enforced {
            // An AI provider keeps nothing that it could serve again.
            let mut answer = refused(Trouble::done_before(None).with("run", begun.run));
            headers::tell_customer(answer.headers_mut(), &begun, &charge, None);
            return answer;
        }
        match call(Told { begun: Some(begun.clone()), calls: work.calls() }).await {
            Ok(answer) => {
                let (mut head, body) = answer.into_parts();
                let verdict =
                    headers::take_verdict(&mut head.headers).filter(|_| charge.takes_verdict);
                let today = today::take(&mut head.headers, head.status, is_enforced)
                    .filter(|_| charge.takes_verdict);
                headers::strip(&mut head.headers);
                let reopened = (begun.kind == RunKind::Reopened).then_some(Outcome::Reopened);
                let outcome = reopened.or(verdict.as_ref().map(|verdict| verdict.outcome));
                work.answered(&head, verdict, today, body.is_end_stream());
                let how = how(&charge, &head.headers);
                headers::tell_customer(&mut head.headers, &begun, &charge, outcome);
                if !how.is_unchanged {
                    head.headers.remove(CONTENT_LENGTH);
                }
                Response::from_parts(head, Body::watched(body, work, how))
            }
            Err(NoAnswer { end, trouble, verdict }) => {
                let verdict = verdict.filter(|verdict| verdict.outcome.never_charges());
                let outcome = verdict.as_ref().map_or(Outcome::Failed, |verdict| verdict.outcome);
                work.not_reached(end, verdict);
                let _ = work.end(end).await;
                let mut answer = refused(trouble);
                headers::tell_customer(answer.headers_mut(), &begun, &charge, Some(outcome));
                answer
            }
        }
    }
}

/// An answer about which nothing is decided.
fn undecided<B: Source>(
    protocol: Protocol,
    takes_verdict: bool,
    answer: Response<B>,
) -> Response<Body<B>> {
    let (mut head, body) = answer.into_parts();
    headers::strip(&mut head.headers);
    let tells = takes_verdict && is_stream(&head.headers);
    let reading = tells.then(|| work::reading(&head, protocol, false, false));
    if reading.is_some() {
        head.headers.remove(CONTENT_LENGTH);
    }
    Response::from_parts(head, Body::undecided(body, reading))
}

/// Does it come as events?
fn is_stream(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    usage::is_event_stream(kind)
}

fn how(charge: &Charge, headers: &HeaderMap) -> How {
    let is_stream = is_stream(headers);
    How {
        protocol: charge.protocol,
        idle: charge.idle,
        is_stream,
        takes_verdict: charge.takes_verdict,
        // A stream may be shorter than it said, or be made shorter: it ends where it ends.
        is_unchanged: !is_stream,
        has_length: !is_stream && headers.contains_key(CONTENT_LENGTH),
    }
}

/// What whoever does the work is told.
#[derive(Clone, Debug, Default)]
pub struct Told {
    begun: Option<Begun>,
    calls: Calls,
}

impl Told {
    /// The run; None where nothing is decided about the request.
    #[must_use]
    pub const fn begun(&self) -> Option<&Begun> {
        self.begun.as_ref()
    }

    /// Puts it in the headers of the request, and takes out whatever of the kind stands there.
    pub fn put(&self, headers: &mut HeaderMap) {
        match &self.begun {
            Some(begun) => headers::tell_worker(headers, begun),
            None => headers::strip(headers),
        }
    }

    /// A call of this run was answered with this status, came to nothing, and is repeated: it stands in
    /// the books of cost beside the one that counts.
    pub fn repeats(&self, status: StatusCode) {
        self.calls.failed(status);
    }

    /// Its calls are made with the customer's own AI key, or not any more: the books of cost say so.
    pub fn on_their_key(&self, are: bool) {
        self.calls.on_their_key(are);
    }
}

/// A refusal in the shape that a client of this protocol understands.
#[must_use]
pub fn refusal(protocol: Protocol, trouble: Trouble) -> Response<Bytes> {
    native::response(protocol, trouble)
}
