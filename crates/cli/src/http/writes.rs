//! Writes: each request becomes one order for the engine, some after a look at the state.

use super::app::App;
use super::asked::Asked;
use super::order::Order;
use super::problem::Trouble;
use super::random;
use super::routes::Later;
use super::shape::Invalid;
use super::token::Token;
use super::wire::{credits, customers, runs};
use probity::answer::{Reply, to_json};
use probity::engine::{Doing, Render, Whose};
use probity_core::command::{Act, CapChanges, RunRequest};
use probity_core::decide::Problem;
use probity_core::quote::Quote;
use probity_core::state::Customer;
use probity_core::time::TimeUnit;
use probity_core::{Amount, Length, Name, RunId};
use serde_json::{Value, json};

type Ordered = Result<Order, Trouble>;

/// An order about the customer in the path.
fn about_customer(asked: &Asked, act: Act) -> Ordered {
    Ok(Order::act(Whose::Customer(asked.customer()?), act, asked.caller.reader()))
}

/// An order about the run in the path.
fn about_run(asked: &Asked, act: impl FnOnce(RunId) -> Act) -> Ordered {
    let run = asked.run()?;
    Ok(Order::act(asked.of_run(run), act(run), asked.caller.reader()))
}

pub(super) fn put_customer(_: &App, asked: &Asked) -> Ordered {
    let body = asked.body()?;
    let id = asked.id(0);
    if !probity_core::id::is_caller_id(id) {
        let why = "an id has 1 to 128 of A-Z a-z 0-9 . _ : @ -";
        return Err(Invalid::new("id", why).into());
    }
    let doing = Doing::Put(customers::new(body), customers::changes(body));
    let render: Render = Box::new(|done| {
        let mut card = to_json(&done.desk.card());
        card["wallet"] = to_json(&done.desk.wallet_line());
        Ok(Reply { status: if done.opened { 201 } else { 200 }, body: card.to_string() })
    });
    Ok(Order::of(Whose::Customer(Name::new(id)), doing, render))
}

/// The longest that a token lasts, and what it lasts where nothing is said.
const HOUR: Length = Length::new(1, TimeUnit::Hour);

pub(super) fn token(_: &App, asked: &Asked) -> Ordered {
    let body = asked.body()?;
    let lasts = body.length("lasts").unwrap_or(HOUR);
    let seconds = lasts.roughly_seconds();
    if seconds == 0 || seconds > HOUR.roughly_seconds() {
        return Err(Invalid::new("lasts", "more than nothing, at most 1 hour").into());
    }
    let (customer, member) = (asked.customer()?, body.name("member"));
    let environment = asked.caller.environment;
    let render: Render = Box::new(move |done| {
        let known = |id: &Name| done.customer.members.iter().any(|member| member.id == *id);
        if member.as_ref().is_some_and(|id| !known(id)) {
            return Err(Problem::NotFound { what: "member" });
        }
        let expires_at = done.now.plus_seconds(seconds);
        let customer = done.customer.id.clone();
        let token = Token { environment, customer, member, expires_at };
        // Signed on its way out: what opens anything is never kept.
        let body = json!({ "token": token.unsigned(), "expires_at": expires_at });
        Ok(Reply { status: 201, body: body.to_string() })
    });
    Ok(Order::of(Whose::Customer(customer), Doing::Tell, render))
}

/// A quote by its signed text.
pub(super) fn opened(app: &App, asked: &Asked, text: &str) -> Result<Quote, Trouble> {
    let quote = app.quote(asked.caller.environment, text);
    quote.ok_or_else(|| Trouble::of(&Problem::QuoteInvalid))
}

pub(super) fn confirm(app: &App, asked: &Asked) -> Ordered {
    asked.body()?;
    let text = asked.id(0).to_owned();
    let quote = opened(app, asked, &text)?;
    let whose = asked.caller.customer(&quote.customer);
    let whose = whose.map_err(|_| Trouble::not_found("quote"))?;
    let act = Act::ConfirmQuote { quote: Box::new(quote) };
    Ok(Order::told(Whose::Customer(whose), act, asked.caller.reader(), |mut body| {
        body["quote"] = Value::String(text);
        body
    }))
}

