//! `probity serve` with secrets of Stripe: refused where one is none, said where they are taken.

use super::events::{event, intent};
use crate::http::started::Started;
use crate::support::repository;
use probity::clock::{Clock, SystemClock};
use probity_cli::stripe::{Secret, sign};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

const LIVE: &str = "PROBITY_STRIPE_SIGNING_SECRET";
const SANDBOX: &str = "PROBITY_STRIPE_SIGNING_SECRET_SANDBOX";

/// How it is refused to start in a folder, with this deployment and these variables.
fn refused(folder: &Path, deployment: &str, env: &[(&str, &str)]) -> String {
    std::fs::write(folder.join("probity.yaml"), deployment).unwrap();
    let contract = repository().join("contracts/jobscout");
    let output = Command::new(snapbox::cmd::cargo_bin!("probity"))
        .current_dir(folder)
        .args(["serve", contract.to_str().unwrap(), "--deployment", "probity.yaml"])
        .args(["--listen", "127.0.0.1:0"])
        .envs(env.iter().copied())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!folder.join("probity.db").exists());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("canary"), "{said}");
    said
}

#[test]
fn a_secret_that_is_none_is_refused_before_anything_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = "stripe: { without_subscription: discovery }\n";
    let live = "stripe: { signing_secrets: { live: [{ env: OURS }] } }\n";
    let file = "stripe: { signing_secrets: { live: [{ file: stripe.secret }] } }\n";
    for (deployment, env, says) in [
        (nothing, &[(LIVE, "")][..], "PROBITY_STRIPE_SIGNING_SECRET is empty"),
        (nothing, &[(SANDBOX, "  ")], "is empty, and would let anybody say that they paid"),
        (nothing, &[(LIVE, "whsec_canary_1,,")], "is empty"),
        (nothing, &[(LIVE, "canary")], "has no signing secret"),
        (
            nothing,
            &[(LIVE, "whsec_canary_1"), (SANDBOX, "whsec_canary_1")],
            "for live and for the sandbox",
        ),
        (live, &[], "OURS, which is not set"),
        (live, &[("OURS", "")], "OURS is empty"),
        (file, &[], "stripe.secret cannot be read"),
        ("stripe: { prices: { p: { plan: gold } } }\n", &[], "has errors"),
    ] {
        let said = refused(folder.path(), deployment, env);
        assert!(said.contains(says), "{said}");
    }
    let secret = folder.path().join("stripe.secret");
    for (text, mode, says) in
        [("whsec_canary_1", 0o644, "may be read or changed by others"), ("\n", 0o600, "is empty")]
    {
        std::fs::write(&secret, text).unwrap();
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(mode)).unwrap();
        let said = refused(folder.path(), file, &[]);
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn what_a_file_s_secret_signed_is_taken_by_the_real_service() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("stripe.secret");
    std::fs::write(&secret, "whsec_of_a_file\n").unwrap();
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).unwrap();
    let deployment = "stripe: { signing_secrets: { sandbox: [{ file: stripe.secret }] } }\n";
    std::fs::write(folder.path().join("probity.yaml"), deployment).unwrap();
    let contract = repository().join("contracts/jobscout");
    let args = [contract.to_str().unwrap(), "--deployment", "probity.yaml"];
    let mut served = Started::serve(folder.path(), &args);
    let (_, sandbox) = served.keys();
    served.put(&sandbox, "/v1/customers/ana", &json!({ "plan": "byok" }));
    let mut told = event(1, 0, "payment_intent.succeeded", &intent("pi_1", "ana", "100", 1000));
    told["livemode"] = json!(false);
    let body = told.to_string();
    let now = SystemClock.now().micros() / 1_000_000;
    let signature = sign(body.as_bytes(), now, &Secret::new("whsec_of_a_file").unwrap());
    let said = served.signed("/v1/stripe/webhook", &body, &signature);
    assert_eq!(said["did"], "top_up", "{said}");
    let wallet = served.get(&sandbox, "/v1/customers/ana/wallet");
    assert_eq!(wallet["balance"], "100");
}

#[test]
fn the_log_has_what_is_refused_and_never_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let deployment = "stripe: { signing_secrets: { live: [{ env: OURS }] } }\n";
    std::fs::write(folder.path().join("probity.yaml"), deployment).unwrap();
    let contract = repository().join("contracts/jobscout");
    let args = [contract.to_str().unwrap(), "--deployment", "probity.yaml"];
    let ours = Path::new("whsec_canary_1");
    let mut served = Started::serve_with(folder.path(), &args, "127.0.0.1:0", &[("OURS", ours)]);
    let mut of = intent("pi_1", "ana", "-5", 1000);
    of["metadata"]["note"] = json!("canary of the payload");
    let body = event(7, 0, "payment_intent.succeeded", &of).to_string();
    let now = SystemClock.now().micros() / 1_000_000;
    let signature = sign(body.as_bytes(), now, &Secret::new("whsec_canary_1").unwrap());
    assert_eq!(served.refuses("/v1/stripe/webhook", &body, &signature)["code"], "invalid_request");
    for _ in 0..3 {
        let said = served.refuses("/v1/stripe/webhook", &body, "t=1,v1=canary");
        assert_eq!(said["code"], "unauthenticated");
    }
    let (_, log) = served.end();
    let refused: Vec<&str> = log.lines().filter(|line| line.contains("not taken")).collect();
    assert!(refused.len() == 1 && refused[0].contains("evt_7"), "{log}");
    assert!(refused[0].contains("invalid_request"), "{log}");
    let unsigned = log.lines().filter(|line| line.contains("not signed")).count();
    assert_eq!(unsigned, 1, "{log}");
    assert!(!log.contains("canary"), "{log}");
}
