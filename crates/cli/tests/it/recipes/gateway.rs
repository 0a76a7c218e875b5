//! `gateway`: the fake upstream, the gateway before it, and an unmodified client of OpenAI's.

use super::Stage;
use crate::gateway::sdk;

#[test]
fn a_client_asks_through_the_gateway_as_the_recipe_says() {
    let python = sdk::python();
    let venv = python.parent().unwrap().parent().unwrap();
    let stage = Stage::new();
    stage.has("contracts/assistant");
    // The same client, installed once for all tests.
    let here = format!("ln -s '{}' venv", venv.display());
    let installs = "python3 -m venv venv && venv/bin/pip install openai";
    stage.plays("gateway.md", &[(installs, &here)]);
}
