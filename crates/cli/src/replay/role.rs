//! What a column of a usage log can mean to a replay: the closed list of roles.
//!
//! Each role has its word (for `--map`), what it is for, and the header names it is recognised by.
//! It reads no file and decides nothing.

/// What a column means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Role {
    /// When it happened.
    Time,
    /// Who would pay.
    Customer,
    /// The plan they were on.
    Plan,
    /// What they pressed.
    Action,
    /// Where it was served: tells the action where nothing else does.
    Route,
    /// The model used.
    Model,
    /// How it ended.
    Outcome,
    /// Why it failed: refines a failure.
    Error,
    /// Was the answer a stored one?
    CacheHit,
    /// Did the customer stop it?
    Cancelled,
    /// The customer's own thing that the result belongs to.
    Artifact,
    /// How many units.
    Quantity,
    /// How many parts arrived; of an action that is paid by quantity, how many units.
    Parts,
    /// Tokens read by the model, cached ones included.
    TokensIn,
    /// Tokens written by it.
    TokensOut,
    /// Tokens read from a cache, counted in those read.
    TokensCached,
    /// What it cost you, in US dollars.
    Cost,
    /// What the customer is charged for it today.
    Charged,
    /// Did today's billing allow it? Asked by comparisons only.
    Allowed,
    /// The request's own id: the same id twice is one request.
    Id,
}

impl Role {
    /// All of them, in the order they are shown.
    pub(crate) const ALL: [Self; Self::COUNT] = [
        Self::Time,
        Self::Customer,
        Self::Plan,
        Self::Action,
        Self::Route,
        Self::Model,
        Self::Outcome,
        Self::Error,
        Self::CacheHit,
        Self::Cancelled,
        Self::Artifact,
        Self::Quantity,
        Self::Parts,
        Self::TokensIn,
        Self::TokensOut,
        Self::TokensCached,
        Self::Cost,
        Self::Charged,
        Self::Allowed,
        Self::Id,
    ];

    /// How many there are.
    pub(crate) const COUNT: usize = 20;

    /// Its word in `--map ROLE=COLUMN`.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Customer => "customer",
            Self::Plan => "plan",
            Self::Action => "action",
            Self::Route => "route",
            Self::Model => "model",
            Self::Outcome => "outcome",
            Self::Error => "error",
            Self::CacheHit => "cache_hit",
            Self::Cancelled => "cancelled",
            Self::Artifact => "artifact",
            Self::Quantity => "quantity",
            Self::Parts => "parts",
            Self::TokensIn => "tokens_in",
            Self::TokensOut => "tokens_out",
            Self::TokensCached => "tokens_cached",
            Self::Cost => "cost",
            Self::Charged => "charged",
            Self::Allowed => "allowed",
            Self::Id => "id",
        }
    }

    /// Reads its word; `status` is read as `outcome`.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        let word = if word == "status" { "outcome" } else { word };
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The header names it is recognised by (see [`plain_name`]), the surest first.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        self.name_list().split_whitespace().filter(|name| *name != "|")
    }

    /// Of these, the names that mean nothing else, whatever stands below them.
    pub(crate) fn sure_names(self) -> impl Iterator<Item = &'static str> {
        self.name_list().split_whitespace().take_while(|name| *name != "|")
    }

    /// Is this its own word?
    pub(crate) fn is_word(self, plain: &str) -> bool {
        Self::parse(plain) == Some(self)
    }

    /// Names; those after the bar mean other things, too.
    const fn name_list(self) -> &'static str {
        match self {
            Self::Time => {
                "time timestamp ts at created_at occurred_at event_time started_at start_time \
                 request_time datetime date_time logged_at ended_at end_time | created date"
            }
            Self::Customer => {
                "customer customer_id account account_id end_user end_user_id external_user \
                 tenant tenant_id organization_id organisation_id org_id organization org \
                 workspace_id company_id company client_id user_id user uid user_email email \
                 team_id api_key_name api_key_alias api_key |"
            }
            Self::Plan => "plan plan_id plan_name tier subscription subscription_plan",
            Self::Action => {
                "action action_id feature event event_name event_type operation task \
                 task_type job_type usage_type function tool"
            }
            Self::Route => "route path endpoint url uri call_type app_name",
            Self::Model => "model model_name model_permaslug model_group llm engine",
            Self::Outcome => {
                "outcome status status_code http_status http_status_code | result state \
                 response_status response_code success succeeded ok finish_reason_normalized \
                 finish_reason"
            }
            Self::Error => "error_class error_type error_code",
            Self::CacheHit => "cache_hit from_cache cached_response cache_status",
            Self::Cancelled => "cancelled canceled |",
            Self::Artifact => {
                "artifact artifact_id document_id doc_id draft_id item_id resource_id \
                 object_id entity_id target_id"
            }
            Self::Quantity => "quantity qty | units pages page_count num_pages",
            Self::Parts => {
                "parts parts_done parts_delivered pages_done pages_delivered units_delivered \
                 quantity_delivered done_pages delivered_pages delivered_units \
                 delivered_quantity | sections sections_done arrived delivered"
            }
            Self::TokensIn => {
                "tokens_in input_tokens prompt_tokens tokens_prompt tokens_input \
                 native_tokens_prompt"
            }
            Self::TokensOut => {
                "tokens_out output_tokens completion_tokens tokens_completion tokens_output \
                 native_tokens_completion"
            }
            Self::TokensCached => {
                "tokens_cached cached_tokens cache_read_input_tokens cache_read_tokens \
                 native_tokens_cached"
            }
            Self::Cost => {
                "cost cost_usd our_cost unit_cost model_cost provider_cost cost_total \
                 total_cost llm_cost response_cost usage_cost spend"
            }
            Self::Charged => {
                "charged charged_usd charge amount_charged billed billed_amount billed_usd | \
                 price price_usd amount amount_usd revenue credits_charged credits_used \
                 credits"
            }
            Self::Allowed => "allowed was_allowed permitted is_allowed",
            Self::Id => {
                "id request_id event_id generation_id call_id idempotency_key trace_id run_id \
                 uuid message_id run"
            }
        }
    }
}

/// A header as it is compared: `startTime`, `Start Time` and `start-time` are all `start_time`.
pub(crate) fn plain_name(header: &str) -> String {
    let mut out = String::with_capacity(header.len() + 4);
    let mut before = ' ';
    for c in header.trim().chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            out.push('_');
        }
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        before = c;
    }
    out.truncate(out.trim_end_matches('_').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_compared_without_their_style() {
        for (header, plain) in [
            ("startTime", "start_time"),
            ("Start Time", "start_time"),
            ("requestID", "request_id"),
            (" created-at ", "created_at"),
            ("metadata.usage", "metadata_usage"),
            ("(id)", "id"),
            ("Größe", "gr_e"),
            ("", ""),
        ] {
            assert_eq!(plain_name(header), plain, "{header}");
        }
    }

    #[test]
    fn every_role_has_a_word_of_its_own_and_no_name_means_two() {
        let mut seen = std::collections::BTreeSet::new();
        for (place, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, place);
            assert_eq!(Role::parse(role.word()), Some(role));
            for name in role.names() {
                assert!(seen.insert(name), "{name} means two things");
                assert_eq!(plain_name(name), name, "{name} is not in its plain form");
            }
        }
        assert_eq!(Role::parse("status"), Some(Role::Outcome));
        assert_eq!(Role::parse("colour"), None);
    }
}
