//! Every route: what it does, who may, what it takes and gives. One table, from which requests are
//! routed and the OpenAPI and the page of documentation are made.

use super::app::{App, Caller};
use super::asked::Asked;
use super::problem::Trouble;
use super::shape::{Field, Shape};
use super::wire::answers as a;
use super::wire::{self, credits, customers, events, publish, runs, webhooks as hooks};
use super::{
    batch, contracts, events as streams, margin, metrics, my, open, order, own_keys,
    publish as publishes, reads, reports, sandbox, shadow, statement, stripe, terms, webhooks,
    writes,
};
use axum::body::Body;
use axum::http::{HeaderMap, Response};
use probity::answer::Reply;
use std::pin::Pin;
use std::sync::Arc;

/// What comes of a read, later.
pub(crate) type Answering<'a> = Later<'a, Reply>;
/// Something later, or a refusal.
pub(crate) type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + Send + 'a>>;
/// A request becomes an order.
pub(crate) type Order = fn(&App, &Asked) -> Result<order::Order, Trouble>;
/// The same, where something has to be read first.
pub(crate) type LaterOrder = for<'a> fn(&'a App, &'a Asked) -> Later<'a, order::Order>;
/// A request is answered.
pub(crate) type Read = for<'a> fn(&'a App, &'a Asked) -> Answering<'a>;
/// A request is answered, perhaps as one before.
pub(crate) type Told = for<'a> fn(&'a App, &'a Asked) -> Later<'a, order::Wrote>;
/// A request is answered bit by bit.
pub(crate) type Stream =
    for<'a> fn(&'a Arc<App>, &'a Asked, &'a HeaderMap) -> Later<'a, Response<Body>>;
/// A request is answered by a sheet that is written while it is read.
pub(crate) type Sheet = for<'a> fn(&'a App, &'a Asked) -> Later<'a, Response<Body>>;
/// A request by anybody is answered.
pub(crate) type Open =
    for<'a> fn(&'a App, Option<Caller>, Vec<String>) -> Later<'a, Response<Body>>;

/// What somebody else signed is answered.
pub(crate) type Signed = for<'a> fn(&'a App, Sent<'a>) -> Later<'a, Reply>;

/// What somebody else signed, as it came.
#[derive(Clone, Copy)]
pub(crate) struct Sent<'a> {
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anybody.
    Anyone,
    /// A secret key, or a customer token.
    Customer,
    /// A secret key.
    Key,
}

/// What a route does.
#[derive(Clone, Copy)]
pub(crate) enum Does {
    /// A write.
    Write(Order),
    /// A write that reads something first.
    WriteLater(LaterOrder),
    /// Something that is worked out, and kept as the answer to its key.
    Keyed(Read),
    /// Something that an environment is told, its key the environment's own.
    Own(Told),
    /// A read.
    Read(Read),
    /// A read that goes on.
    Stream(Stream),
    /// Something for anybody.
    Open(Open),
    /// A page of the customer's own; it holds nothing of anybody.
    Page,
    /// What somebody else tells, who signs it.
    Signed(Signed),
}

impl std::fmt::Debug for Does {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("does")
    }
}

/// One route.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) says: &'static str,
    pub(crate) who: Who,
    pub(crate) does: Does,
    pub(crate) query: &'static [Field],
    pub(crate) body: Option<&'static Shape>,
    /// The status when it went well, another one it may be, and the answer.
    pub(crate) status: &'static [u16],
    pub(crate) answer: Option<&'static Shape>,
    /// Its body holds what must be kept nowhere.
    pub(crate) has_secret: bool,
    /// For anybody, but a key is looked at where one is sent.
    pub(crate) takes_key: bool,
    /// The same as a sheet in CSV, where that is asked for.
    pub(crate) sheet: Option<Sheet>,
}

impl Route {
    const fn new(method: &'static str, path: &'static str, who: Who, does: Does) -> Self {
        Self {
            method,
            path,
            says: "",
            who,
            does,
            query: &[],
            body: None,
            status: &[200],
            answer: None,
            has_secret: false,
            takes_key: false,
            sheet: None,
        }
    }

    const fn says(mut self, says: &'static str) -> Self {
        self.says = says;
        self
    }

