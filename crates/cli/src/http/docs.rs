//! The API on one page for people, made from the table of routes and from examples that are played by
//! the tests. It loads nothing and runs nothing.

use super::pages::{escaped, page, prose};
use super::problems;
use super::routes::{ROUTES, Route, Who};
use super::shape::{Field, Kind, Shape};
use super::wire::answers::DENIAL;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// One example of each route: what is sent, and what is answered.
const EXAMPLES: &str = include_str!("examples.json");

/// What is on the page before the routes.
const PREFACE: &str = "<h1>Probity's API</h1><p>JSON over HTTP; the same as <a \
href=\"/openapi.json\">OpenAPI 3.1</a>.</p><ul><li>Every request has a key: <code>Authorization: \
Bearer sk_…</code>. A key leads to its own environment, live or sandbox.</li><li>Every write takes \
an <code>Idempotency-Key</code>: the same request again gets the same answer, marked \
<code>Probity-Replayed: true</code>, for 7 days; after that it is a new request.</li><li>Credits are decimal strings, <code>\"0.5\"</code>; \
times are RFC 3339 in UTC.</li><li>Lists are <code>{items, next_cursor}</code>; <code>?cursor=</code> \
asks for the next page.</li><li>What is refused says what happened, whether anything was applied, \
and what to do: see <a href=\"#problems\">problems</a>.</li></ul>";

/// The groups of routes, in the order of a first hour.
const GROUPS: [(&str, &str); 8] = [
    ("customers", "Customers"),
    ("credits", "Credits and control"),
    ("asking", "Before a run"),
    ("runs", "Runs"),
    ("events", "Events"),
    ("contract", "The contract"),
    ("reports", "Reports"),
    ("service", "The service"),
];

/// In which group a route stands.
fn group(path: &str) -> &'static str {
    let of_customer = path.strip_prefix("/v1/customers/{id}/");
    match (path, of_customer.and_then(|rest| rest.split('/').next())) {
        (_, Some("tokens" | "runs" | "entries" | "wallet" | "prices")) => "customers",
        (_, Some("events")) => "events",
        (_, Some(_)) => "credits",
        ("/v1/check", _) => "asking",
        _ if path.starts_with("/v1/customers") => "customers",
        _ if path.starts_with("/v1/quotes") => "asking",
        _ if path.starts_with("/v1/contract") || path.contains("sandbox") => "contract",
        _ if path.starts_with("/v1/event") => "events",
        _ if path.starts_with("/v1/reports") => "reports",
        _ if path.starts_with("/v1/") => "runs",
        _ => "service",
    }
}

/// The page.
pub(crate) fn docs() -> String {
    let examples: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
    let mut shapes = Shapes::default();
    let mut main = String::from(PREFACE);
    for (id, title) in GROUPS {
        let _ = write!(main, "<h2 id=\"{id}\">{title}</h2>");
        for route in ROUTES.iter().filter(|route| group(route.path) == id) {
            let example = examples.get(&format!("{} {}", route.method, route.path));
            section(&mut main, route, example, &mut shapes);
        }
    }
    problems(&mut main);
    shapes.note(&DENIAL);
    main.push_str("<h2 id=\"objects\">Objects</h2>");
    let mut n = 0;
    while let Some(shape) = shapes.0.get(n).copied() {
        fold(&mut main, &format!("object-{}", shape.name), shape.name, shape.says);
        table(&mut main, "", shape.fields, ", or null", &mut shapes);
        main.push_str(UNFOLDED);
        n += 1;
    }
    // Beside the page where there is room, and folded above it where there is not.
    let contents = contents();
    let body = format!(
        "<nav class=\"wide\">{contents}</nav><nav class=\"narrow\"><details><summary>Contents\
         </summary>{contents}</details></nav><main>{main}</main>"
    );
    page("Probity's API", &body)
}