/// The run that is asked for, with the quote it names.
pub(super) fn run_request(
    app: &App,
    asked: &Asked,
    body: super::read::Read<'_>,
) -> Result<RunRequest, Trouble> {
    let mut request = runs::request(body);
    if let Some(text) = body.text("quote") {
        let quote = opened(app, asked, text)?;
        if request.action.is_empty() {
            request.action = quote.action.clone();
        }
        request.quote = Some(Box::new(quote));
    } else if request.action.is_empty() {
        return Err(Invalid::new("action", "is missing: say which action").into());
    }
    if let Some(member) = asked.caller.member() {
        match &request.member {
            Some(named) if named != member => return Err(Trouble::forbidden()),
            _ => request.member = Some(member.clone()),
        }
    }
    if asked.caller.bound.is_some() && request.confirmed {
        return Err(Trouble::forbidden());
    }
    Ok(request)
}

pub(super) fn start(app: &App, asked: &Asked) -> Ordered {
    let body = asked.body()?;
    let whose = asked.customer_in(body)?;
    let report_fields = ["parts", "arrived", "reason", "attempts"];
    if let Some(field) = report_fields.into_iter().find(|field| body.is(field))
        && !body.is("outcome")
    {
        return Err(Invalid::new(field, "belongs to an `outcome`").into());
    }
    let request = run_request(app, asked, body)?;
    let act = Act::StartRun(Box::new(request));
    Ok(Order::act(Whose::Customer(whose), act, asked.caller.reader()))
}

pub(super) fn settle(_: &App, asked: &Asked) -> Ordered {
    let report = runs::report(asked.body()?, "quantity");
    let report = report.ok_or_else(|| Invalid::new("outcome", "is missing"))?;
    about_run(asked, |run| Act::Settle { run, report })
}

pub(super) fn release(_: &App, asked: &Asked) -> Ordered {
    asked.body()?;
    about_run(asked, |run| Act::Release { run })
}

pub(super) fn extend(_: &App, asked: &Asked) -> Ordered {
    let length = asked.body()?.length("for");
    let length = length.ok_or_else(|| Invalid::new("for", "is missing"))?;
    about_run(asked, |run| Act::Extend { run, length })
}

pub(super) fn refund(_: &App, asked: &Asked) -> Ordered {
    let body = asked.body()?;
    let (amount, reason) = (body.credits("amount"), body.string("reason"));
    about_run(asked, |run| Act::Refund { run, amount, reason })
}

pub(super) fn correct(_: &App, asked: &Asked) -> Ordered {
    let report = runs::report(asked.body()?, "quantity");
    let report = report.ok_or_else(|| Invalid::new("outcome", "is missing"))?;
    about_run(asked, |run| Act::Correct { run, report })
}

pub(super) fn attempts(_: &App, asked: &Asked) -> Ordered {
    let attempts = runs::attempts(asked.body()?);
    about_run(asked, |run| Act::Attempts { run, attempts })
}

pub(super) fn question(app: &App, asked: &Asked) -> Ordered {
    let text = asked.body()?.string("text").unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Invalid::new("text", "say what is wrong").into());
    }
    let run = asked.run()?;
    let id = random::id("q_", app.clock()).map_err(|_| Trouble::stopped())?;
    let reply = Reply { status: 202, body: json!({ "question": id }).to_string() };
    let doing = Doing::Question { id, run, text };
    Ok(Order::of(asked.of_run(run), doing, Box::new(move |_| Ok(reply))))
}

/// What is said to a question; where none is named, to the last one about the run.
pub(super) fn reply<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Order> {
    Box::pin(async move {
        let body = asked.body()?;
        let text = body.string("text").unwrap_or_default();
        if text.trim().is_empty() {
            return Err(Invalid::new("text", "say what you found").into());
        }
        let (run, wanted) = (asked.run()?, body.text("question"));
        let (_, questions) = super::reads::questions_about(app, asked, run).await?;
        let is_wanted = |id: &Name| wanted.is_none_or(|wanted| wanted == id.as_str());
        let found = questions.into_iter().rev().find(|asked| is_wanted(&asked.question.id));
        let question = found.ok_or_else(|| Trouble::not_found("question"))?.question.id;
        let reply = Reply { status: 201, body: json!({ "question": question }).to_string() };
        let doing = Doing::Reply { question, run, text };
        Ok(Order::of(asked.of_run(run), doing, Box::new(move |_| Ok(reply))))
    })
}

