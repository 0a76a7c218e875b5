//! What people write in `probity.yaml`, read exactly: addresses, paths, headers, times, sizes.

use crate::deployment::{JsonPointer, Match, Scheme, Upstream};
use axum::http::{HeaderName, Method};
use probity::sealing::is_provider;
use probity_core::contract::file::reading::{Flaw, Form, Literal};
use probity_core::{Amount, Name};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

probity_core::literals! {
    /// `127.0.0.1:8787`
    ADDRESS: SocketAddr = address, "an address with its port, such as `127.0.0.1:8787`",
        r"^(\[[0-9A-Fa-f:.]+\]|[0-9.]+):[0-9]{1,5}$", "127.0.0.1:8787";
    /// `POST /v1/chat/completions`
    MATCH: Match = super::paths::matches, "a method and a path, such as `POST /api/maps/{map}`",
        r"^((GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) )?/[!->@-~]*$", "POST /api/maps/{map}";
    /// `https://api.openai.com`
    UPSTREAM: Upstream = upstream, "an address such as `https://api.openai.com`",
        r"^[Hh][Tt][Tt][Pp][Ss]?://[^@?#\s]+$", "https://api.openai.com";
    /// `/document/id`
    POINTER: JsonPointer = pointer, "a JSON pointer, such as `/document/id`",
        r"^(/([^~]|~[01])*)?$", "/document/id";
    /// `x-customer-id`
    HEADER: HeaderName = header, "the name of a header, such as `x-customer-id`",
        r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", "x-customer-id";
    /// `30 seconds`
    TIME: Duration = time, "a short time, such as `10 seconds` or `2 minutes`",
        r"^[1-9][0-9]* (second|minute|hour)s?$", "10 seconds";
    /// `10 MiB`
    SIZE: u64 = size, "a size, such as `10 MiB` or `512 KiB`",
        r"^[1-9][0-9]* (KiB|MiB|GiB)$", "10 MiB";
    /// `OPENAI_API_KEY`
    VARIABLE: String = variable, "the name of an environment variable, such as `OPENAI_API_KEY`",
        r"^[A-Z_][A-Z0-9_]*$", "OPENAI_API_KEY";
    /// `100`
    CREDITS: Amount = credits, "a number of credits, such as `100`",
        r"^[0-9]+([.][0-9]{1,6})?( credits?)?$", "100";
    /// `openai`
    PROVIDER: Name = provider, "the name of an AI provider, such as `openai`",
        r"^[a-z0-9_-]{1,64}$", "openai";
    /// `404`, `4xx`
    STATUS: Status = status, "a status, such as `404` or `4xx`",
        r"^[1-5]([0-9]{2}|xx)$", "4xx";
    /// `empty`, `hit`
    IS: String = is, "`empty`, `missing`, `present`, a text or a number",
        r"^", "empty";
}

/// One status, or all of one hundred.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    One(u16),
    Hundred(u16),
}

/// The most that a body may be, whatever is written: 1 GiB.
const LARGEST: u64 = 1 << 30;
/// The longest that an upstream may be waited for.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

fn address(text: &str) -> Result<SocketAddr, Flaw> {
    text.parse().map_err(|_| match text.rsplit_once(':') {
        Some(("localhost", port)) if is_port(port) => Flaw::form(
            "names a host where an address belongs",
            format!("Write `127.0.0.1:{port}`."),
        ),
        Some(("" | "*", port)) if is_port(port) => Flaw::form(
            "does not say on which address",
            format!(
                "Write `127.0.0.1:{port}` for this machine alone, or `0.0.0.0:{port}` for all."
            ),
        ),
        None if is_port(text) => {
            Flaw::form("is a port alone", format!("Write `127.0.0.1:{text}`."))
        }
        None if text.parse::<IpAddr>().is_ok() => Flaw::form(
            "has no port",
            format!(
                "Write it like `{}`.",
                SocketAddr::new(text.parse().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), 8787)
            ),
        ),
        _ => Flaw::not(&ADDRESS.form),
    })
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0 && text.bytes().all(|b| b.is_ascii_digit()))
}

