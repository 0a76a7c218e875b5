//! Every problem there is: its code, its status, what it means, what to do. The list is closed.

use super::problem::title;
use probity_core::decide::Code;

/// A problem, explained.
pub(crate) struct About {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    pub(crate) means: &'static str,
    pub(crate) do_this: &'static str,
}

const fn about(
    code: &'static str,
    status: u16,
    means: &'static str,
    do_this: &'static str,
) -> About {
    About { code, status, means, do_this }
}

impl About {
    pub(crate) fn title(&self) -> String {
        title(self.code)
    }
}

/// What a refused run means.
const fn denied(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::Paused => (
            "Runs are paused: by an operator, or because today is far above the usual.",
            "An operator's pause is lifted by operators, an unusual day's also by the customer.",
        ),
        Code::RenewalDue => ("The period is not paid yet.", "Report its payment."),
        Code::NotInPlan => ("The plan does not offer this action.", "Take a plan that does."),
        Code::ModelAbovePlan => (
            "The model is above what the plan allows.",
            "Take a model that the plan allows: the answer to a run that starts lists them as `models_allowed`.",
        ),
        Code::OwnKeyMissing => (
            "This runs on the customer's own key, and none works.",
            "Add a key, or replace the one that was refused.",
        ),
        Code::OwnKeyCap => ("The cap on the own key is used.", "Wait, or raise the cap."),
        Code::BadInput => ("An input is missing or out of bounds.", "Change the input it names."),
        Code::ConfirmationNeeded => (
            "The price or its warning must be agreed to first.",
            "Show it, then send a quote, `max_price` or `confirmed`.",
        ),
        Code::InProgress => ("The same artifact is being worked on.", "Wait until it ends."),
        Code::ItemPaused => ("This artifact failed too often in a row.", "Wait, or resume it."),
        Code::TooManyAtOnce => ("Too many runs at once.", "Ask again when one has ended."),
        Code::Surge => ("A surge pauses free actions.", "Wait until `resets_at`."),
        Code::OurBudgetUsed => ("The budget for free runs is used.", "Wait until `resets_at`."),
        Code::AllowanceUsed => ("The free units are used.", "Wait until `resets_at`."),
        Code::PriceAboveMax => ("It costs more than `max_price`.", "Raise it, if that is fine."),
        Code::SpendCapReached => ("A spend cap is reached.", "Raise the cap, or wait."),
        Code::CreditsInFlight => {
            ("There are enough credits, but set aside for other runs.", "Wait until one ends.")
        }
        Code::NotEnoughCredits => ("There are too few credits.", "Take one of `ways_forward`."),
    }
}

/// All of them: refused runs in the order of the questions, then the others.
pub(crate) fn all() -> impl Iterator<Item = About> {
    let denials = Code::ALL.into_iter().map(|code| {
        let (means, do_this) = denied(code);
        about(code.word(), code.http_status(), means, do_this)
    });
    denials.chain(OTHERS.iter().map(|a| about(a.code, a.status, a.means, a.do_this)))
}

/// Problems that are no refused runs.
const OTHERS: &[About] = &[
    about(
        "invalid_json",
        400,
        "The body is not JSON that can be read.",
        "Send one JSON object, UTF-8, each key once.",
    ),
    about(
        "unauthenticated",
        401,
        "The key is missing, unknown, revoked or expired; or a signature is.",
        "Send a valid key as `Authorization: Bearer …`, or have it signed by who should.",
    ),
    about(
        "forbidden",
        403,
        "This key may not do that, or the service was started without what it takes; `detail` says it.",
        "Use a secret key, of the right environment; or have the service started with what it names.",
    ),
    about(
        "above_your_limit",
        403,
        "The key's role may not give so much in one act.",
        "Ask somebody whose role may.",
    ),
    about("top_ups_not_offered", 403, "The plan sells no extra credits.", "Change the plan first."),
    about(
        "not_found",
        404,
        "There is no such thing here, or it is another customer's.",
        "Check the id.",
    ),
    about(
        "method_not_allowed",
        405,
        "The path is right, the method is not.",
        "Use one that `Allow` names.",
    ),
    about(
        "already_settled",
        409,
        "The run has ended otherwise.",
        "Read its receipt; use `correct` where it ended worse than that.",
    ),
    about("too_late_to_correct", 409, "The time for corrections is over.", "Use a refund."),
    about(
        "payment_reused",
        409,
        "The payment was booked with other content.",
        "Send what it was booked with.",
    ),
    about(
        "notice_owed",
        409,
        "The version is worse for somebody and starts too early.",
        "Set `effective` to `earliest_day`, or a later day.",
    ),
    about(
        "published_meanwhile",
        409,
        "Something else was published since the revision that was expected to be the last.",
        "Read `/v1/contracts/latest`, and decide anew.",
    ),
    about(
        "too_early",
        409,
        "It tells of something that is not here yet, and may be on its way.",
        "Send it again after `Retry-After`.",
    ),
    about("already_done", 409, "This was done before.", "Nothing is left to do."),
    about(
        "idempotency_in_progress",
        409,
        "The same request is still being worked on.",
        "Ask again with the same key.",
    ),
    about("quote_used", 409, "The quote has served its run.", "Ask for a new one."),
    about("quote_expired", 410, "The quote's time is over.", "Ask for a new one."),
    about(
        "too_large",
        413,
        "The body is larger than is taken here: 1 MiB, or what a route of the gateway says.",
        "Send less at once.",
    ),
    about(
        "unsupported_media_type",
        415,
        "The body is not announced as JSON.",
        "Send `Content-Type: application/json`.",
    ),
    about(
        "invalid_request",
        422,
        "A field is missing, unknown or malformed; `field` names it.",
        "Change that field.",
    ),
    about(
        "idempotency_key_reused",
        422,
        "The key was used for another request.",
        "Take a new key.",
    ),
    about("quote_invalid", 422, "The quote is altered, cut or not ours.", "Ask for a new one."),
    about(
        "quote_mismatch",
        422,
        "The quote binds something else; `field` names it.",
        "Leave it out, or ask for a new quote.",
    ),
    about("nothing_to_refund", 422, "Nothing of the run is charged.", "Nothing is left to do."),
    about(
        "refund_exceeds_charged",
        422,
        "More than what is left of the charge.",
        "Refund `left` at most.",
    ),
    about(
        "correction_not_in_favour",
        422,
        "The correction would cost the customer more, or changes nothing.",
        "Corrections only lower what was paid.",
    ),
    about(
        "override_not_better",
        422,
        "The terms are worse than the plan; `field` names where.",
        "Special terms may only be better.",
    ),
    about(
        "contract_refused",
        422,
        "The contract cannot be published.",
        "Change what `detail` and `lint` name.",
    ),
    about(
        "upstream_failed",
        502,
        "Whoever does the work could not be reached, or did not answer as it should.",
        "Ask again; nothing was charged.",
    ),
    about(
        "upstream_timeout",
        504,
        "Whoever does the work did not answer in time.",
        "Ask again; nothing was charged.",
    ),
    about(
        "overloaded",
        503,
        "Too much at once; nothing was applied.",
        "Ask again after `Retry-After`.",
    ),
    about(
        "billing_unavailable",
        503,
        "The books cannot be read or written now; `applied` says what is known.",
        "Ask again after `Retry-After`, with the same key.",
    ),
];