    const fn takes(mut self, body: &'static Shape) -> Self {
        self.body = Some(body);
        self
    }

    const fn asks(mut self, query: &'static [Field]) -> Self {
        self.query = query;
        self
    }

    const fn gives(mut self, status: &'static [u16], answer: &'static Shape) -> Self {
        self.status = status;
        self.answer = Some(answer);
        self
    }

    const fn redirects(mut self) -> Self {
        self.status = &[302];
        self
    }

    const fn or_unchanged(mut self) -> Self {
        self.status = &[200, 304];
        self
    }

    const fn with_secret(mut self) -> Self {
        self.has_secret = true;
        self
    }

    const fn with_sheet(mut self, sheet: Sheet) -> Self {
        self.sheet = Some(sheet);
        self
    }

    const fn with_key(mut self) -> Self {
        self.takes_key = true;
        self
    }
}

const fn read(path: &'static str, who: Who, read: Read) -> Route {
    Route::new("GET", path, who, Does::Read(read))
}

const fn write(method: &'static str, path: &'static str, who: Who, order: Order) -> Route {
    Route::new(method, path, who, Does::Write(order))
}

/// What an environment is told, by a secret key.
const fn own(method: &'static str, path: &'static str, told: Told) -> Route {
    Route::new(method, path, Key, Does::Own(told))
}

const fn page(path: &'static str, open: Open) -> Route {
    Route::new("GET", path, Who::Anyone, Does::Open(open))
}

/// A page of the customer's own.
const fn mine(path: &'static str) -> Route {
    Route::new("GET", path, Who::Anyone, Does::Page)
}

/// The route of a method and a path.
pub(crate) fn find(method: &str, path: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.method == method && route.path == path)
}

use Who::{Customer, Key};