fn upstream(text: &str) -> Result<Upstream, Flaw> {
    let lower = text.to_ascii_lowercase();
    let (scheme, rest) = match lower.split_once("://") {
        Some(("http", rest)) => (Scheme::Http, rest.len()),
        Some(("https", rest)) => (Scheme::Https, rest.len()),
        Some((other, _)) => {
            let says = format!("is not reached over HTTP: `{other}` is another scheme");
            return Err(Flaw::form(says, "Write an address with `http://` or `https://`."));
        }
        None => {
            let is_here = ["127.", "localhost", "[::1]"].iter().any(|here| text.starts_with(here));
            let scheme = if is_here { "http" } else { "https" };
            let fix = format!("Write `{scheme}://{text}`.");
            return Err(Flaw::form("has no scheme", fix));
        }
    };
    let rest = text.get(text.len() - rest..).unwrap_or_default();
    if let Some(sign) = rest.chars().find(|c| matches!(c, '?' | '#')) {
        let what = if sign == '?' { "a query" } else { "a fragment" };
        let fix = "Write the scheme, the host, perhaps a port and a path.";
        return Err(Flaw::form(format!("has {what}, which no call would carry"), fix));
    }
    let (authority, base) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (host, port) = host_and_port(authority)?;
    let base = base.trim_end_matches('/');
    super::paths::fixed(base)?;
    let port = match port {
        None => scheme.port(),
        Some(port) if is_port(port) => port.parse().unwrap_or(scheme.port()),
        Some(_) => return Err(Flaw::bounds("has no port that exists", "Ports are 1 to 65535.")),
    };
    Ok(Upstream { scheme, host: host.to_ascii_lowercase(), port, base: base.to_owned() })
}

fn host_and_port(authority: &str) -> Result<(&str, Option<&str>), Flaw> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.split_once(']').unwrap_or(("", ""));
        let port = if port.is_empty() { None } else { Some(port.strip_prefix(':').unwrap_or("?")) };
        return match host.parse::<Ipv6Addr>() {
            Ok(_) => Ok((host, port)),
            Err(_) => Err(Flaw::form(
                "has no address between its brackets",
                "Write it like `https://[::1]:8080`.",
            )),
        };
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    if host.is_empty() {
        return Err(Flaw::form(
            "names no host",
            format!("Write it like `{}`.", UPSTREAM.form.example),
        ));
    }
    let looks_like_numbers = host.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        || host.rsplit('.').next().is_some_and(|last| last.starts_with("0x"));
    if looks_like_numbers && host.parse::<Ipv4Addr>().is_err() {
        let says = "has an address that readers disagree on";
        return Err(Flaw::form(says, "Write all four numbers, such as `127.0.0.1`."));
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > 253 || !host.split('.').all(label) {
        let fix =
            "Write its name in letters, digits, dashes and points; others in their xn-- form.";
        return Err(Flaw::form("has no name of a host", fix));
    }
    Ok((host, port))
}

fn pointer(text: &str) -> Result<JsonPointer, Flaw> {
    JsonPointer::parse(text).ok_or_else(|| {
        let bare = text.trim_start_matches("$.").trim_start_matches(['.', '$']);
        if text.starts_with('/') {
            Flaw::form(
                "has a `~` that stands for nothing",
                "Write `~0` for a tilde and `~1` for a slash.",
            )
        } else if !bare.is_empty()
            && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
        {
            Flaw::form(
                "does not begin with a slash",
                format!("Write `/{}`.", bare.replace('.', "/")),
            )
        } else {
            Flaw::not(&POINTER.form)
        }
    })
}

fn header(text: &str) -> Result<HeaderName, Flaw> {
    if text.len() > 100 {
        return Err(Flaw::bounds(
            "is too long for the name of a header",
            "100 letters are the most.",
        ));
    }
    HeaderName::from_bytes(text.as_bytes()).map_err(|_| match text.strip_suffix(':') {
        Some(name) if HeaderName::from_bytes(name.as_bytes()).is_ok() => {
            Flaw::form("ends with a colon", format!("Write `{name}`."))
        }
        _ => Flaw::not(&HEADER.form),
    })
}

