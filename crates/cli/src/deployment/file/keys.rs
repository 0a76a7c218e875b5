//! The keys of `probity.yaml`, as tables: what reads the file also makes its schema and its reference.

use super::literals::{
    ADDRESS, CREDITS, HEADER, IS, MATCH, POINTER, PROVIDER, SIZE, STATUS, TIME, UPSTREAM, VARIABLE,
};
use super::words::{Ends, Spoken, Token, Whereabouts};
use probity_core::contract::file::reading::{Key, Keys, Kind, Shape, Word};

/// Where the rules of a deployment stand.
const RULE: &str = "The gateway";

const fn key(name: &'static str, shape: Shape, summary: &'static str) -> Key {
    Key::new(name, shape, RULE, summary)
}

/// The whole file.
pub(super) static DEPLOYMENT: Keys = Keys {
    of: "a deployment",
    list: &[
        key("gateway", Shape::Keys(&GATEWAY), "What stands in front of a backend or a provider.")
            .default("no calls are taken for others"),
        key("stripe", Shape::Keys(&STRIPE), "What is sold with Stripe, and what its events bring.")
            .default("what payments say of themselves, with secrets from the environment"),
    ],
};

/// `stripe`.
pub(super) static STRIPE: Keys = Keys {
    of: "`stripe`",
    list: &[
        key(
            "signing_secrets",
            Shape::Keys(&SIGNING),
            "What the events of each environment's endpoint are signed with.",
        )
        .default("PROBITY_STRIPE_SIGNING_SECRET and PROBITY_STRIPE_SIGNING_SECRET_SANDBOX"),
        key(
            "prices",
            Shape::Named(PRICE, &Shape::Keys(&BRINGS)),
            "What Stripe's prices bring, by their ids.",
        )
        .example("{ price_1NXq: { plan: pro } }"),
        key(
            "without_subscription",
            Shape::Name(Kind::Plan),
            "The plan of whoever has no subscription any more, from the end of their period on.",
        )
        .default("the contract's `new_customers`; without it they stay on theirs")
        .example("discovery"),
    ],
};

/// What an id of `prices` is.
pub(super) const PRICE: Kind = Kind::Foreign("price of Stripe");

/// `signing_secrets`.
pub(super) static SIGNING: Keys = Keys {
    of: "`signing_secrets`",
    list: &[
        key(
            "live",
            Shape::List(&Shape::Keys(&SECRET)),
            "Of the endpoint for real money; several while one is replaced.",
        )
        .example("[{ env: STRIPE_SIGNING_SECRET }]"),
        key("sandbox", Shape::List(&Shape::Keys(&SECRET)), "Of the endpoint for test mode.")
            .example("[{ env: STRIPE_SANDBOX_SIGNING_SECRET }]"),
    ],
};

/// One signing secret.
pub(super) static SECRET: Keys = Keys {
    of: "a signing secret",
    list: &[
        key("env", Shape::Literal(VARIABLE.form), "The environment variable that has it.")
            .example("STRIPE_SIGNING_SECRET"),
        key("file", Shape::Text, "The file that has it, and nothing else.")
            .example("stripe.secret"),
    ],
};

/// What a price brings.
pub(super) static BRINGS: Keys = Keys {
    of: "a price of Stripe",
    list: &[
        key("credits", Shape::Number(CREDITS.form), "So many credits, each time it is paid.")
            .example("100"),
        key("plan", Shape::Name(Kind::Plan), "This plan, for as long as it is subscribed to.")
            .example("pro"),
    ],
};

/// `gateway`.
pub(super) static GATEWAY: Keys = Keys {
    of: "`gateway`",
    list: &[
        key("listen", Shape::Literal(ADDRESS.form), "Where calls come in.")
            .required()
            .example("127.0.0.1:8787"),
        key("environment", Shape::Word(Whereabouts::words), "In whose books runs are kept.")
            .default("live")
            .example("sandbox"),
        key(
            "routes",
            Shape::List(&Shape::Keys(&ROUTE)),
            "What calls are; the first route that matches takes the call, and what none matches is \
             refused with 404.",
        )
        .required(),
    ],
};

