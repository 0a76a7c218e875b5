//! The roll-out: shadow, then enforced.

use super::attempts;
use crate::answer::Failure;
use crate::demo::OPERATIONS;
use crate::demo::stage::{Stage, done};
use serde_json::json;

/// As the sample's operations say it, and as it is said next.
const IN_SHADOW: &str = "process_documents: shadow";
const ENFORCED: &str = "process_documents: enforce";

pub(super) fn shadow(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let pages = json!({
        "customer": "ben", "action": "process_documents", "quantity": 30, "own_key": false,
        "outcome": "delivered", "attempts": attempts::usual("process_documents"),
    });
    let eve = json!({ "plan": "pro", "name": "Eve" });
    done(stage.ask("Eve takes the plan Pro", "PUT", "/v1/customers/eve", eve)?)?;
    let mut run = pages;
    run["customer"] = json!("eve");
    let before = done(stage.ask("She has documents read", "POST", "/v1/runs", run.clone())?)?;
    stage.publish_operations(
        "We publish the operations with another mode",
        &OPERATIONS.replace(IN_SHADOW, ENFORCED),
    )?;
    let after = done(stage.ask("She has more read", "POST", "/v1/runs", run)?)?;
    stage.promise(
        "In shadow she paid nothing, and we know what it would have been.",
        before.text("/charged") == "0" && before.text("/mode") == "shadow",
    );
    stage.promise(
        "Enforced, it cost exactly what the shadow had said.",
        after.text("/mode") == "enforce"
            && after.body["charged"] == before.body["would"]["charged"],
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sample_has_one_action_in_shadow() {
        assert_eq!(super::OPERATIONS.matches(super::IN_SHADOW).count(), 1);
    }
}
