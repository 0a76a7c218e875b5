//! Pages for people, and one for each problem. They load nothing and run nothing.

use super::problems;

/// Light and dark, wide and narrow.
const STYLE: &str = include_str!("../../templates/api.css");

/// A page around a body.
pub(super) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>{STYLE}</style>\
         <body>{body}</body></html>"
    )
}

/// Text as it stands in a page.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A sentence with `code` in it.
pub(super) fn prose(text: &str) -> String {
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
        "<main><p><a href=\"/docs#problems\">Probity's API</a></p><h1>{title}</h1><p><small>{} · HTTP \
         {}</small></p><p>{}</p><p><b>What to do.</b> {}</p></main>",
        about.code,
        about.status,
        prose(about.means),
        prose(about.do_this)
    );
    Some(page(&title, &body))
}