/// An item of `routes`.
pub(super) static ROUTE: Keys = Keys {
    of: "a route",
    list: &[
        key(
            "match",
            Shape::Literal(MATCH.form),
            "Which calls: a method, or none for all, and a path.",
        )
        .required()
        .example("POST /api/documents/tailor"),
        key("upstream", Shape::Literal(UPSTREAM.form), "Who does the work: where calls go on to.")
            .required()
            .example("http://127.0.0.1:3000"),
        key("protocol", Shape::Word(Spoken::words), "How the upstream tells that its work ended.")
            .default("http")
            .example("openai_chat"),
        key("action", Shape::Name(Kind::Action), "The action of the contract that such a call is.")
            .default("only with `free: true`")
            .example("tailor_document"),
        key("free", Shape::Switch, "Calls pass through: nothing is asked, held or counted.")
            .default("false")
            .example("true"),
        key(
            "customer",
            Shape::Either(&[Shape::Word(Token::words), Shape::Keys(&CUSTOMER)]),
            "By what the customer is known: a header of the product's front, or a customer token.",
        )
        .default("only with `free: true`")
        .example("{ header: x-customer-id }"),
        key("artifact", Shape::Keys(&SOURCE), "What the run is made for.")
            .default("none is named")
            .example("{ body: /document_id }"),
        key("model", Shape::Keys(&SOURCE), "The model asked for.")
            .default("what the protocol says; the action's own")
            .example("{ body: /model }"),
        key("quantity", Shape::Keys(&SOURCE), "How many units are asked for.")
            .default("the most is held")
            .example("{ body: /pages }"),
        key("member", Shape::Keys(&SOURCE), "Who of the customer's people asks.")
            .default("nobody is named")
            .example("{ header: x-member-id }"),
        key(
            "inputs",
            Shape::Named(Kind::Input, &Shape::Keys(&SOURCE)),
            "Where what the action needs stands; what is not there or empty is not given.",
        )
        .default("none are given")
        .example("{ source_document: { body: /text } }"),
        key(
            "outcome",
            Shape::List(&Shape::Keys(&OUTCOME)),
            "How a run ended; the first that holds is the one, after the backend's own verdict.",
        )
        .default("the protocol's classifier, then the status"),
        key("upstream_key", Shape::Keys(&UPSTREAM_KEY), "Our key for the upstream.")
            .default("none is attached")
            .example("{ env: OPENAI_API_KEY }"),
        key(
            "provider",
            Shape::Literal(PROVIDER.form),
            "Whose keys customers have for it, where they have keys of their own.",
        )
        .default("openai, anthropic or gemini, by the protocol")
        .example("azure"),
        key(
            "takes_own_keys",
            Shape::Switch,
            "Customers' own AI keys go to this upstream, though it is not their provider's own host.",
        )
        .default("false: only to api.openai.com, api.anthropic.com and Gemini's")
        .example("true"),
        key("forward", Shape::Keys(&FORWARD), "Headers passed on besides those that always are."),
        key("times", Shape::Keys(&TIMES), "How long the upstream is waited for."),
        key(
            "retries",
            Shape::Whole(0, 10),
            "How often a call is repeated, as long as nothing of an answer came: it was not \
             connected, or an AI provider said that it had too much to do or failed. Never more often \
             than the contract's `failures.retries`; the run is one, and each call stands in its costs.",
        )
        .default("0: clients of AI providers repeat calls themselves")
        .example("2"),
        key(
            "largest_body",
            Shape::Literal(SIZE.form),
            "The most that is taken of a request's body.",
        )
        .default("10 MiB")
        .example("32 MiB"),
    ],
};

