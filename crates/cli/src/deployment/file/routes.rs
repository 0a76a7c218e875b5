//! `gateway` and its routes: each key read, and what a route's keys must be together.

use super::checks::{self, Written};
use super::headers::{self, For};
use super::keys::{BY_HEADER, FORWARD, GATEWAY, ROUTE, SOURCE, TIMES, UPSTREAM_KEY};
use super::literals::{ADDRESS, HEADER, MATCH, POINTER, PROVIDER, SIZE, TIME, UPSTREAM, VARIABLE};
use super::rules::{one_of, rule};
use super::words::{Spoken, Token, Whereabouts};
use crate::deployment::problems::Problem as Deployed;
use crate::deployment::secrets::begins_like_one;
use crate::deployment::{
    Forward, From_, Gateway, LARGEST_BODY, Match, Route, Segment, Times, Upstream, Whose,
};
use axum::http::HeaderName;
use probity::Environment;
use probity::usage::Protocol;
use probity_core::Name;
use probity_core::contract::Contract;
use probity_core::contract::file::Problem;
use probity_core::contract::file::reading::{
    Kind, Literal, Node, Reader, Section, Value, listed, quoted,
};
use std::net::SocketAddr;
use std::time::Duration;

/// Reads `gateway`. What could not be read has been reported.
pub(super) fn gateway(
    r: &mut Reader<'_>,
    node: &Node,
    contract: Option<&Contract>,
) -> Option<Gateway> {
    let s = Section::open(r, node, &GATEWAY)?;
    let listen = s.literal(r, "listen", &ADDRESS);
    let environment = s.word::<Whereabouts>(r, "environment").map(|word| word.0);
    // A route with a problem is still compared with the others.
    let mut written = Vec::new();
    s.get(r, "routes", |r, node| {
        r.list(node, |r, item| {
            let route = route(r, item);
            Some(route.map(|route| Written { node: item, route }))
        })
        .map(|routes| written.extend(routes.into_iter().flatten()))
    });
    let at = s.at("listen");
    checks::together(r, &written, listen.zip(at), contract);
    Some(Gateway {
        listen: listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8787))),
        environment: environment.unwrap_or(Environment::Live),
        routes: written.into_iter().map(|written| written.route).collect(),
    })
}

/// What decides, and so has no place beside `free: true`.
const DECIDING: [&str; 11] = [
    "action",
    "customer",
    "artifact",
    "model",
    "quantity",
    "member",
    "inputs",
    "outcome",
    "provider",
    "takes_own_keys",
    "retries",
];

/// The provider whose protocol it is.
fn known(protocol: Protocol) -> Option<Name> {
    let name = match protocol {
        Protocol::Http => return None,
        Protocol::OpenaiChat | Protocol::OpenaiResponses => "openai",
        Protocol::Anthropic => "anthropic",
        Protocol::Gemini => "gemini",
    };
    Some(Name::new(name))
}

fn route(r: &mut Reader<'_>, node: &Node) -> Option<Route> {
    let s = Section::open(r, node, &ROUTE)?;
    let matches = s.literal(r, "match", &MATCH);
    let upstream = s.get(r, "upstream", upstream);
    let protocol = s.word::<Spoken>(r, "protocol").map(|word| word.0).unwrap_or_default();
    let free = s.get(r, "free", |r, node| r.switch(node));
    let action = s.name(r, "action", Kind::Action);
    let customer = s.get(r, "customer", customer);
    let path = matches.as_ref();
    let source = |r: &mut Reader<'_>, key| s.get(r, key, |r, node| source(r, node, path));
    let [artifact, model, quantity, member] =
        ["artifact", "model", "quantity", "member"].map(|key| source(r, key));
    let inputs = s.named(r, "inputs", Kind::Input, |r, _, node| self::source(r, node, path));
    let outcome = s.get(r, "outcome", |r, node| r.list(node, rule)).unwrap_or_default();
    let key = s.get(r, "upstream_key", upstream_key);
    let provider = s.literal(r, "provider", &PROVIDER).or_else(|| known(protocol));
    let takes_own_keys = s.get(r, "takes_own_keys", |r, node| r.switch(node)).unwrap_or(false);
    let forward = s.get(r, "forward", forward).unwrap_or_default();
    let times = s.get(r, "times", times).unwrap_or_default();
    let retries = s.count(r, "retries").unwrap_or(0);
    let largest_body = s.literal(r, "largest_body", &SIZE).unwrap_or(LARGEST_BODY);
    if free.is_some() || s.at("free").is_none() {
        decides_or_is_free(r, &s, node, free.unwrap_or(false));
    }
    one_key(r, &s, &forward);
    if takes_own_keys && provider.is_none() && s.at("provider").is_none() {
        let message = "`provider` is missing from a route that takes own keys.";
        let fix = "Say whose keys it takes: add a line such as `provider: openai`.";
        r.report(Problem::MissingKey, s.near("takes_own_keys"), message, fix);
    }
    Some(Route {
        matches: matches?,
        upstream: upstream?,
        protocol,
        action,
        customer: customer.unwrap_or(Whose::Token),
        artifact,
        model,
        quantity,
        member,
        inputs: inputs.unwrap_or_default(),
        outcome,
        key,
        provider,
        takes_own_keys,
        forward,
        times,
        retries,
        largest_body,
    })
}