/// All of them.
pub(crate) static ROUTES: &[Route] = &[
    write("PUT", "/v1/customers/{id}", Key, writes::put_customer)
        .says("Create or change a customer.")
        .takes(&customers::CUSTOMER)
        .gives(&[201, 200], &a::CUSTOMER),
    read("/v1/customers", Key, reports::customers)
        .says("Every customer, in the order of their ids.")
        .asks(wire::PAGE)
        .gives(&[200], &a::CUSTOMERS),
    read("/v1/customers/{id}", Customer, reads::customer)
        .says("Who a customer is.")
        .gives(&[200], &a::CUSTOMER),
    write("POST", "/v1/customers/{id}/tokens", Key, writes::token)
        .says("A customer token for a browser: one customer, at most an hour.")
        .takes(&customers::TOKEN)
        .gives(&[201], &a::TOKEN),
    read("/v1/customers/{id}/wallet", Customer, reads::wallet)
        .says("Balance, held, available, owed, grants, allowances and caps.")
        .gives(&[200], &a::WALLET),
    read("/v1/customers/{id}/prices", Customer, terms::prices)
        .says("Every action with its price, what allows or forbids it, words for its button.")
        .asks(wire::PRICES)
        .gives(&[200], &a::PRICES),
    read("/v1/customers/{id}/terms", Customer, terms::page)
        .says("What a customer agreed to, and what is changing: their own bill, and every choice.")
        .gives(&[200], &a::TERMS),
    read("/v1/customers/{id}/runs", Customer, reads::runs)
        .says("A customer's receipts, the newest first, also of runs that cost nothing.")
        .asks(wire::PAGE)
        .gives(&[200], &a::RUNS),
    read("/v1/customers/{id}/statement", Customer, statement::page)
        .says("What happened to a customer's credits, the newest first; in JSON, or whole in CSV.")
        .asks(wire::STATEMENT)
        .gives(&[200], &a::STATEMENT)
        .with_sheet(statement::sheet),
    read("/v1/customers/{id}/entries", Key, reads::entries)
        .says("A customer's books, by `seq`.")
        .asks(wire::AFTER)
        .gives(&[200], &a::ENTRIES),
    Route::new("GET", "/v1/customers/{id}/events", Customer, Does::Stream(streams::of_customer))
        .says("What happens to a customer, as server-sent events; as JSON a list of what did.")
        .asks(events::OF_CUSTOMER)
        .gives(&[200], &events::EVENTS),
    write("POST", "/v1/customers/{id}/grants", Key, writes::grant)
        .says("Give credits: a gift, or goodwill.")
        .takes(&credits::GRANT)
        .gives(&[201], &a::GRANT),
    write("POST", "/v1/customers/{id}/top-ups", Key, writes::top_up)
        .says("Book credits that were bought; unique by payment.")
        .takes(&credits::TOP_UP)
        .gives(&[201], &a::GRANT),
    write("POST", "/v1/customers/{id}/top-ups/{payment}/claw-back", Key, writes::claw_back)
        .says("A payment was taken back, or unused credits are given back for money.")
        .takes(&credits::CLAW_BACK)
        .gives(&[200], &a::CLAW_BACK),
    write("POST", "/v1/customers/{id}/renewals", Key, writes::renew)
        .says("A period was paid for.")
        .takes(&credits::RENEWAL)
        .gives(&[200], &a::RENEWAL),
    write("PUT", "/v1/customers/{id}/caps", Customer, writes::caps)
        .says("Set the customer's own caps; a member's token only lowers its own.")
        .takes(&customers::CAPS)
        .gives(&[200], &a::CAPS),
    write("PUT", "/v1/customers/{id}/own-keys/{provider}", Key, own_keys::put)
        .says("Store the customer's own AI key: sealed, and never answered again.")
        .takes(&customers::OWN_KEY)
        .gives(&[200], &a::OWN_KEY)
        .with_secret(),
    read("/v1/customers/{id}/own-keys/{provider}", Key, own_keys::get)
        .says("Is the customer's own AI key kept, and does it work? Never the key.")
        .gives(&[200], &a::OWN_KEY_KEPT),
    write("DELETE", "/v1/customers/{id}/own-keys/{provider}", Key, own_keys::delete)
        .says("Forget the customer's own AI key.")
        .gives(&[200], &a::OWN_KEY),
    write("POST", "/v1/customers/{id}/overrides", Key, writes::override_terms)
        .says("Special terms for one customer, better than the plan, until a day.")
        .takes(&customers::OVERRIDE)
        .gives(&[201], &a::OVERRIDE),
    write("POST", "/v1/customers/{id}/pause", Key, writes::pause)
        .says("Stop this customer's runs.")
        .takes(&customers::PAUSE)
        .gives(&[200], &a::CUSTOMER),
    Route::new("POST", "/v1/customers/{id}/resume", Customer, Does::WriteLater(writes::resume))
        .says("Lift a pause: an operator's, an unusual day's, or that of one artifact.")
        .takes(&customers::RESUME)
        .gives(&[200], &a::CUSTOMER),
    Route::new("POST", "/v1/check", Customer, Does::Read(reads::check))
        .says("Would this be allowed, and at what price? No effect.")
        .takes(&runs::CHECK)
        .gives(&[200], &a::CHECK),
    Route::new("POST", "/v1/quotes", Customer, Does::Keyed(reads::quote))
        .says("A signed, binding price for one run.")
        .takes(&runs::QUOTING)
        .gives(&[201], &a::QUOTE),
    write("POST", "/v1/quotes/{quote}/confirm", Customer, writes::confirm)
        .says("Agree to a quote.")
        .takes(&wire::EMPTY)
        .gives(&[200], &a::CONFIRMED),
    write("POST", "/v1/runs", Key, writes::start)
        .says("Start a run: its credits are set aside. With `outcome`: hold and settle in one.")
        .takes(&runs::RUN)
        .gives(&[201], &a::RUN),
    read("/v1/runs/{id}", Customer, reads::run)
        .says("The receipt of a run, from its first answer on.")
        .gives(&[200], &a::RECEIPT),
    write("POST", "/v1/runs/{id}/settle", Key, writes::settle)
        .says("Report how a run ended: the contract decides what is taken.")
        .takes(&runs::SETTLE)
        .gives(&[200], &a::RECEIPT),
    write("POST", "/v1/runs/{id}/release", Key, writes::release)
        .says("Give the hold back whole.")
        .takes(&runs::RELEASE)
        .gives(&[200], &a::RECEIPT),
    write("POST", "/v1/runs/{id}/extend", Key, writes::extend)
        .says("More time, counted from now.")
        .takes(&runs::EXTEND)
        .gives(&[200], &a::EXTENDED),
    write("POST", "/v1/runs/{id}/refund", Key, writes::refund)
        .says("Give back all or part of what was charged.")
        .takes(&runs::REFUND)
        .gives(&[200], &a::RECEIPT),
    write("POST", "/v1/runs/{id}/correct", Key, writes::correct)
        .says("It ended otherwise after all: towards the customer only.")
        .takes(&runs::CORRECT)
        .gives(&[200], &a::RECEIPT),
    write("POST", "/v1/runs/{id}/question", Customer, writes::question)
        .says("\"This is wrong\": a question about a receipt.")
        .takes(&runs::QUESTION)
        .gives(&[202], &a::QUESTION),
    Route::new("POST", "/v1/runs/{id}/answer", Key, Does::WriteLater(writes::reply))
        .says("Answer a question about a receipt; the receipt shows it to the customer.")
        .takes(&runs::REPLY)
        .gives(&[201], &a::QUESTION),
    write("POST", "/v1/runs/{id}/attempts", Key, writes::attempts)
        .says("Late usage: the cost book only.")
        .takes(&runs::LATE)
        .gives(&[200], &a::ATTEMPTS),
    Route::new("POST", "/v1/batch", Key, Does::Read(batch::batch))
        .says("Up to 1,000 writes, in order, not atomic.")
        .takes(&runs::BATCH)
        .gives(&[200], &a::BATCH),
    read("/v1/idempotency/{key}", Key, reads::idempotency)
        .says("What was answered to a key within the last 7 days, asked through the writer.")
        .asks(wire::OF_CUSTOMER)
        .gives(&[200], &a::IDEMPOTENCY),
    page("/v1/contract", open::contract)
        .says("The contract in force, in plain words; without a key: live; with a token: their version.")
        .gives(&[200], &a::CONTRACT)
        .with_key(),
    read("/v1/contracts", Key, contracts::list)
        .says("Every version that was published.")
        .asks(wire::PAGE)
        .gives(&[200], &a::CONTRACTS),
    read("/v1/contracts/latest", Key, contracts::latest)
        .says("The texts of the contract and its operations, as they were published last.")
        .gives(&[200], &a::LATEST),
    Route::new("POST", "/v1/contracts", Key, Does::Own(publishes::publish))
        .says("Publish a version, a revision of operations, or both: lint, diff, notice.")
        .asks(wire::DRY_RUN)
        .takes(&publish::CONTRACT)
        .gives(&[201, 200], &a::PUBLISHING),
    read("/v1/reports/exceptions", Key, reports::exceptions)
        .says("What needs a person, the newest first: whose, which run, how much, what to do.")
        .asks(wire::EXCEPTIONS)
        .gives(&[200], &a::EXCEPTIONS),
    read("/v1/reports/shadow", Key, shadow::report)
        .says("What was watched in shadow: would-be charges and refusals, beside today's billing.")
        .asks(wire::SHADOW)
        .gives(&[200], &a::SHADOW),
    read("/v1/reports/shadow/runs", Key, shadow::runs)
        .says("The runs of the shadow report, the newest first.")
        .asks(wire::WATCHED)
        .gives(&[200], &a::WATCHED),
    read("/v1/reports/shadow/runs/{id}", Key, shadow::words)
        .says("What a customer would have read of a run, if it had been enforced.")
        .gives(&[200], &a::WATCHED_WORDS),
    read("/v1/reports/margin", Key, margin::margin)
        .says("What runs cost and brought, by action and plan, against what was reckoned.")
        .asks(wire::MARGIN)
        .gives(&[200], &a::MARGINS),
    own("POST", "/v1/webhook-endpoints", webhooks::add)
        .says("Send events to an address, signed; the secret that verifies them is shown once.")
        .takes(&hooks::NEW)
        .gives(&[201], &hooks::ENDPOINT),
    read("/v1/webhook-endpoints", Key, webhooks::list)
        .says("Where events are sent.")
        .gives(&[200], &hooks::ENDPOINTS),
    read("/v1/webhook-endpoints/{id}", Key, webhooks::get)
        .says("One endpoint.")
        .gives(&[200], &hooks::ENDPOINT),
    own("PUT", "/v1/webhook-endpoints/{id}", webhooks::put)
        .says("Change where an endpoint is, or which events it takes.")
        .takes(&hooks::CHANGES)
        .gives(&[200], &hooks::ENDPOINT),
    own("DELETE", "/v1/webhook-endpoints/{id}", webhooks::remove)
        .says("Remove an endpoint, with what was still to be sent there.")
        .gives(&[200], &hooks::ENDPOINT),
    own("POST", "/v1/webhook-endpoints/{id}/rotate", webhooks::rotate)
        .says("A new secret, shown once; the old one signs beside it for a while.")
        .takes(&hooks::ROTATE)
        .gives(&[200], &hooks::ENDPOINT),
    own("POST", "/v1/webhook-endpoints/{id}/stop", webhooks::stop)
        .says("Send nothing there until it is started again; what waits keeps waiting.")
        .takes(&hooks::STOP)
        .gives(&[200], &hooks::ENDPOINT),
    own("POST", "/v1/webhook-endpoints/{id}/start", webhooks::start)
        .says("Send there again, what waited first.")
        .takes(&wire::EMPTY)
        .gives(&[200], &hooks::ENDPOINT),
    read("/v1/webhook-endpoints/{id}/deliveries", Key, webhooks::deliveries)
        .says("What was sent to an endpoint, or will be: tries, answers, the next try.")
        .asks(hooks::OF_DELIVERIES)
        .gives(&[200], &hooks::DELIVERIES),
    own("POST", "/v1/webhook-endpoints/{id}/replay", webhooks::replay)
        .says("Send events again: by their ids, from an instant on, or all that never arrived.")
        .takes(&hooks::REPLAY)
        .gives(&[200], &hooks::REPLAYED),
    Route::new("POST", "/v1/webhook-endpoints/{id}/test", Key, Does::Read(webhooks::test))
        .says("Send one event of type `webhook.test` at once, and say what came of it.")
        .takes(&wire::EMPTY)
        .gives(&[200], &hooks::TESTED),
    Route::new("POST", "/v1/stripe/webhook", Who::Anyone, Does::Signed(stripe::webhook))
        .says("What Stripe tells of payments, refunds, disputes and subscriptions; signed by it.")
        .takes(&wire::stripe::EVENT)
        .gives(&[200], &a::STRIPE),
    Route::new("POST", "/v1/sandbox/clock", Key, Does::Own(sandbox::clock))
        .says("Read the sandbox clock, or move it forward; answers when everything due is applied.")
        .takes(&publish::CLOCK)
        .gives(&[200], &a::CLOCK),
    Route::new("GET", "/v1/events", Key, Does::Stream(streams::of_everybody))
        .says("What happens to everybody, as server-sent events; as JSON a list of what did.")
        .asks(events::OF_EVERYBODY)
        .gives(&[200], &events::EVENTS),
    page("/v1/event-types", streams::types)
        .says("Every type of event, with its JSON Schema.")
        .gives(&[200], &events::EVENT_TYPES),
    page("/healthz", open::healthz).says("The process is there."),
    page("/readyz", open::readyz).says("It answers requests."),
    Route::new("GET", "/metrics", Key, Does::Read(metrics::metrics))
        .says("Counts of requests and of the engine's work, as Prometheus reads them."),
    page("/", open::home).says("Leads to `/docs`.").redirects(),
    page("/docs", open::docs).says("This API on a page."),
    page("/openapi.json", open::openapi).says("This API as OpenAPI 3.1."),
    page("/elements.js", open::elements)
        .says("The elements to embed in pages, as one script.")
        .or_unchanged(),
    mine("/my").says("Leads to `/my/wallet`; what follows `?` and `#` is kept.").redirects(),
    mine("/my/prices").says("The page of prices, for a customer.").or_unchanged(),
    mine("/my/wallet").says("The page of their wallet.").or_unchanged(),
    mine("/my/receipts").says("The page of their receipts.").or_unchanged(),
    mine("/my/limits").says("The page of their limits.").or_unchanged(),
    mine("/my/terms").says("The page of their terms.").or_unchanged(),
    page("/my.js", my::script).says("The script of these pages.").or_unchanged(),
    page("/my.css", my::style).says("How these pages look.").or_unchanged(),
    page("/problems", open::problems).says("Leads to all problems.").redirects(),
    page("/problems/{code}", open::problem).says("What a problem is, and what to do."),
];
