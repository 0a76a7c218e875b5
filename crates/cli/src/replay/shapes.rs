//! The logs of other tools that are understood without a flag: their columns, and what they mean.
//!
//! LiteLLM's spend logs (the table `LiteLLM_SpendLogs`, as CSV or JSON lines) and OpenRouter's
//! activity export. Both tell what you pay, not what your customer is charged.

use super::columns::{Column, Source};
use super::role::Role;
use probity_core::Outcome;

/// Where a log comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shape {
    /// A table of your own.
    Own,
    /// LiteLLM's spend logs.
    Litellm,
    /// OpenRouter's activity export.
    Openrouter,
}

/// Role and columns: in every row the first that is filled is read.
type Table = &'static [(Role, &'static [&'static str])];

const LITELLM: Table = &[
    (Role::Time, &["startTime"]),
    (Role::Customer, &["end_user", "user", "team_id", "api_key"]),
    (Role::Action, &["request_tags"]),
    (Role::Route, &["call_type"]),
    (Role::Model, &["model", "model_group"]),
    (Role::Outcome, &["status", "metadata.status"]),
    (Role::Error, &["metadata.error_information.error_class"]),
    (Role::CacheHit, &["cache_hit"]),
    (Role::TokensIn, &["prompt_tokens"]),
    (Role::TokensOut, &["completion_tokens"]),
    (
        Role::TokensCached,
        &[
            "metadata.usage_object.prompt_tokens_details.cached_tokens",
            "metadata.additional_usage_values.cache_read_input_tokens",
        ],
    ),
    (Role::Cost, &["spend"]),
    (Role::Id, &["request_id"]),
];

const OPENROUTER: Table = &[
    (Role::Time, &["created_at"]),
    (Role::Customer, &["user", "api_key_name"]),
    (Role::Route, &["app_name"]),
    (Role::Model, &["model_permaslug"]),
    (Role::Outcome, &["finish_reason_normalized"]),
    (Role::Cancelled, &["cancelled"]),
    (Role::TokensIn, &["tokens_prompt"]),
    (Role::TokensOut, &["tokens_completion"]),
    (Role::TokensCached, &["tokens_cached"]),
    (Role::Cost, &["cost_total"]),
    (Role::Id, &["generation_id"]),
];

impl Shape {
    /// Told by columns that no other log has together.
    pub(crate) fn of(columns: &[Column]) -> Self {
        let has = |name: &str| columns.iter().any(|c| c.name == name);
        if ["request_id", "call_type", "startTime", "spend"].into_iter().all(has) {
            Self::Litellm
        } else if ["generation_id", "created_at", "model_permaslug", "cost_total"]
            .into_iter()
            .all(has)
        {
            Self::Openrouter
        } else {
            Self::Own
        }
    }

    /// Its name for people.
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Own => None,
            Self::Litellm => Some("LiteLLM spend logs"),
            Self::Openrouter => Some("OpenRouter activity export"),
        }
    }

    /// What an empty outcome means here: both tools write one row per answered call, and their
    /// older versions left the column empty. In your own table it is not guessed.
    pub(crate) const fn outcome_of_nothing(self) -> Option<Outcome> {
        match self {
            Self::Own => None,
            Self::Litellm => Some(Outcome::Delivered),
            // No reason why it ended: it did not end well.
            Self::Openrouter => Some(Outcome::Failed),
        }
    }

    /// The columns of the known roles.
    pub(crate) fn sources(self, columns: &[Column]) -> [Vec<Source>; Role::COUNT] {
        let table = match self {
            Self::Own => &[],
            Self::Litellm => LITELLM,
            Self::Openrouter => OPENROUTER,
        };
        let mut sources = [const { Vec::new() }; Role::COUNT];
        for (role, names) in table {
            let Some(slot) = sources.get_mut(*role as usize) else { continue };
            if !names.iter().any(|name| has_values(name, columns)) {
                continue;
            }
            // A customer may be named by a column that is empty at first.
            let is_read = |name: &&&str| {
                let is_there = || columns.iter().any(|column| column.name == **name);
                has_values(name, columns) || (*role == Role::Customer && is_there())
            };
            slot.extend(names.iter().filter(is_read).map(|name| source(name)));
        }
        sources
    }
}