/// Either something is decided, and then for somebody, or `free: true` says that nothing is.
fn decides_or_is_free(r: &mut Reader<'_>, s: &Section<'_>, node: &Node, free: bool) {
    if free {
        let beside: Vec<&str> =
            DECIDING.iter().copied().filter(|key| s.at(key).is_some()).collect();
        if let Some(first) = beside.first() {
            let message = format!("The route is free, and has {}.", listed(beside.iter().copied()));
            let fix = "Delete `free`, or what is asked of nobody.";
            r.contradiction(s.near(first), s.at("free"), message, fix);
        }
        return;
    }
    let missing = |r: &mut Reader<'_>, key: &str, example: &str| {
        if is_misspelt(r, node, key) {
            return;
        }
        let message = format!("`{key}` is missing from a route.");
        let fix = format!(
            "Add a line such as `{key}: {example}`; or `free: true`, where nothing is to be decided."
        );
        r.report(Problem::MissingKey, s.near("match"), message, fix);
    };
    if s.at("action").is_none() {
        missing(r, "action", "tailor_document");
    }
    if s.at("customer").is_none() {
        missing(r, "customer", "{ header: x-customer-id }");
    }
}

/// Has the route a key that was surely meant to be this one? It is told already.
fn is_misspelt(r: &Reader<'_>, node: &Node, key: &str) -> bool {
    let Value::Map(map) = &node.value else { return false };
    let is_known = |name: &str| ROUTE.list.iter().any(|key| key.name == name);
    let mut unknown = map.entries().iter().filter(|entry| !is_known(&entry.key));
    unknown.any(|entry| r.closest(&entry.key, [key]).is_some())
}

/// A client's own key for the upstream has no place beside ours.
fn one_key(r: &mut Reader<'_>, s: &Section<'_>, forward: &Forward) {
    let theirs = forward.request.iter().find(|name| headers::SECRETS[..].contains(&name.as_str()));
    if let (Some(theirs), Some(at)) = (theirs, s.at("upstream_key"))
        && theirs != "cookie"
    {
        let message = format!("Our key is attached, and the client's `{theirs}` is passed on.");
        let fix = "Delete one of them: the upstream takes one key.";
        r.contradiction(s.near("forward"), Some(at), message, fix);
    }
}

