//! What an attempt costs, against formulas of others; and lists of prices that are cut to size.

use crate::samples::JOBSCOUT;
use probity_core::command::{Attempt, Usage};
use probity_core::contract::Costs;
use probity_core::contract::file::prices::{Change, Difference, Wanted, cut};
use probity_core::decide::attempt_cost;
use probity_core::{Cost, Name};
use proptest::prelude::*;

fn costs() -> Costs {
    JOBSCOUT.read().operations.expect("operations").costs.expect("costs")
}

fn attempt(model: &str, usage: Usage) -> Attempt {
    Attempt {
        provider: None,
        asked: None,
        model: Some(Name::new(model)),
        usage,
        source: None,
        services: std::collections::BTreeMap::new(),
        own_key: false,
    }
}

fn cost(text: &str) -> Cost {
    Cost::parse(text).unwrap()
}

/// So many billionths of a thousandth of a dollar: $0.15 a million tokens are 150 for each.
fn nanodollars_of_a_thousandth(n: u64) -> Cost {
    Cost::of_trillionths(i64::try_from(n).unwrap()).times(1_000).unwrap()
}

proptest! {
    /// What OpenRouter charged for gpt-4o-mini in public recordings: (in − cached) × $0.15 + cached ×
    /// $0.075 + out × $0.60, each for a million; reasoning is output.
    #[test]
    fn the_cost_of_a_call_is_what_openrouter_charges(
        input in 0_u64..2_000_000,
        cached in 0_u64..2_000_000,
        output in 0_u64..200_000,
        reasoning in proptest::option::of(0_u64..200_000),
        says_cached in any::<bool>(),
    ) {
        let cached = if says_cached { cached.min(input) } else { 0 };
        let usage = Usage {
            input: Some(input),
            cache_read: says_cached.then_some(cached),
            cache_write: None,
            output: Some(output),
            reasoning: reasoning.map(|n| n.min(output)),
        };
        let expected = (input - cached) * 150 + cached * 75 + output * 600;
        prop_assert_eq!(
            attempt_cost(&costs(), &attempt("openai/gpt-4o-mini-2024-07-18", usage)),
            Some(nanodollars_of_a_thousandth(expected))
        );
    }
}

#[test]
fn nothing_is_nothing_and_missing_is_unknown() {
    let zero = Usage { input: Some(0), output: Some(0), ..Usage::default() };
    assert_eq!(attempt_cost(&costs(), &attempt("gpt-4.1", zero)), Some(Cost::ZERO));
    let half = Usage { input: Some(0), ..Usage::default() };
    assert_eq!(attempt_cost(&costs(), &attempt("gpt-4.1", half)), None);
    assert_eq!(attempt_cost(&costs(), &attempt("nobody-knows", zero)), None);
    // gpt-4.1 has no price for writing to a cache: only where nothing was written it is known.
    let wrote = Usage { cache_write: Some(1), input: Some(10), ..zero };
    assert_eq!(attempt_cost(&costs(), &attempt("gpt-4.1", wrote)), None);
    let none = Usage { cache_write: Some(0), ..zero };
    assert_eq!(attempt_cost(&costs(), &attempt("gpt-4.1", none)), Some(Cost::ZERO));
}

#[test]
fn a_long_call_has_its_own_prices() {
    let text = r#"{ "gemini-2.5-pro": { "input_cost_per_token": 1.25e-06,
        "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 1.25e-07,
        "input_cost_per_token_above_200k_tokens": 2.5e-06,
        "output_cost_per_token_above_200k_tokens": 1.5e-05,
        "input_cost_per_token_above_200k_tokens_priority": 9,
        "cache_creation_input_token_cost_above_1hr": 9 } }"#;
    let reading = crate::samples::read_texts(JOBSCOUT.contract, JOBSCOUT.operations, Some(text));
    let costs = reading.operations.expect("operations").costs.expect("costs");
    let call = |input: u64, cached: u64| {
        let usage = Usage {
            input: Some(input),
            cache_read: Some(cached),
            output: Some(1_000),
            reasoning: Some(400),
            ..Usage::default()
        };
        attempt_cost(&costs, &attempt("gemini-2.5-pro", usage))
    };
    // 200,000 × $0.00000125 + 1,000 × $0.00001
    assert_eq!(call(200_000, 0), Some(cost("0.26")));
    // all 200,001 at $0.0000025, and the output at $0.000015
    assert_eq!(call(200_001, 0), Some(cost("0.5150025")));
    // the cache has one price, whether a call is long or not
    assert_eq!(call(200_001, 200_001), Some(cost("0.040000125")));
}

