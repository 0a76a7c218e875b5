//! Calls that are repeated before anything of an answer came: one run, one charge, all its calls.

use super::upstream::{Does, answer};
use super::{Front, Upstream};

const ROUTE: &str = "
    - match: POST /v1/chat/completions
      upstream: http://UPSTREAM
      protocol: openai_chat
      action: tailor_document
      customer: { header: x-customer-id }
      artifact: { header: x-draft }
      retries: 5
";
const ASKED: &str = "{\"model\":\"gpt-4.1\",\"messages\":[]}";
const SAID: &str = "{\"model\":\"gpt-4.1\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Yes.\"},\
                    \"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}";

fn busy(headers: &str) -> Vec<Does> {
    vec![Does::Sends(answer(
        "429 Too Many Requests",
        headers,
        "{\"error\":{\"message\":\"busy\"}}",
    ))]
}

fn good() -> Vec<Does> {
    vec![Does::Sends(answer("200 OK", "", SAID))]
}

fn asked(front: &Front, headers: &str) -> super::Got {
    front.post("/v1/chat/completions", &format!("x-draft: d1\r\n{headers}"), ASKED)
}

#[test]
fn a_busy_provider_is_asked_again_and_charged_once() {
    let turns = vec![busy("retry-after: 0\r\n"), busy("retry-after-ms: 1\r\n"), good()];
    let front = Front::new(ROUTE, Upstream::in_turn(turns));
    let got = asked(&front, "");
    assert_eq!((got.status(), got.text()), (200, SAID));
    assert_eq!(front.came_to(&got), ("delivered".to_owned(), "5".to_owned()));
    let receipt = front.receipt(got.header("probity-run"));
    let attempts = receipt["attempts"].as_array().unwrap();
    let tokens: Vec<_> = attempts.iter().map(|a| a["usage"]["input"].as_u64().unwrap()).collect();
    assert_eq!(tokens, [0, 0, 3], "{receipt:#}");
    // What is asked again is what was asked.
    assert_eq!(front.upstream.last().body, ASKED.as_bytes());
}

#[test]
fn it_is_asked_no_more_often_than_the_contract_says() {
    // The contract says 2, the route 5.
    let front = Front::new(ROUTE, Upstream::new(busy("retry-after: 0\r\n")));
    let got = asked(&front, "");
    assert_eq!((got.status(), front.upstream.count()), (429, 3));
    assert_eq!(front.came_to(&got), ("failed".to_owned(), "0".to_owned()));
    assert_eq!(front.receipt(got.header("probity-run"))["attempts"].as_array().unwrap().len(), 3);
}

#[test]
fn who_says_that_it_makes_no_sense_or_asks_for_patience_is_not_asked_again() {
    for headers in ["retry-after: 60\r\n", "retry-after: 0\r\nx-should-retry: false\r\n"] {
        let front = Front::new(ROUTE, Upstream::in_turn(vec![busy(headers), good()]));
        assert_eq!((asked(&front, "").status(), front.upstream.count()), (429, 1), "{headers}");
    }
    let wrong = vec![Does::Sends(answer("400 Bad Request", "retry-after: 0\r\n", "{}"))];
    let front = Front::new(ROUTE, Upstream::in_turn(vec![wrong, good()]));
    assert_eq!((asked(&front, "").status(), front.upstream.count()), (400, 1));
}

#[test]
fn what_may_have_been_worked_for_is_not_asked_again() {
    // Cut off before its head: whoever was asked may have worked.
    let front = Front::new(ROUTE, Upstream::in_turn(vec![vec![Does::Resets], good()]));
    assert_eq!((asked(&front, "").status(), front.upstream.count()), (502, 1));
    // A backend of the product's own may have worked, whatever it says.
    let own = ROUTE.replace("      protocol: openai_chat\n", "");
    let front = Front::new(&own, Upstream::in_turn(vec![busy("retry-after: 0\r\n"), good()]));
    assert_eq!((asked(&front, "").status(), front.upstream.count()), (429, 1));
}

#[test]
fn work_in_the_background_does_not_begin_where_nobody_would_tell_its_end() {
    let route =
        ROUTE.replace("chat/completions", "responses").replace("openai_chat", "openai_responses");
    let front = Front::new(&route, Upstream::new(good()));
    for key in ["background", "Background"] {
        let body = format!("{{\"model\":\"gpt-4.1\",\"{key}\":true}}");
        let got = front.post("/v1/responses", "x-draft: d1\r\n", &body);
        assert_eq!(got.refused(422, "invalid_request")["field"], "background");
        assert_eq!(front.came_to(&got), ("cancelled".to_owned(), "0".to_owned()));
    }
    assert_eq!(front.upstream.count(), 0);
    let got = front.post(
        "/v1/responses",
        "x-draft: d1\r\n",
        "{\"model\":\"gpt-4.1\",\"background\":false}",
    );
    assert_eq!((got.status(), front.upstream.count()), (200, 1));
}

#[test]
fn a_model_has_one_name() {
    let front = Front::new(ROUTE, Upstream::new(good()));
    for body in
        ["{\"model\":\"gpt-4.1\",\"Model\":\"gpt-4.5-grand\"}", "{\"MODEL\":\"gpt-4.5-grand\"}"]
    {
        let got = front.post("/v1/chat/completions", "x-draft: d1\r\n", body);
        assert_eq!(got.refused(422, "invalid_request")["field"], "model");
    }
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn what_is_no_json_may_be_repeated_too() {
    let own = ROUTE.replace("      protocol: openai_chat\n", "");
    let front = Front::new(&own, Upstream::new(good()));
    let form = "x-draft: d1\r\ncontent-type: application/x-www-form-urlencoded\r\n";
    let request = super::post("/v1/chat/completions", form, "a=1&b=2");
    let got = front.raw(&request.replace("content-type: application/json\r\n", ""));
    assert_eq!((got.status(), front.upstream.last().body), (200, b"a=1&b=2".to_vec()));
}
