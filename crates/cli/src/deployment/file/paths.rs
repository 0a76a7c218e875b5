//! The paths of routes: `POST /v1beta/models/{model}:generateContent`, `/open/*`.

use super::literals::{MATCH, METHODS};
use crate::deployment::{Match, Segment};
use axum::http::Method;
use probity_core::contract::file::reading::{Flaw, listed};

/// Longest path, in bytes.
const LONGEST: usize = 1_000;

/// Reads a method and a path, or a path alone.
pub(super) fn matches(text: &str) -> Result<Match, Flaw> {
    let (method, path) = match text.split_once(' ') {
        None => (None, text),
        Some((word, path)) => (Some(method(word, path)?), path),
    };
    if path.len() > LONGEST {
        return Err(Flaw::bounds("is too long for a path", "1,000 bytes are the most."));
    }
    let Some(rest) = path.strip_prefix('/') else {
        return Err(not_a_path(method.as_ref(), path));
    };
    if let Some(sign) = path.chars().find(|c| matches!(c, '?' | '#')) {
        let fix = "Delete it and what follows: any query is passed on.";
        return Err(Flaw::form(format!("has a `{sign}`: a query takes no part in matching"), fix));
    }
    fixed(path.trim_end_matches('/'))?;
    let pieces: Vec<&str> = rest.split('/').collect();
    let last = pieces.len().saturating_sub(1);
    let mut segments = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        if *piece == "*" && n < last {
            let says = "has a `*` before its end";
            return Err(Flaw::form(says, "Write `{name}` for one piece; `*` stands at the end."));
        }
        let segment = segment(piece)?;
        if let Segment::Named { name, .. } = &segment
            && segments.iter().any(|s| matches!(s, Segment::Named { name: n, .. } if n == name))
        {
            let says = format!("names two pieces `{name}`");
            return Err(Flaw::form(says, "Give each piece a name of its own."));
        }
        segments.push(segment);
    }
    Ok(Match { method, path: segments })
}

fn not_a_path(method: Option<&Method>, path: &str) -> Flaw {
    if let Some((_, rest)) = path.split_once("://") {
        let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/");
        let says = "is a whole address, and only its path is matched";
        let method = method.map(|m| format!("{m} ")).unwrap_or_default();
        return Flaw::form(
            says,
            format!("Write `{method}{path}`; the host stands under `upstream`."),
        );
    }
    match method {
        None if METHODS.iter().any(|m| m.as_str() == path) => {
            Flaw::form("has no path", format!("Write it like `{path} /api/maps`."))
        }
        _ if !path.is_empty() && path.bytes().all(|b| b.is_ascii_graphic()) => {
            let method = method.map(|m| format!("{m} ")).unwrap_or_default();
            let fix = format!("Write `{method}/{path}`.");
            Flaw::form("has a path that does not begin with a slash", fix)
        }
        _ => Flaw::not(&MATCH.form),
    }
}

fn method(word: &str, path: &str) -> Result<Method, Flaw> {
    let methods = || METHODS.iter();
    if let Some(method) = methods().find(|method| method.as_str() == word) {
        return Ok(method.clone());
    }
    if matches!(word.to_ascii_lowercase().as_str(), "any" | "all" | "*") {
        let says = "says that any method will do, which is not written";
        return Err(Flaw::form(says, format!("Write `{path}` alone.")));
    }
    let upper = word.to_ascii_uppercase();
    let far = |m: &&Method| strsim::damerau_levenshtein(m.as_str(), &upper);
    let near = methods().filter(|m| word.len() < 10 && far(m) <= 1).min_by_key(far);
    Err(match near {
        Some(near) if near.as_str() == upper => {
            Flaw::form("has its method in small letters", format!("Write `{near} {path}`."))
        }
        Some(near) => {
            Flaw::form("has no method that exists", format!("Did you mean `{near} {path}`?"))
        }
        None => {
            let fix = format!("The methods are {}.", listed(METHODS.iter().map(Method::as_str)));
            Flaw::form("has no method that can be matched", fix)
        }
    })
}

/// Is this a path of visible pieces, none of which climbs? An empty one is.
pub(super) fn fixed(path: &str) -> Result<(), Flaw> {
    if path.is_empty() {
        return Ok(());
    }
    if let Some(c) = path.chars().find(|c| !c.is_ascii_graphic() || *c == '\\') {
        let says = format!("has `{}`, which no path has as it stands", c.escape_debug());
        return Err(Flaw::form(says, "Write it percent-encoded, such as `%20` for a space."));
    }
    for piece in path.split('/').skip(1) {
        if piece.is_empty() {
            return Err(Flaw::form("has two slashes in a row", "Write one."));
        }
        let dots = piece.to_ascii_lowercase().replace("%2e", ".");
        if matches!(dots.as_str(), "." | "..") {
            let says = "climbs with a piece of dots alone, which is never passed on";
            return Err(Flaw::form(says, "Write the path that it leads to."));
        }
    }
    Ok(())
}

fn segment(piece: &str) -> Result<Segment, Flaw> {
    if piece == "*" {
        return Ok(Segment::Rest);
    }
    if let Some((name, end)) = piece.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        let is_name = name.len() <= 64
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_name {
            let fix = "Write lower-case letters, digits and underscores, such as `{map_id}`.";
            return Err(Flaw::form("has braces without a name of a piece between them", fix));
        }
        if !end.contains(['{', '}', '*']) {
            return Ok(Segment::Named { name: name.to_owned(), end: end.to_owned() });
        }
    }
    if piece.contains(['{', '}']) {
        let fix = "A `{name}` begins a piece; a fixed end such as `:generate` may follow it.";
        return Err(Flaw::form("has braces within a piece", fix));
    }
    if piece.contains('*') {
        return Err(Flaw::form("has a `*` within a piece", "Write `{name}`, or `/*` at the end."));
    }
    if let Some(name) = piece.strip_prefix(':').filter(|name| !name.is_empty()) {
        let says = "has a piece that begins with a colon";
        return Err(Flaw::form(says, format!("Write `{{{name}}}` for any text there.")));
    }
    Ok(Segment::Fixed(piece.to_owned()))
}
