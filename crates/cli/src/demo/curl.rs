//! What to try next: lines for a shell that work as they stand.

use serde::Serialize;

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    /// What it does.
    pub(crate) does: &'static str,
    /// What to type.
    pub(crate) type_this: String,
}

/// The customer that the lines are about.
pub(crate) const CUSTOMER: &str = "you";

/// The lines, for a service at this address. The first sets up the shell.
pub(crate) fn lines(address: &str, key: &str) -> Vec<Line> {
    let line = |does, type_this: String| Line { does, type_this };
    let post = |path: &str, body: &str| {
        format!("curl -sw'\\n' -H \"$K\" -H \"$J\" $API/{path} \\\n  -d '{body}'")
    };
    let get = |path: &str| format!("curl -sw'\\n' -H \"$K\" $API/{path}");
    let run = |action: &str, artifact: &str, model: &str| {
        format!(
            "{{\"customer\":\"{CUSTOMER}\",\"action\":\"{action}\",\"artifact\":\"{artifact}\"{model}}}"
        )
    };
    let map = run("enrich_market_map", "m1", "");
    let dear = run("tailor_document", "cv", ",\"model\":\"claude-opus-4-1\"");
    let set_up = format!(
        "API=http://{address}/v1 J='Content-Type: application/json'\n\
         K='Authorization: Bearer {key}'"
    );
    let start = format!(
        "RUN=$({} \\\n  | grep -o 'run_[0-9a-f]*' | head -1); echo $RUN",
        post("runs", &map)
    );
    let part = "{\"outcome\":\"partial\",\"parts\":5}";
    vec![
        line("first, in a new terminal", set_up),
        line("what would it cost?", post("check", &map)),
        line("start it: credits are set aside", start),
        line("only five sections arrive", post("runs/$RUN/settle", part)),
        line("the receipt, which stays", get("runs/$RUN")),
        line("the wallet", get(&format!("customers/{CUSTOMER}/wallet"))),
        line("a refusal, with ways forward", post("runs", &dear)),
    ]
}

/// The lines that go through the gateway, as a client of the provider would.
pub(crate) fn through_the_gateway(gateway: &str, api: &str, key: &str) -> Vec<Line> {
    let body =
        r#"{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}"#;
    let ask = format!(
        "curl -isN {gateway}/v1/chat/completions -H 'x-customer-id: {CUSTOMER}' \\\n  \
         -H 'Content-Type: application/json' \\\n  -d '{body}'"
    );
    let runs = format!(
        "curl -sw'\\n' -H 'Authorization: Bearer {key}' {api}/v1/customers/{CUSTOMER}/runs"
    );
    vec![
        Line { does: "a streamed answer; a fourth one is refused", type_this: ask },
        Line {
            does: "its receipt: how it ended, what was charged, what it cost us",
            type_this: runs,
        },
    ]
}
