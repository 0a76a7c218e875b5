//! What a good file is read as, and that calls find their routes in it.

use super::{EVERYTHING, all_said, beside_jobscout};
use axum::http::Method;
use probity::Environment;
use probity::usage::Protocol;
use probity_cli::deployment::{From_, Gateway, Test, Times, What, Whose, read};
use probity_core::Outcome;
use std::time::Duration;

fn gateway() -> Gateway {
    let reading = beside_jobscout(EVERYTHING);
    assert_eq!(all_said(&reading, EVERYTHING), "");
    reading.deployment.unwrap().gateway.unwrap()
}

#[test]
fn every_key_is_read() {
    let gateway = gateway();
    assert_eq!(gateway.listen.to_string(), "127.0.0.1:8787");
    assert_eq!(gateway.environment, Environment::Sandbox);
    let [tailor, pages, emails, chat, gemini, open] = &gateway.routes[..] else { panic!() };
    assert_eq!(tailor.action.as_deref(), Some("tailor_document"));
    assert!(matches!(&tailor.customer, Whose::Header(name) if name == "x-customer-id"));
    assert!(matches!(&tailor.artifact, Some(From_::Body(at)) if at.as_str() == "/document_id"));
    assert!(matches!(&tailor.member, Some(From_::Header(name)) if name == "x-member-id"));
    assert_eq!(tailor.largest_body, 32 << 20);
    assert_eq!(tailor.forward.request, ["x-tenant"]);
    assert_eq!(tailor.forward.response, ["x-cache", "x-found"]);
    assert_eq!(tailor.times.first_byte, Duration::from_secs(30));
    let ends: Vec<_> = tailor.outcome.iter().map(|rule| rule.then).collect();
    assert_eq!(ends, [Outcome::Empty, Outcome::Reopened, Outcome::BadInput, Outcome::Partial]);
    assert_eq!(tailor.outcome[0].reason.as_deref(), Some("nothing was written"));
    assert_eq!(tailor.outcome[0].when.is, Test::Empty);
    assert_eq!(tailor.outcome[2].when.what, What::Status);
    assert_eq!(tailor.outcome[2].when.is, Test::Hundred(4));
    assert_eq!(tailor.outcome[3].when.is, Test::Is("false".into()));
    assert!(tailor.outcome[3].parts.is_some());
    assert_eq!(pages.artifact, Some(From_::Path("batch".into())));
    assert_eq!(pages.upstream.base, "/internal");
    assert_eq!(pages.times, Times::DEFAULT);
    assert_eq!((emails.inputs.len(), emails.upstream.host.as_str()), (2, "::1"));
    assert_eq!(emails.upstream.authority(), "[::1]:3001");
    assert_eq!(chat.protocol, Protocol::OpenaiChat);
    assert_eq!(chat.key.as_deref(), Some("OPENAI_API_KEY"));
    assert_eq!((chat.upstream.port, chat.upstream.authority().as_str()), (443, "api.openai.com"));
    assert_eq!((&chat.customer, chat.largest_body), (&Whose::Token, 10 << 20));
    assert_eq!(gemini.model, Some(From_::Path("model".into())));
    assert_eq!(open.action, None);
}

#[test]
fn calls_find_their_routes() {
    let gateway = gateway();
    let route = |method: Method, path: &str| {
        let (route, named) = gateway.route(&method, path)?;
        let at = gateway.routes.iter().position(|other| other == route)?;
        Some((at, named.into_iter().map(|(_, value)| value).collect::<Vec<_>>()))
    };
    assert_eq!(route(Method::POST, "/api/documents/tailor"), Some((0, vec![])));
    assert_eq!(route(Method::POST, "/api/pages/b-7"), Some((1, vec!["b-7".into()])));
    let path = "/v1beta/models/gemini-2.5-pro:streamGenerateContent";
    assert_eq!(route(Method::POST, path), Some((4, vec!["gemini-2.5-pro".into()])));
    assert_eq!(route(Method::DELETE, "/open/a/b"), Some((5, vec![])));
    assert_eq!(route(Method::GET, "/api/documents/tailor"), None);
    assert_eq!(route(Method::POST, "/v1/embeddings"), None);
    assert_eq!(gateway.methods("/api/emails"), [Method::PUT]);
}

#[test]
fn without_a_contract_any_action_may_be_named() {
    let text = EVERYTHING.replace("tailor_document", "anything_else");
    assert!(read(text.as_bytes(), None).deployment.is_some());
    assert!(beside_jobscout(&text).deployment.is_none());
}

#[test]
fn a_file_without_a_gateway_is_a_deployment_without_one() {
    let reading = read(b"{}\n", None);
    assert_eq!((reading.findings.len(), reading.deployment.unwrap().gateway), (0, None));
}

#[test]
fn one_of_the_three_words_in_quotes_is_a_text() {
    let text = EVERYTHING.replace("/result, is: empty", "/result, is: \"empty\"");
    let gateway = beside_jobscout(&text).deployment.unwrap().gateway.unwrap();
    assert_eq!(gateway.routes[0].outcome[0].when.is, Test::Is("empty".into()));
}