static CUSTOMER: Keys = Keys {
    of: "`customer`",
    list: &[key("header", Shape::Literal(HEADER.form), "The header that has the customer's id.")
        .required()
        .example("x-customer-id")],
};

/// What says where in a request something stands.
pub(super) static SOURCE: Keys = Keys {
    of: "a place in the request",
    list: &[
        key("body", Shape::Literal(POINTER.form), "In the JSON body, by a JSON pointer.")
            .example("/document/id"),
        key("header", Shape::Literal(HEADER.form), "In a header.").example("x-document-id"),
        key("path", Shape::Name(Kind::New("piece")), "A `{piece}` of the path.")
            .example("document"),
    ],
};

/// `customer`, where it is a section.
pub(super) static BY_HEADER: &Keys = &CUSTOMER;

/// An item of `outcome`.
pub(super) static OUTCOME: Keys = Keys {
    of: "a rule of `outcome`",
    list: &[
        key("when", Shape::Keys(&WHEN), "What must be so.")
            .required()
            .example("{ body: /result, is: empty }"),
        key("then", Shape::Word(Ends::words), "How the run ended then.")
            .required()
            .example("empty"),
        key("parts", Shape::Keys(&ANSWERED), "Where the answer says how many parts there are.")
            .default("only with `then: partial`")
            .example("{ body: /found }"),
        key("reason", Shape::Text, "What the receipt says of it.")
            .default("nothing")
            .example("no rows matched"),
    ],
};

/// `when`.
pub(super) static WHEN: Keys = Keys {
    of: "`when`",
    list: &[
        key("body", Shape::Literal(POINTER.form), "A value of the answer's JSON body.")
            .example("/result"),
        key("header", Shape::Literal(HEADER.form), "A header of the answer.").example("x-cache"),
        key("status", Shape::Number(STATUS.form), "The answer's status.").example("4xx"),
        key(
            "is",
            Shape::Either(&[Shape::Switch, Shape::Number(IS.form)]),
            "What it must be: `empty` ([], {}, \"\", null or not there), `missing`, `present`, or a \
             text, number, true or false; one of these three words as a text stands in quotes.",
        )
        .default("only with `status`")
        .example("empty"),
    ],
};

/// `parts`: where in an answer something stands.
pub(super) static ANSWERED: Keys = Keys {
    of: "`parts`",
    list: &[
        key("body", Shape::Literal(POINTER.form), "In the answer's JSON body.").example("/found"),
        key("header", Shape::Literal(HEADER.form), "In a header of the answer.").example("x-found"),
    ],
};

/// `upstream_key`.
pub(super) static UPSTREAM_KEY: Keys = Keys {
    of: "`upstream_key`",
    list: &[key(
        "env",
        Shape::Literal(VARIABLE.form),
        "The environment variable that has the key.",
    )
    .required()
    .example("OPENAI_API_KEY")],
};

/// `forward`.
pub(super) static FORWARD: Keys = Keys {
    of: "`forward`",
    list: &[
        key(
            "request",
            Shape::List(&Shape::Literal(HEADER.form)),
            "From the client to the upstream.",
        )
        .example("[x-tenant]"),
        key(
            "response",
            Shape::List(&Shape::Literal(HEADER.form)),
            "From the upstream to the client.",
        )
        .example("[x-cache]"),
    ],
};

/// `times`.
pub(super) static TIMES: Keys = Keys {
    of: "`times`",
    list: &[
        key("connect", Shape::Literal(TIME.form), "Until it takes the connection.")
            .default("10 seconds")
            .example("5 seconds"),
        key("first_byte", Shape::Literal(TIME.form), "Until its answer begins.")
            .default("2 minutes")
            .example("30 seconds"),
        key("idle", Shape::Literal(TIME.form), "Between two pieces of its answer.")
            .default("2 minutes")
            .example("1 minute"),
    ],
};
