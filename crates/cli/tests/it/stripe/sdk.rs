//! Stripe's own library as the judge of signatures: what it signs is believed here, what is signed here
//! it believes, and it reads the samples as the objects they are.

use super::events::{event, intent};
use super::{LIVE, SECONDS, secret, sends, shop};
use crate::gateway::sdk::python;
use probity_cli::stripe::sign;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Asks the script beside this one a question in JSON.
fn asks(question: &Value) -> Value {
    let script: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "tests", "sdk", "signed.py"].iter().collect();
    let mut child = Command::new(python())
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    serde_json::from_slice(&out.stdout).unwrap()
}

#[test]
fn stripe_s_own_library_agrees_on_signatures() {
    let served = shop();
    served.put("/v1/customers/ana", &json!({ "plan": "byok" })).is(201);
    for (n, note) in ["", "é ü 漢 🎉", "a\nb\t\"c\""].into_iter().enumerate() {
        let n = u32::try_from(n).unwrap();
        let mut of = intent(&format!("pi_{n}"), "ana", "10", 100);
        of["description"] = json!(note);
        let body = event(n, 0, "payment_intent.succeeded", &of).to_string();
        let ours = sign(body.as_bytes(), SECONDS, &secret(LIVE));
        let asked = json!({ "body": body, "secret": LIVE, "at": SECONDS, "header": ours });
        let said = asks(&asked);
        assert_eq!(said["believes"], true, "{said}");
        assert_eq!((&said["object"], &said["amount"]), (&json!("PaymentIntent"), &json!(100)));
        let theirs = said["header"].as_str().unwrap();
        assert_eq!(sends(&served, &body, theirs).is(200)["did"], "top_up");
        let broken =
            json!({ "body": format!("{body} "), "secret": LIVE, "at": SECONDS, "header": ours });
        assert_eq!(asks(&broken)["believes"], false);
    }
}
