//! The price map, compiled: what one token of each model costs.
//!
//! Only prices that the usage of an attempt can be held against: those of a cache kept for an hour,
//! of other service tiers and of batches are not here, because no usage says that they applied.

use crate::money::Cost;
use std::collections::BTreeMap;

/// Token prices by model, exact, and the hash of the file they came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceMap {
    /// By model name as written.
    pub models: BTreeMap<String, ModelPrice>,
    /// SHA-256 of the file, hex; stands on every receipt's cost.
    pub hash: String,
}

impl PriceMap {
    /// The prices of a model: under its name as written, else under the shortest of those with the
    /// same plain name.
    ///
    /// Providers prefix and date the names of one model; see [`super::plain_model_name`].
    #[must_use]
    pub fn price_of(&self, model: &str) -> Option<&ModelPrice> {
        named(&self.models, model).map(|(_, price)| price)
    }
}

/// What a map holds of a model: under its name as written, else under the shortest of those with
/// the same plain name.
pub(crate) fn named<'m, T>(
    models: &'m BTreeMap<String, T>,
    model: &str,
) -> Option<(&'m String, &'m T)> {
    let plain = super::plain_model_name(model);
    models.get_key_value(model).or_else(|| {
        let same = models.iter().filter(|(name, _)| super::is_same_model(name, plain));
        same.min_by_key(|(name, _)| name.len())
    })
}

/// What one token of a model costs, in USD. A missing price is unknown, never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelPrice {
    /// `litellm_provider`.
    pub provider: Option<String>,
    /// `input_cost_per_token`.
    pub input: Option<Cost>,
    /// `output_cost_per_token`.
    pub output: Option<Cost>,
    /// `cache_read_input_token_cost`.
    pub cache_read: Option<Cost>,
    /// `cache_creation_input_token_cost`.
    pub cache_write: Option<Cost>,
    /// `output_cost_per_reasoning_token`; None: as output.
    pub reasoning: Option<Cost>,
    /// `…_above_200k_tokens`: prices of calls that read more than so many tokens.
    pub above: BTreeMap<u64, LongPrice>,
}

/// What one token costs in a call that reads more than a number of tokens. A price that is missing
/// is that of shorter calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LongPrice {
    /// `input_cost_per_token_above_…`.
    pub input: Option<Cost>,
    /// `output_cost_per_token_above_…`.
    pub output: Option<Cost>,
    /// `cache_read_input_token_cost_above_…`.
    pub cache_read: Option<Cost>,
    /// `cache_creation_input_token_cost_above_…`.
    pub cache_write: Option<Cost>,
    /// `output_cost_per_reasoning_token_above_…`; None: as the output of such calls.
    pub reasoning: Option<Cost>,
}

impl ModelPrice {
    /// What tokens cost in a call that reads `input` tokens, those of the cache included: all of its
    /// tokens, not only those above.
    #[must_use]
    pub fn of_call(&self, input: u64) -> LongPrice {
        let usual = LongPrice {
            input: self.input,
            output: self.output,
            cache_read: self.cache_read,
            cache_write: self.cache_write,
            reasoning: self.reasoning.or(self.output),
        };
        self.above.range(..input).fold(usual, |below, (_, above)| LongPrice {
            input: above.input.or(below.input),
            output: above.output.or(below.output),
            cache_read: above.cache_read.or(below.cache_read),
            cache_write: above.cache_write.or(below.cache_write),
            reasoning: above.reasoning.or(above.output).or(below.reasoning),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(text: &str) -> Option<Cost> {
        Cost::parse(text)
    }

    #[test]
    fn a_call_above_the_number_is_priced_whole_by_what_is_said_for_it() {
        let long = LongPrice { input: cost("2"), output: cost("20"), ..LongPrice::default() };
        let longer = LongPrice { input: cost("4"), ..LongPrice::default() };
        let price = ModelPrice {
            input: cost("1"),
            output: cost("10"),
            cache_read: cost("0.1"),
            above: BTreeMap::from([(200_000, long), (400_000, longer)]),
            ..ModelPrice::default()
        };
        for (read, input, output) in [
            (0, "1", "10"),
            (200_000, "1", "10"),
            (200_001, "2", "20"),
            (400_000, "2", "20"),
            (400_001, "4", "20"),
        ] {
            let of = price.of_call(read);
            assert_eq!((of.input, of.output), (cost(input), cost(output)), "{read}");
            assert_eq!((of.cache_read, of.cache_write), (cost("0.1"), None));
            assert_eq!(of.reasoning, of.output);
        }
    }
}