pub(super) fn grant(_: &App, asked: &Asked) -> Ordered {
    about_customer(asked, credits::grant(asked.body()?))
}

pub(super) fn top_up(_: &App, asked: &Asked) -> Ordered {
    let act = credits::top_up(asked.body()?);
    let act = act.ok_or_else(|| {
        Invalid::new("paid", "a decimal string and a currency: \"10.00\" and \"USD\"")
    })?;
    about_customer(asked, act)
}

pub(super) fn claw_back(_: &App, asked: &Asked) -> Ordered {
    about_customer(asked, credits::claw_back(asked.id(1), asked.body()?))
}

pub(super) fn renew(_: &App, asked: &Asked) -> Ordered {
    let payment = asked.body()?.name("payment");
    about_customer(asked, Act::Renew { payment })
}

pub(super) fn caps(_: &App, asked: &Asked) -> Ordered {
    let changes = customers::caps(asked.body()?);
    let mut order = about_customer(asked, Act::SetCaps(changes.clone()))?;
    if let Some(member) = asked.caller.member().cloned() {
        order.only_if = Some(Box::new(move |customer| only_lowers(customer, &member, &changes)));
    }
    Ok(order)
}

/// A member may only lower their own cap.
fn only_lowers(customer: &Customer, member: &Name, changes: &CapChanges) -> Result<(), Problem> {
    let CapChanges { month, members, auto_top_up } = changes;
    let before = customer.caps.members.get(member).copied().unwrap_or(Amount::MAX);
    let lowers =
        |(id, cap): (&Name, &Option<Amount>)| id == member && cap.is_some_and(|cap| cap <= before);
    if month.is_none() && auto_top_up.is_none() && members.iter().all(lowers) {
        return Ok(());
    }
    Err(Problem::Forbidden)
}

pub(super) fn override_terms(_: &App, asked: &Asked) -> Ordered {
    let body = asked.body()?;
    let terms = customers::override_terms(body)?;
    // The answer says the terms as they were sent.
    let sent = body.0.clone();
    let customer = Whose::Customer(asked.customer()?);
    Ok(Order::told(customer, Act::Override(terms), asked.caller.reader(), |mut answer| {
        if let Value::Object(answer) = &mut answer {
            answer.remove("terms");
            for (name, value) in sent {
                answer.entry(name).or_insert(value);
            }
        }
        answer
    }))
}

pub(super) fn pause(_: &App, asked: &Asked) -> Ordered {
    let reason = asked.body()?.string("reason").unwrap_or_default();
    about_customer(asked, Act::Pause { reason })
}

/// An artifact's pause is lifted by its action, which is found where only one has it.
pub(super) fn resume<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Order> {
    Box::pin(async move {
        let body = asked.body()?;
        let customer = asked.customer()?;
        let item = match (body.name("artifact"), body.name("action")) {
            (None, None) => None,
            (None, Some(_)) => {
                return Err(Invalid::new("artifact", "say which artifact of the action").into());
            }
            (Some(artifact), Some(action)) => Some((action, artifact)),
            (Some(artifact), None) => {
                let action = action_of(app, asked, &customer, &artifact).await?;
                Some((action, artifact))
            }
        };
        Ok(Order::act(Whose::Customer(customer), Act::Resume { item }, asked.caller.reader()))
    })
}

/// The action that an artifact failed in.
async fn action_of(
    app: &App,
    asked: &Asked,
    customer: &Name,
    artifact: &Name,
) -> Result<Name, Trouble> {
    let whose = Whose::Customer(customer.clone());
    let view = app.probity.view(asked.caller.environment, whose)?.await?;
    let items = view.customer.items.iter();
    let failed = items.filter(|(key, item)| key.artifact() == artifact && item.fails > 0);
    let actions: Vec<Name> = failed.map(|(key, _)| key.action().clone()).collect();
    match actions.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(Trouble::not_found("artifact")),
        _ => Err(Invalid::new("action", "several have this artifact: say which").into()),
    }
}