fn source(name: &str) -> Source {
    let mut keys = name.split('.').map(String::from);
    Source { column: keys.next().unwrap_or_default(), path: keys.collect() }
}

/// Has this column, or this place inside a column of JSON texts, any value?
fn has_values(name: &str, columns: &[Column]) -> bool {
    columns.iter().any(|column| {
        let mut sample = column.sample.iter();
        match name.strip_prefix(&column.name).map(|path| path.strip_prefix('.')) {
            _ if column.name == name => sample.any(|v| !matches!(v.as_str(), "[]" | "{}")),
            Some(Some(path)) => {
                let key = format!("\"{}\"", path.rsplit('.').next().unwrap_or(path));
                sample.any(|v| v.contains(&key))
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::columns::Columns;

    fn columns(list: &[(&str, &str)]) -> Vec<Column> {
        let sample = |v: &str| if v.is_empty() { vec![] } else { vec![v.to_owned()] };
        list.iter().map(|(n, v)| Column { name: (*n).to_owned(), sample: sample(v) }).collect()
    }

    #[test]
    fn litellms_spend_logs_are_known() {
        let metadata =
            r#"{"status":"failure","usage_object":{"prompt_tokens_details":{"cached_tokens":5}}}"#;
        let table = columns(&[
            ("request_id", "chatcmpl-1"),
            ("call_type", "acompletion"),
            ("spend", "0.00012"),
            ("prompt_tokens", "12"),
            ("completion_tokens", "4"),
            ("startTime", "2026-09-05 10:00:00.123"),
            ("endTime", "2026-09-05 10:00:01"),
            ("model", "openai/gpt-4.1"),
            ("model_group", ""),
            ("user", "team-service"),
            ("end_user", ""),
            ("metadata", metadata),
            ("cache_hit", "False"),
            ("request_tags", "[]"),
            ("status", ""),
        ]);
        let chosen = Columns::choose(&table, &[], &[]).unwrap();
        assert_eq!(chosen.shape, Shape::Litellm);
        assert_eq!(
            chosen.describe(),
            "time ← startTime, customer ← end_user, else user, route ← call_type, model ← model, \
             outcome ← metadata.status, cache_hit ← cache_hit, tokens_in ← prompt_tokens, \
             tokens_out ← completion_tokens, \
             tokens_cached ← metadata.usage_object.prompt_tokens_details.cached_tokens, \
             cost ← spend, id ← request_id; \
             not used: endTime, model_group, request_tags, status"
        );
        assert!(chosen.zone_assumed);
    }

    #[test]
    fn openrouters_activity_export_is_known() {
        let table = columns(&[
            ("generation_id", "gen-1"),
            ("created_at", "2026-09-04 10:00:00.271"),
            ("cost_total", "0.0021"),
            ("tokens_prompt", "100"),
            ("tokens_completion", "50"),
            ("model_permaslug", "openai/gpt-4.1-2025-04-14"),
            ("cancelled", "false"),
            ("user", "u1"),
            ("finish_reason_raw", "stop"),
            ("finish_reason_normalized", "stop"),
            ("app_name", "jobs"),
        ]);
        let chosen = Columns::choose(&table, &[], &[("action".into(), "app_name".into())]).unwrap();
        assert_eq!(chosen.shape, Shape::Openrouter);
        assert_eq!(
            chosen.describe(),
            "time ← created_at, customer ← user, action ← app_name, route ← app_name, \
             model ← model_permaslug, outcome ← finish_reason_normalized, cancelled ← cancelled, \
             tokens_in ← tokens_prompt, tokens_out ← tokens_completion, cost ← cost_total, \
             id ← generation_id; not used: finish_reason_raw"
        );
    }
}