/// A number without signs or leading zeros, and what stands behind it.
fn counted<'t>(text: &'t str, form: &Form) -> Result<(u64, &'t str), Flaw> {
    let (n, unit) = text.split_once(' ').ok_or_else(|| {
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            Flaw::form("has no unit", format!("Write it like `{}`.", form.example))
        } else {
            Flaw::not(form)
        }
    })?;
    let plain = !n.starts_with('0') && n.bytes().all(|b| b.is_ascii_digit());
    match n.parse() {
        Ok(n) if plain => Ok((n, unit)),
        _ => Err(Flaw::not(form)),
    }
}

fn time(text: &str) -> Result<Duration, Flaw> {
    let (n, unit) = counted(text, &TIME.form)?;
    let seconds = match unit {
        "second" | "seconds" => 1,
        "minute" | "minutes" => 60,
        "hour" | "hours" => 3_600,
        _ => {
            let says = format!("is not a short time: `{unit}` is not a unit");
            return Err(Flaw::form(says, "The units are `seconds`, `minutes` and `hours`."));
        }
    };
    match n.checked_mul(seconds).map(Duration::from_secs) {
        Some(time) if time <= LONGEST => Ok(time),
        _ => Err(Flaw::bounds("is longer than a day", "24 hours are the most.")),
    }
}

fn size(text: &str) -> Result<u64, Flaw> {
    let (n, unit) = counted(text, &SIZE.form)?;
    let bytes: u64 = match unit {
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => {
            let near = match unit.to_ascii_lowercase().as_str() {
                "k" | "kb" | "kib" => Some("KiB"),
                "m" | "mb" | "mib" => Some("MiB"),
                "g" | "gb" | "gib" => Some("GiB"),
                _ => None,
            };
            let fix = near.map_or_else(
                || String::from("The units are `KiB`, `MiB` and `GiB`."),
                |near| format!("Write `{n} {near}`."),
            );
            return Err(Flaw::form(format!("is not a size: `{unit}` is not a unit"), fix));
        }
    };
    match n.checked_mul(bytes) {
        Some(size) if size <= LARGEST => Ok(size),
        _ => Err(Flaw::bounds("is more than is ever taken", "1 GiB is the most.")),
    }
}

fn variable(text: &str) -> Result<String, Flaw> {
    let fits = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let is_one = !text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(fits);
    match text.strip_prefix('$').map(|name| name.trim_matches(['{', '}'])) {
        _ if is_one && (1..=100).contains(&text.len()) => Ok(text.to_owned()),
        Some(name) if !name.is_empty() && name.bytes().all(fits) => {
            Err(Flaw::form("has a sign before its name", format!("Write `{name}`.")))
        }
        _ => Err(Flaw::not(&VARIABLE.form)),
    }
}

fn credits(text: &str) -> Result<Amount, Flaw> {
    let bare = text.strip_suffix(" credits").or_else(|| text.strip_suffix(" credit"));
    match Amount::parse(bare.unwrap_or(text)) {
        Ok(amount) if amount.is_positive() => Ok(amount),
        Ok(_) => Err(Flaw::bounds("brings nothing", "Write how many credits are sold.")),
        Err(_) => Err(Flaw::not(&CREDITS.form)),
    }
}

fn provider(text: &str) -> Result<Name, Flaw> {
    let lower = text.to_ascii_lowercase();
    match (is_provider(text), is_provider(&lower)) {
        (true, _) => Ok(Name::new(text)),
        (false, true) => Err(Flaw::form("has large letters", format!("Write `{lower}`."))),
        _ => Err(Flaw::not(&PROVIDER.form)),
    }
}

fn status(text: &str) -> Result<Status, Flaw> {
    let hundred = text.strip_suffix("xx").and_then(|n| n.parse().ok());
    let one = text.parse().ok().filter(|_| text.len() == 3);
    match (hundred, one) {
        (Some(hundred @ 1..=5), _) => Ok(Status::Hundred(hundred)),
        (_, Some(one @ 100..=599)) => Ok(Status::One(one)),
        _ => Err(Flaw::not(&STATUS.form)),
    }
}

#[allow(clippy::unnecessary_wraps)] // it has the form of all readers
fn is(text: &str) -> Result<String, Flaw> {
    Ok(text.to_owned())
}

/// The methods that a route may be for.
pub(super) const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];