/// Objects that are named on the page, in the order of their first mention.
#[derive(Default)]
struct Shapes(Vec<&'static Shape>);

impl Shapes {
    fn note(&mut self, shape: &'static Shape) {
        if !self.0.iter().any(|known| known.name == shape.name) {
            self.0.push(shape);
        }
    }
}

/// `post-v1-runs-id-settle`.
fn anchor(route: &Route) -> String {
    let words = route.path.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!("{}-{}", route.method.to_ascii_lowercase(), words.join("-"))
}

fn contents() -> String {
    let mut out = String::new();
    for (id, title) in GROUPS {
        let _ = write!(out, "<p><a href=\"#{id}\">{title}</a></p><ul>");
        for route in ROUTES.iter().filter(|route| group(route.path) == id) {
            let path = escaped(route.path.strip_prefix("/v1").unwrap_or(route.path));
            let (at, method) = (anchor(route), route.method);
            let _ = write!(out, "<li><a href=\"#{at}\"><b>{method}</b> {path}</a></li>");
        }
        out.push_str("</ul>");
    }
    out.push_str(
        "<p><a href=\"#problems\">Problems</a></p><p><a href=\"#objects\">Objects</a></p>",
    );
    out
}

fn section(out: &mut String, route: &'static Route, example: Option<&Value>, shapes: &mut Shapes) {
    let who = match route.who {
        Who::Anyone => "anybody",
        Who::Customer => "secret keys and customer tokens",
        Who::Key => "secret keys",
    };
    let called = format!("<code>{} {}</code>", route.method, escaped(route.path));
    fold(out, &anchor(route), &called, route.says);
    let _ = write!(out, "<p><small>For {who}.</small></p>");
    table(out, "In the query", route.query, LEFT_OUT, shapes);
    if let Some(shape) = route.body {
        table(out, "Takes", shape.fields, LEFT_OUT, shapes);
    }
    if let Some(shape) = route.answer {
        shapes.note(shape);
        let _ = write!(out, "<p>Gives <a href=\"#object-{0}\">{0}</a></p>", shape.name);
    }
    if let Some(example) = example {
        shown(out, route, example);
    }
    out.push_str(UNFOLDED);
}

/// Begins what is folded under its name where there is little room; wide screens and paper show all,
/// and so does a link that leads to it: see `api.css`.
fn fold(out: &mut String, id: &str, called: &str, says: &str) {
    let says = prose(says);
    let _ = write!(
        out,
        "<details class=\"fold\" id=\"{id}\"><summary><h3>{called} <span>{says}</span></h3></summary>"
    );
}

/// Ends it.
const UNFOLDED: &str = "</details>";

/// What is sent and what is answered, as text.
fn shown(out: &mut String, route: &Route, example: &Value) {
    let path = example["path"].as_str().unwrap_or_default();
    let mut text = format!("{} {path}\n", route.method);
    if !example["sent"].is_null() {
        lay_out(&example["sent"], 0, &mut text);
        text.push('\n');
    }
    let _ = writeln!(text, "\n→ {}", example["status"]);
    lay_out(&example["answer"], 0, &mut text);
    let _ = write!(
        out,
        "<details><summary>An example</summary><pre tabindex=\"0\">{}</pre></details>",
        escaped(&text)
    );
}

/// JSON as people write it: what fits on a line stands on one.
fn lay_out(value: &Value, depth: usize, out: &mut String) {
    let flat = value.to_string();
    let indent = "  ".repeat(depth + 1);
    let (ends, lines): ([char; 2], Vec<(String, &Value)>) = match value {
        Value::Object(fields) if flat.len() + 2 * depth > 76 => {
            let lines = fields.iter().map(|(key, value)| (format!("\"{key}\": "), value));
            (['{', '}'], lines.collect())
        }
        Value::Array(items) if flat.len() + 2 * depth > 76 => {
            (['[', ']'], items.iter().map(|item| (String::new(), item)).collect())
        }
        _ => {
            out.push_str(&flat);
            return;
        }
    };
    out.push(ends[0]);
    for (n, (key, value)) in lines.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(out, "{comma}\n{indent}{key}");
        lay_out(value, depth + 1, out);
    }
    let _ = write!(out, "\n{}{}", "  ".repeat(depth), ends[1]);
}

fn problems(out: &mut String) {
    out.push_str(
        "<h2 id=\"problems\">Problems</h2><p>What is refused is <code>application/problem+json</code>, \
         as RFC 9457 has it. Runs that are refused have more: see <a \
         href=\"#object-Denial\">Denial</a>.</p><table>",
    );
    for about in problems::all() {
        let _ = write!(
            out,
            "<tr><td>{}</td><td><a href=\"/problems/{code}\"><code>{code}</code></a></td><td>{}</td></tr>",
            about.status,
            prose(about.means),
            code = about.code
        );
    }
    out.push_str("</table>");
}

/// What is said of a field of a request that need not be there.
const LEFT_OUT: &str = ", may be left out";

fn table(
    out: &mut String,
    what: &str,
    fields: &'static [Field],
    if_not: &str,
    shapes: &mut Shapes,
) {
    if fields.is_empty() {
        return;
    }
    if !what.is_empty() {
        let _ = write!(out, "<p>{what}</p>");
    }
    out.push_str("<table>");
    for field in fields {
        let need = if field.required { "" } else { if_not };
        let _ = write!(
            out,
            "<tr><td><code>{}</code></td><td><small>{}{need}</small></td><td>{}</td></tr>",
            field.name,
            kind(&field.kind, shapes),
            prose(field.says)
        );
    }
    out.push_str("</table>");
}

/// What stands in a field, an object as a link to what it holds.
fn kind(of: &Kind, shapes: &mut Shapes) -> String {
    let mut link = |shape: &'static Shape| {
        shapes.note(shape);
        format!("<a href=\"#object-{0}\">{0}</a>", shape.name)
    };
    match of {
        Kind::Id => "id".to_owned(),
        Kind::Text(_) | Kind::Line(_) => "text".to_owned(),
        Kind::Credits => "credits".to_owned(),
        Kind::Count => "number".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Time => "time".to_owned(),
        Kind::Day => "day".to_owned(),
        Kind::Length => "length of time, such as 20 minutes".to_owned(),
        Kind::Word(words) => words.join(", "),
        Kind::Of(shape) | Kind::Later(shape) => link(shape),
        Kind::List(item, _) => format!("list of {}", kind(item, shapes)),
        Kind::Map(value, _) => format!("by name: {}", kind(value, shapes)),
        Kind::Price(shape) => format!("credits, or {}", link(shape)),
        Kind::Allowance(shape) => format!("text such as 150 a month, or {}", link(shape)),
        Kind::Object => "object".to_owned(),
        Kind::Anything => "anything".to_owned(),
    }
}
