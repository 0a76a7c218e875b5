//! Writes on their way to the engine: an order is what one request asks it to do.

use super::app::{App, Caller};
use super::asked::Asked;
use super::problem::Trouble;
use probity::answer::{self, Reply};
use probity::engine::{Answered, Ask, Doing, OnlyIf, Pending, Refused, Render, Whose};
use probity_core::command::{Act, RunRequest};
use probity_core::view::Reader;
use serde_json::Value;
use tokio::time::Instant;

/// What one request asks the engine to do.
pub(crate) struct Order {
    pub(crate) whose: Whose,
    pub(crate) doing: Doing,
    pub(crate) only_if: Option<OnlyIf>,
    pub(crate) render: Render,
    /// The run that is asked for, to explain a denial.
    request: Option<Box<RunRequest>>,
}

impl Order {
    /// A command, answered in its public shape.
    pub(crate) fn act(whose: Whose, act: Act, reader: Reader) -> Self {
        let told = act.clone();
        let render: Render = Box::new(move |done| {
            let body = answer::text(&done.desk, done.customer, &told, done.answer, reader);
            Ok(Reply { status: answer::status(&told), body })
        });
        Self::rendered(whose, act, render)
    }

    fn rendered(whose: Whose, act: Act, render: Render) -> Self {
        let request = match &act {
            Act::StartRun(request) => Some(request.clone()),
            _ => None,
        };
        Self { whose, doing: Doing::Act(act), only_if: None, render, request }
    }

    /// The same, with something done to the answer.
    pub(crate) fn told(
        whose: Whose,
        act: Act,
        reader: Reader,
        tell: impl FnOnce(Value) -> Value + Send + 'static,
    ) -> Self {
        let told = act.clone();
        let render: Render = Box::new(move |done| {
            let body = answer::body(&done.desk, done.customer, &told, done.answer, reader);
            Ok(Reply { status: answer::status(&told), body: tell(body).to_string() })
        });
        Self::rendered(whose, act, render)
    }

    /// Anything else.
    pub(crate) fn of(whose: Whose, doing: Doing, render: Render) -> Self {
        Self { whose, doing, only_if: None, render, request: None }
    }

    /// Something that is told and kept, and nothing in the books.
    pub(crate) fn tell(whose: Whose, reply: Reply) -> Self {
        Self::of(whose, Doing::Tell, Box::new(move |_| Ok(reply)))
    }
}

/// A write that is queued.
pub(crate) struct Queued {
    since: Instant,
    pending: Result<Pending<Answered>, Refused>,
    request: Option<Box<RunRequest>>,
    key: Option<(Whose, String)>,
}

/// A write that was answered.
pub(crate) struct Wrote {
    pub(crate) reply: Reply,
    pub(crate) replayed: bool,
}

impl App {
    /// Queues an order: the engine takes orders in the order of these calls.
    pub(crate) fn queue(&self, asked: &Asked, order: Order) -> Queued {
        let key = asked.key.as_ref().map(|key| (order.whose.clone(), key.key.clone()));
        let ask = Ask {
            environment: asked.caller.environment,
            whose: order.whose,
            doing: order.doing,
            by: asked.caller.actor.clone(),
            only_if: order.only_if,
            key: asked.key.clone(),
            render: Some(order.render),
        };
        let (since, pending) = (asked.since, self.probity.ask(ask));
        Queued { since, pending, request: order.request, key }
    }

    /// Waits until it is answered, and durable.
    pub(crate) async fn answer(&self, caller: &Caller, queued: Queued) -> Result<Wrote, Trouble> {
        let Queued { since, pending, request, key } = queued;
        let environment = caller.environment;
        let in_use = key.as_ref().map(|(whose, key)| (whose, key.as_str()));
        let waited = self.in_flight.wait(environment, in_use, since, pending?).await?;
        let answered = waited.map_err(|r| Trouble::refused(&r, request.as_deref()))?;
        let reply = answered.reply.ok_or_else(Trouble::unknown)?;
        let body = self.sign(environment, reply.body);
        let reply = Reply { status: reply.status, body };
        Ok(Wrote { reply, replayed: answered.replayed })
    }

    /// Waits for what an environment was told.
    pub(crate) async fn told(
        &self,
        asked: &Asked,
        pending: Result<Pending<Answered>, Refused>,
    ) -> Result<Wrote, Trouble> {
        let key = asked.key.as_ref().map(|key| (Whose::nobody(), key.key.clone()));
        self.answer(&asked.caller, Queued { since: asked.since, pending, request: None, key }).await
    }

    /// What is wrong with a request is told, unless its key was used before: then the answer it got.
    pub(crate) async fn wrong(&self, asked: &Asked, trouble: Trouble) -> Result<Wrote, Trouble> {
        self.answered_before(asked).await?.ok_or(trouble)
    }

    /// The answer to a key, if it was used before.
    pub(crate) async fn answered_before(&self, asked: &Asked) -> Result<Option<Wrote>, Trouble> {
        let caller = &asked.caller;
        let (Some(whose), Some(key)) = (asked.scope(self), &asked.key) else { return Ok(None) };
        let ask = Ask {
            environment: caller.environment,
            whose,
            doing: Doing::LookUp,
            by: caller.actor.clone(),
            only_if: None,
            key: Some(key.clone()),
            render: None,
        };
        let pending = self.probity.ask(ask)?;
        match self.in_flight.wait(caller.environment, None, asked.since, pending).await? {
            Ok(Answered { reply: Some(reply), replayed: true, .. }) => {
                let body = self.sign(caller.environment, reply.body);
                Ok(Some(Wrote { reply: Reply { status: reply.status, body }, replayed: true }))
            }
            Ok(_) | Err(Refused::Problem(_) | Refused::Denied(..)) => Ok(None),
            // Where it cannot be known, what is wrong with the request is not told in its place.
            Err(refused) => Err(refused.into()),
        }
    }
}
