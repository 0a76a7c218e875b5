//! What several keys of a deployment must be together, and what the contract has to say to it.

use crate::deployment::problems::Problem;
use crate::deployment::{Match, Route, Scheme, Segment, Upstream, Whose};
use axum::http::Method;
use probity::usage::Protocol;
use probity_core::contract::file::reading::{Node, Reader};
use probity_core::contract::{Action, Contract};
use std::net::{IpAddr, SocketAddr};

/// A route with where it stands.
pub(super) struct Written<'t> {
    /// Its section.
    pub(super) node: &'t Node,
    /// What it says.
    pub(super) route: Route,
}

impl<'t> Written<'t> {
    /// The value of a key, or the route where it is not written: to point at.
    fn at(&self, key: &str) -> &'t Node {
        self.node.get(key).unwrap_or(self.node)
    }
}

/// Every check of the routes, alone, with each other, with `listen`, and with the contract.
pub(super) fn together(
    r: &mut Reader<'_>,
    routes: &[Written<'_>],
    listen: Option<(SocketAddr, &Node)>,
    contract: Option<&Contract>,
) {
    for (n, written) in routes.iter().enumerate() {
        reached(r, written, routes.get(..n).unwrap_or_default());
        in_the_open(r, written);
        likely_path(r, written);
        path_twice(r, written);
        free_with_our_key(r, written);
        token_without_key(r, written);
        free_way_around(r, written, routes.get(..n).unwrap_or_default());
        if let Some((listen, at)) = listen {
            calls_itself(r, written, listen, at);
        }
        let action = contract.zip(written.route.action.as_ref());
        if let Some(action) = action.and_then(|(contract, id)| contract.actions.get(id)) {
            as_the_action_needs(r, written, action);
        }
    }
    if let Some((listen, at)) = listen {
        anyone_is_anyone(r, routes, listen, at);
    }
}

fn warn(r: &mut Reader<'_>, problem: Problem, at: &Node, message: impl Into<String>, fix: &str) {
    let finding = r.findings.finding(problem, problem.severity(), at.shown(), message, fix);
    r.findings.push(finding);
}

/// Does a route above take every call of this one?
fn reached(r: &mut Reader<'_>, written: &Written<'_>, above: &[Written<'_>]) {
    let mine = &written.route.matches;
    let Some(other) = above.iter().find(|other| covers(&other.route.matches, mine)) else { return };
    let is_same = covers(mine, &other.route.matches);
    let (problem, message, fix) = if is_same {
        let message = "An earlier route takes the same calls.";
        (Problem::SameCalls, message, "Delete one of the two, or give it another path.")
    } else {
        let message = "An earlier route takes all of these calls.";
        (Problem::Shadowed, message, "Put this route above the other one.")
    };
    let at = written.at("match").shown();
    let finding = r
        .findings
        .finding(problem, problem.severity(), at, message, fix)
        .with_related(r.findings.place(other.at("match").shown()), "by this one");
    r.findings.push(finding);
}

/// Does every call that `other` matches match `one`, too?
fn covers(one: &Match, other: &Match) -> bool {
    if one.method.is_some() && one.method != other.method {
        return false;
    }
    let mut theirs = other.path.iter();
    for mine in &one.path {
        let covered = match (mine, theirs.next()) {
            (Segment::Rest, _) => return true,
            (_, None | Some(Segment::Rest)) => false,
            (Segment::Fixed(a), Some(Segment::Fixed(b))) => a == b,
            (Segment::Fixed(_), Some(Segment::Named { .. })) => false,
            (Segment::Named { end, .. }, Some(Segment::Fixed(text))) => {
                text.len() > end.len() && text.ends_with(end.as_str())
            }
            (Segment::Named { end, .. }, Some(Segment::Named { end: theirs, .. })) => {
                theirs.ends_with(end.as_str())
            }
        };
        if !covered {
            return false;
        }
    }
    theirs.next().is_none()
}

fn calls_itself(r: &mut Reader<'_>, written: &Written<'_>, listen: SocketAddr, at: &Node) {
    let upstream = &written.route.upstream;
    if upstream.port != listen.port() {
        return;
    }
    let here = listen.ip().is_loopback() || listen.ip().is_unspecified();
    let is_same = match upstream.host.parse::<IpAddr>() {
        Ok(ip) if ip.is_loopback() || ip.is_unspecified() => {
            here && (listen.ip().is_unspecified() || ip.is_unspecified() || ip == listen.ip())
        }
        Ok(ip) => ip == listen.ip(),
        Err(_) => here && is_on_this_machine(upstream),
    };
    if is_same {
        let message = format!("The upstream is where the gateway listens: {listen}.");
        let fix = "Give one of them another port.";
        let place = r.findings.place(at.shown());
        let finding = r
            .findings
            .finding(
                Problem::CallsItself,
                Problem::CallsItself.severity(),
                written.at("upstream").shown(),
                message,
                fix,
            )
            .with_related(place, "it listens here");
        r.findings.push(finding);
    }
}

/// Is it on this machine, so that nobody else is on the way?
fn is_on_this_machine(upstream: &Upstream) -> bool {
    match upstream.host.parse::<IpAddr>() {
        Ok(ip) => ip.is_loopback(),
        Err(_) => upstream.host == "localhost" || upstream.host.ends_with(".localhost"),
    }
}

fn in_the_open(r: &mut Reader<'_>, written: &Written<'_>) {
    let upstream = &written.route.upstream;
    if upstream.scheme == Scheme::Http && !is_on_this_machine(upstream) {
        let message =
            format!("{} is another machine, and is spoken to in the open.", upstream.host);
        let fix = "Write `https://`, or make sure that nobody else is on the way.";
        warn(r, Problem::InTheOpen, written.at("upstream"), message, fix);
    }
}

fn likely_path(r: &mut Reader<'_>, written: &Written<'_>) {
    let Match { method, path } = &written.route.matches;
    let ends_with = |ends: &[&str]| {
        let tail = path.len().checked_sub(ends.len()).and_then(|from| path.get(from..));
        let same =
            |(segment, end): (&Segment, &&str)| matches!(segment, Segment::Fixed(t) if t == end);
        tail.is_some_and(|tail| tail.iter().zip(ends).all(same))
    };
    let (likely, usual) = match written.route.protocol {
        Protocol::Http => return,
        Protocol::OpenaiChat => (ends_with(&["chat", "completions"]), "/v1/chat/completions"),
        Protocol::OpenaiResponses => (ends_with(&["responses"]), "/v1/responses"),
        Protocol::Anthropic => (ends_with(&["messages"]), "/v1/messages"),
        Protocol::Gemini => {
            let generates = |text: &str| {
                text.ends_with(":generateContent") || text.ends_with(":streamGenerateContent")
            };
            let likely = path.last().is_some_and(|last| match last {
                Segment::Fixed(text) | Segment::Named { end: text, .. } => generates(text),
                Segment::Rest => false,
            });
            (likely, "/v1beta/models/{model}:generateContent")
        }
    };
    if !likely || *method != Some(Method::POST) {
        let word = written.route.protocol.word();
        let message = format!("Calls of {word} are usually POST {usual}.");
        let fix = format!("Check it; write `POST {usual}`, or another `protocol`.");
        warn(r, Problem::UnlikelyPath, written.at("match"), message, &fix);
    }
}

/// Does the path of calls begin with what is put before it?
fn path_twice(r: &mut Reader<'_>, written: &Written<'_>) {
    let base: Vec<&str> =
        written.route.upstream.base.split('/').filter(|p| !p.is_empty()).collect();
    let Some(last) = base.last() else { return };
    let first = written.route.matches.path.first();
    let is_twice = |first: &Segment| match first {
        // Some clients say which version in the path: `/{version}/models/…`.
        Segment::Named { name, .. } => name == "version" && last.starts_with('v'),
        Segment::Fixed(text) => base.contains(&text.as_str()),
        Segment::Rest => false,
    };
    if first.is_some_and(is_twice) {
        let message = format!(
            "Calls go on to `{}` and then their own path, which begins with it.",
            written.route.upstream.base
        );
        let fix = format!("Delete `{}` from `upstream`.", written.route.upstream.base);
        warn(r, Problem::PathTwice, written.at("upstream"), message, &fix);
    }
}

fn free_with_our_key(r: &mut Reader<'_>, written: &Written<'_>) {
    if written.node.get("free").is_some()
        && written.route.action.is_none()
        && let (Some(_), Some(at)) = (&written.route.key, written.node.get("upstream_key"))
    {
        let message = "Calls pass through for nothing, and our key pays for them.";
        let fix = "Give the route an `action`, or delete `upstream_key`.";
        warn(r, Problem::FreeWithOurKey, at, message, fix);
    }
}

/// Has the provider no key, where the client's place for one has a token of ours?
fn token_without_key(r: &mut Reader<'_>, written: &Written<'_>) {
    let Route { protocol, customer, takes_own_keys, .. } = &written.route;
    if let Some(at) = written.node.get("customer")
        && *customer == Whose::Token
        && protocol.is_native()
        && !takes_own_keys
        && written.node.get("upstream_key").is_none()
    {
        let message = "Clients send a customer token, and the provider gets no key.";
        let fix = "Name our key for it, such as `upstream_key: { env: OPENAI_API_KEY }`.";
        warn(r, Problem::TokenWithoutKey, at, message, fix);
    }
}

/// Does a free route take near misses of a priced one above it?
fn free_way_around(r: &mut Reader<'_>, written: &Written<'_>, above: &[Written<'_>]) {
    let Route { matches, upstream, .. } = &written.route;
    let is_free = written.node.get("free").is_some() && written.route.action.is_none();
    if !is_free || !matches!(matches.path.last(), Some(Segment::Rest)) {
        return;
    }
    let anything = Match { method: None, path: matches.path.clone() };
    let is_priced = |other: &&Written<'_>| {
        let Route { action, matches, upstream: theirs, .. } = &other.route;
        action.is_some()
            && (&theirs.host, theirs.port) == (&upstream.host, upstream.port)
            && covers(&anything, matches)
    };
    if let Some(priced) = above.iter().find(is_priced) {
        let problem = Problem::FreeWayAround;
        let message = "Calls that are nearly those of a priced route pass through for nothing.";
        let fix = "Name the paths that are free, one route for each.";
        let at = written.at("match").shown();
        let finding = r
            .findings
            .finding(problem, problem.severity(), at, message, fix)
            .with_related(r.findings.place(priced.at("match").shown()), "this is priced");
        r.findings.push(finding);
    }
}

fn anyone_is_anyone(r: &mut Reader<'_>, routes: &[Written<'_>], listen: SocketAddr, at: &Node) {
    let named = |written: &&Written<'_>| matches!(written.route.customer, Whose::Header(_));
    if let Some(first) = routes.iter().find(named)
        && !listen.ip().is_loopback()
    {
        let message = "Others can reach this address, and a header says whose customer they are.";
        let fix = "Listen on 127.0.0.1 behind the product's front, or write `customer: token`.";
        let place = r.findings.place(first.at("customer").shown());
        let finding = r
            .findings
            .finding(
                Problem::AnyoneIsAnyone,
                Problem::AnyoneIsAnyone.severity(),
                at.shown(),
                message,
                fix,
            )
            .with_related(place, "whoever sets it is believed");
        r.findings.push(finding);
    }
}

fn as_the_action_needs(r: &mut Reader<'_>, written: &Written<'_>, action: &Action) {
    let at = written.at("action");
    let id = &action.id;
    if let Some(thing) = &action.same.once_per
        && written.node.get("artifact").is_none()
    {
        let message = format!("`{id}` is charged once per {thing}, and no `artifact` says which.");
        let fix = "Add where the request names it, such as `artifact: { body: /id }`.";
        r.report(Problem::NoArtifact, at, message, fix);
    }
    if action.is_per_quantity() && written.node.get("quantity").is_none() {
        let message = format!("`{id}` is priced by quantity, and no `quantity` says how many.");
        let fix = "Add where the request says it, such as `quantity: { body: /pages }`.";
        warn(r, Problem::NoQuantity, at, message, fix);
    }
    let given =
        |need: &str| written.node.get("inputs").is_some_and(|node| node.get(need).is_some());
    for need in action.needs.iter().filter(|need| !given(need)) {
        let message = format!("`{id}` needs `{need}`, and the route does not say where it is.");
        let fix = format!("Add it under `inputs`, such as `{need}: {{ body: /{need} }}`.");
        r.report(Problem::NoInput, at, message, fix);
    }
}
