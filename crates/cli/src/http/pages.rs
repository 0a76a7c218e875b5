//! Pages for people: the API on one page, and one for each problem. They load nothing.

use super::problems;
use super::routes::{ROUTES, Who};
use super::shape::{Field, Kind, Shape};
use std::fmt::Write as _;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;\
padding:0 1rem;color:#1a1a1a;background:#fff}code{font:14px ui-monospace,monospace;\
background:#f2f2f2;padding:.1em .3em;border-radius:3px}h2{margin-top:2.5rem;font-size:1.1rem}\
table{border-collapse:collapse;margin:.5rem 0}td{padding:.15rem 1rem .15rem 0;\
vertical-align:top}small{color:#555}@media(prefers-color-scheme:dark){body{color:#eee;\
background:#111}code{background:#222}small{color:#aaa}}";

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style>\
         <main>{body}</main></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A sentence with `code` in it.
fn prose(text: &str) -> String {
    let parts = escaped(text);
    let parts = parts.split('`').enumerate();
    parts
        .map(|(i, p)| if i % 2 == 1 { format!("<code>{p}</code>") } else { p.to_owned() })
        .collect()
}

/// What a problem is; None for none of ours.
pub(crate) fn problem(code: &str) -> Option<String> {
    let about = problems::all().find(|about| about.code == code)?;
    let title = about.title();
    let body = format!(
        "<h1>{title}</h1><p><small>{} · HTTP {}</small></p><p>{}</p><p><b>What to do.</b> {}</p>",
        about.code,
        about.status,
        prose(about.means),
        prose(about.do_this)
    );
    Some(page(&title, &body))
}

/// The API on a page.
pub(crate) fn docs() -> String {
    let mut body = String::from(
        "<h1>Probity's API</h1><p>JSON; credits are decimal strings, times RFC 3339 in UTC. Send \
         <code>Authorization: Bearer sk_…</code>, and <code>Idempotency-Key</code> with every \
         write. The same as <a href=\"/openapi.json\">OpenAPI 3.1</a>.</p>",
    );
    for route in ROUTES {
        let who = match route.who {
            Who::Anyone => "anybody",
            Who::Customer => "secret keys and customer tokens",
            Who::Key => "secret keys",
        };
        let _ = write!(
            body,
            "<h2><code>{} {}</code></h2><p>{} <small>For {who}.</small></p>",
            route.method,
            escaped(route.path),
            prose(route.says)
        );
        table(&mut body, "In the query", route.query);
        for (what, shape) in [("Takes", route.body), ("Gives", route.answer)] {
            if let Some(Shape { fields, .. }) = shape {
                table(&mut body, what, fields);
            }
        }
    }
    body.push_str("<h2>Problems</h2><table>");
    for about in problems::all() {
        let _ = write!(
            body,
            "<tr><td>{}</td><td><a href=\"/problems/{code}\"><code>{code}</code></a></td><td>{}</td></tr>",
            about.status,
            prose(about.means),
            code = about.code
        );
    }
    body.push_str("</table>");
    page("Probity's API", &body)
}

fn table(body: &mut String, what: &str, fields: &[Field]) {
    if fields.is_empty() {
        return;
    }
    let _ = write!(body, "<p>{what}</p><table>");
    for field in fields {
        let need = if field.required { "" } else { ", or null" };
        let _ = write!(
            body,
            "<tr><td><code>{}</code></td><td><small>{}{need}</small></td><td>{}</td></tr>",
            field.name,
            escaped(&kind(&field.kind)),
            prose(field.says)
        );
    }
    body.push_str("</table>");
}

fn kind(of: &Kind) -> String {
    match of {
        Kind::Id => "id".to_owned(),
        Kind::Text(_) => "text".to_owned(),
        Kind::Credits => "credits".to_owned(),
        Kind::Count => "number".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Time => "time".to_owned(),
        Kind::Day => "day".to_owned(),
        Kind::Length => "length of time".to_owned(),
        Kind::Word(words) => words.join(" | "),
        Kind::Of(shape) | Kind::Later(shape) => format!("object: {}", shape.says.to_lowercase()),
        Kind::List(kind, _) => format!("list of {}", self::kind(kind)),
        Kind::Map(kind, _) => format!("by name: {}", self::kind(kind)),
        Kind::Price(_) => "credits, or an object".to_owned(),
        Kind::Allowance(_) => "text such as 150 a month, or an object".to_owned(),
        Kind::Object => "object".to_owned(),
        Kind::Anything => "anything".to_owned(),
    }
}
