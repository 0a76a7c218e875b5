//! The calls that work takes, as a product reports them: to models, and to suppliers.

use serde_json::{Value, json};

/// A call to a model.
pub(super) fn call(provider: &str, model: &str, input: u64, output: u64) -> Value {
    let usage = json!({ "input": input, "output": output });
    json!({ "provider": provider, "model": model, "usage": usage })
}

/// What an action usually takes.
pub(super) fn usual(action: &str) -> Value {
    match action {
        "map_market" => json!([call("openai", "gpt-4o-mini", 3_100, 760)]),
        "enrich_market_map" => map(6),
        "tailor_document" => json!([call("openai", "gpt-4.1", 11_400, 1_900)]),
        "process_documents" => json!([call("openai", "gpt-4o-mini", 71_000, 16_500)]),
        "find_contact_email" => json!([{ "services": { "email_lookup": 1 } }]),
        "search_roles" => json!([{ "services": { "job_index": 1 } }]),
        _ => Value::Null,
    }
}

/// A market map: a model, and so many companies looked up.
pub(super) fn map(companies: u64) -> Value {
    let mut call = call("openai", "gpt-4.1", 20_000, 3_000);
    call["services"] = json!({ "company_data": companies });
    json!([call])
}