const LIST: &str = r#"{
  "sample_spec": { "input_cost_per_token": 0, "litellm_provider": "one of …" },
  "gpt-4.1": { "input_cost_per_token": 1.50e-06, "output_cost_per_token": 8e-06,
    "max_tokens": 32768, "mode": "chat", "litellm_provider": "openai",
    "supports_vision": true, "cache_read_input_token_cost": null },
  "bedrock/us.anthropic.claude-sonnet-4-5-v1:0": { "input_cost_per_token": 9, "output_cost_per_token": 9 },
  "claude-sonnet-4-5-20250929": { "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05 },
  "dall-e": { "mode": "image_generation", "output_cost_per_image": 0.02 },
  "odd": { "input_cost_per_token": "3e-06", "output_cost_per_token": 1.5e-05 }
}"#;

fn wanted(models: &[&str]) -> Vec<String> {
    models.iter().map(|model| (*model).to_owned()).collect()
}

#[test]
fn a_list_is_cut_to_what_is_wanted_in_the_text_it_was_written_in() {
    let models = wanted(&["gpt-4.1", "claude-sonnet-4-5", "own-model", "nobody-knows", "dall-e"]);
    let before = r#"{ "gpt-4.1": { "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06 },
        "own-model": { "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06 },
        "gpt-3": { "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06 } }"#;
    let cut = cut(LIST, Some(before), Wanted::Models(&models)).unwrap();
    assert_eq!(
        cut.text,
        "{\n  \"claude-sonnet-4-5-20250929\": { \"input_cost_per_token\": 3e-06, \
         \"output_cost_per_token\": 1.5e-05 },\n  \"gpt-4.1\": { \"input_cost_per_token\": 1.50e-06, \
         \"output_cost_per_token\": 8e-06, \"mode\": \"chat\", \"litellm_provider\": \"openai\" },\n  \
         \"own-model\": { \"input_cost_per_token\": 1e-06, \"output_cost_per_token\": 1e-06 }\n}\n"
    );
    assert_eq!((cut.missing, cut.unpriced), (wanted(&["nobody-knows"]), wanted(&["dall-e"])));
    assert_eq!(cut.kept, ["own-model"]);
    let change = |model: &str, what| Change { model: model.to_owned(), what };
    let key = "input_cost_per_token".to_owned();
    let cheaper = Difference::Price(key, Some(cost("0.000002")), Some(cost("0.0000015")));
    assert_eq!(cheaper.is_dearer(), Some(false));
    assert_eq!(
        cut.changes,
        [
            change("claude-sonnet-4-5-20250929", Difference::New),
            change("gpt-3", Difference::Gone),
            change("gpt-4.1", cheaper),
        ]
    );
}

#[test]
fn everything_that_has_its_prices_can_be_taken() {
    let cut = cut(LIST, None, Wanted::All).unwrap();
    assert_eq!(cut.models.len(), 3);
    // A price in quotes is no exact number: half a price would be taken for a whole one.
    assert_eq!(cut.unpriced, ["dall-e", "odd"]);
    assert!(cut.changes.is_empty() && cut.missing.is_empty());
    // What was cut reads back as it was: cutting it again changes nothing.
    let again = super::prices::cut(&cut.text, Some(&cut.text), Wanted::All).unwrap();
    assert_eq!((again.text, again.changes), (cut.text, vec![]));
}

#[test]
fn what_is_no_list_of_prices_is_refused() {
    for text in ["", "[]", "{\"a\": 1}", "{\"a\": {", "null", "\u{0}"] {
        assert!(cut(text, None, Wanted::All).is_err(), "{text}");
        assert!(cut(LIST, Some(text), Wanted::All).is_err(), "{text}");
    }
}