/// An address; one with a password in it is not repeated in what is said.
fn upstream(r: &mut Reader<'_>, node: &Node) -> Option<Upstream> {
    let scalar = r.scalar(node, UPSTREAM.form.says)?;
    let rest = scalar.text.split_once("://").map_or(scalar.text.as_str(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        let message = "The address has a user or a password in it.";
        let fix = "Delete what stands before the `@`; name our key under `upstream_key`.";
        r.report(Deployed::SecretInTheFile, node, message, fix);
        return None;
    }
    r.literal(node, &UPSTREAM)
}

/// `{ env: NAME }`; a key that stands there itself is not repeated in what is said.
fn upstream_key(r: &mut Reader<'_>, node: &Node) -> Option<String> {
    if let Value::Scalar(scalar) = &node.value {
        if is_a_secret(&scalar.text) {
            secret(r, node);
        } else {
            let fix =
                "Write `{ env: NAME }` with the name of the environment variable that has it.";
            r.wrong_shape(node, "a section", fix);
        }
        return None;
    }
    let s = Section::open(r, node, &UPSTREAM_KEY)?;
    s.get(r, "env", |r, node| match &node.value {
        Value::Scalar(scalar) if is_a_secret(&scalar.text) => {
            secret(r, node);
            None
        }
        _ => r.literal(node, &VARIABLE),
    })
}

fn secret(r: &mut Reader<'_>, node: &Node) {
    let message = "A key itself stands here, it seems.";
    let fix = "Take it out, make a new one, and write the name of the variable that has it: \
               `{ env: OPENAI_API_KEY }`.";
    r.report(Deployed::SecretInTheFile, node, message, fix);
}

/// Long or beginning like one, without spaces, and not the name of a variable.
fn is_a_secret(text: &str) -> bool {
    let is_name = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let text = text.strip_prefix("Bearer ").unwrap_or(text);
    let is_long = text.len() >= 20;
    (is_long || begins_like_one(text))
        && !text.contains(char::is_whitespace)
        && !text.starts_with('$')
        && !is_name
}

fn customer(r: &mut Reader<'_>, node: &Node) -> Option<Whose> {
    if let Value::Scalar(scalar) = &node.value {
        if (HEADER.read)(&scalar.text).is_ok() && scalar.text.contains('-') {
            let message = format!("{} stands alone, and is no word.", quoted(&scalar.text));
            let fix = format!(
                "Write `{{ header: {} }}` for the header of this name, or `token` for customer tokens.",
                scalar.text
            );
            r.report(Problem::UnknownWord, node, message, fix);
            return None;
        }
        return r.word::<Token>(node).map(|_| Whose::Token);
    }
    let s = Section::open(r, node, BY_HEADER)?;
    s.get(r, "header", |r, node| {
        let header = r.literal(node, &HEADER)?;
        headers::may_stand(r, node, header, For::Books).map(Whose::Header)
    })
}

/// Where in a request something stands.
fn source(r: &mut Reader<'_>, node: &Node, matches: Option<&Match>) -> Option<From_> {
    let s = Section::open(r, node, &SOURCE)?;
    let body = s.literal(r, "body", &POINTER).map(From_::Body);
    let header = s.get(r, "header", |r, node| {
        let header = r.literal(node, &HEADER)?;
        headers::may_stand(r, node, header, For::Books).map(From_::Header)
    });
    let piece = s.name(r, "path", Kind::New("piece"));
    if let (Some(piece), Some(matches)) = (&piece, matches) {
        in_the_path(r, s.near("path"), piece, matches);
    }
    one_of(r, &s, &SOURCE, &["body", "header", "path"])?;
    body.or(header).or_else(|| piece.map(|piece| From_::Path(piece.as_str().to_owned())))
}

fn in_the_path(r: &mut Reader<'_>, node: &Node, piece: &str, matches: &Match) {
    let names: Vec<&str> = matches
        .path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Named { name, .. } => Some(name.as_str()),
            Segment::Fixed(_) | Segment::Rest => None,
        })
        .collect();
    if names.contains(&piece) {
        return;
    }
    let message = format!("The path of this route has no `{{{piece}}}`.");
    let fix = match r.closest(piece, names.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None if names.is_empty() => format!("Write `{{{piece}}}` for that piece under `match`."),
        None => format!("It has {}; name one, or write `{{{piece}}}` there.", listed(names)),
    };
    r.report(Deployed::NoSuchPiece, node, message, fix);
}

fn forward(r: &mut Reader<'_>, node: &Node) -> Option<Forward> {
    let s = Section::open(r, node, &FORWARD)?;
    let headers = |r: &mut Reader<'_>, key| -> Vec<HeaderName> {
        let read = s.get(r, key, |r, node| {
            r.list(node, |r, item| {
                let header = r.literal(item, &HEADER)?;
                headers::may_stand(r, item, header, For::PassingOn)
            })
        });
        read.unwrap_or_default()
    };
    Some(Forward { request: headers(r, "request"), response: headers(r, "response") })
}

fn times(r: &mut Reader<'_>, node: &Node) -> Option<Times> {
    let s = Section::open(r, node, &TIMES)?;
    let time = |r: &mut Reader<'_>, key, otherwise: Duration| {
        let form: &Literal<Duration> = &TIME;
        s.literal(r, key, form).unwrap_or(otherwise)
    };
    Some(Times {
        connect: time(r, "connect", Times::DEFAULT.connect),
        first_byte: time(r, "first_byte", Times::DEFAULT.first_byte),
        idle: time(r, "idle", Times::DEFAULT.idle),
    })
}
