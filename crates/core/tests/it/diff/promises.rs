//! Every key around actions and plans.

use super::{ADVERSE, All, BETTER, Job, NEUTRAL, Row, UNDECIDABLE, changed, classes, hold};

pub(super) const ROWS: &[Row] = &[
    (All, "contract: everything", "contract: all", "contract", NEUTRAL, NEUTRAL),
    (Job, "customers: consumers", "customers: businesses", "customers", ADVERSE, BETTER),
    (Job, "time_zone: UTC", "time_zone: Europe/Berlin", "time_zone", UNDECIDABLE, UNDECIDABLE),
    (Job, "partial:   share", "partial:   free", "outcomes.partial", BETTER, ADVERSE),
    (Job, "abandoned: charge", "abandoned: share", "outcomes.abandoned", BETTER, ADVERSE),
    (
        Job,
        "too_slow_after: 10 minutes",
        "too_slow_after: 15 minutes",
        "failures.too_slow_after",
        ADVERSE,
        BETTER,
    ),
    (Job, "at_latest: 1 hour", "at_latest: 90 minutes", "failures.at_latest", ADVERSE, BETTER),
    (Job, "retries: 2", "retries: 3", "failures.retries", NEUTRAL, NEUTRAL),
    (
        Job,
        "same_item_fails: 3 times",
        "same_item_fails: 2 times",
        "failures.same_item_fails",
        ADVERSE,
        BETTER,
    ),
    (Job, "corrections: 30 days", "corrections: 14 days", "failures.corrections", ADVERSE, BETTER),
    (Job, "list_price: $0.10", "list_price: $0.12", "credit.list_price", ADVERSE, BETTER),
    (Job, "smallest: 0.5 credits", "smallest: 0.25 credits", "credit.smallest", ADVERSE, BETTER),
    (
        Job,
        "gift:     { lasts: 90 days }",
        "gift:     { lasts: 60 days }",
        "credit.kinds.gift.lasts",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "goodwill: { lasts: 90 days }",
        "goodwill: { lasts: forever }",
        "credit.kinds.goodwill.lasts",
        BETTER,
        ADVERSE,
    ),
    (
        Job,
        "rolls_over: 1 month",
        "rolls_over: 2 weeks",
        "credit.kinds.plan.rolls_over",
        ADVERSE,
        BETTER,
    ),
    (Job, "rolls_over: 1 month, ", "", "credit.kinds.plan.rolls_over", ADVERSE, BETTER),
    (
        Job,
        "keep_at_most: 200 credits",
        "keep_at_most: 150 credits",
        "credit.kinds.plan.keep_at_most",
        ADVERSE,
        BETTER,
    ),
    (Job, ", keep_at_most: 200 credits", "", "credit.kinds.plan.keep_at_most", BETTER, ADVERSE),
    (Job, "lasts: forever", "lasts: 2 years", "credit.kinds.bought.lasts", ADVERSE, BETTER),
    (
        Job,
        "refunds_last_at_least: 30 days",
        "refunds_last_at_least: 20 days",
        "credit.refunds_last_at_least",
        ADVERSE,
        BETTER,
    ),
    (Job, "250 credits: $22", "250 credits: $24", "top_ups.packs.250 credits", ADVERSE, BETTER),
    (Job, ", 250 credits: $22", "", "top_ups.packs.250 credits", ADVERSE, BETTER),
    (
        Job,
        "any_amount_from: $5",
        "any_amount_from: $10",
        "top_ups.any_amount_from",
        ADVERSE,
        BETTER,
    ),
    (Job, "\n  any_amount_from: $5", "", "top_ups.any_amount_from", ADVERSE, BETTER),
    (All, "\n  auto: only_if_asked", "", "top_ups.auto", ADVERSE, BETTER),
    (
        Job,
        "\n  money_back: { on: unused, within: 14 days }",
        "",
        "top_ups.money_back",
        ADVERSE,
        BETTER,
    ),
    (Job, "within: 14 days", "within: 30 days", "top_ups.money_back.within", BETTER, ADVERSE),
    (All, "last: 30 minutes", "last: 15 minutes", "quotes.last", ADVERSE, BETTER),
    (Job, "ask_from: 10 credits", "ask_from: 20 credits", "limits.ask_from", ADVERSE, BETTER),
    (All, "\n  ask_from: 10 credits", "", "limits.ask_from", ADVERSE, BETTER),
    (
        Job,
        "spend_cap: 400 credits a month",
        "spend_cap: 500 credits a month",
        "limits.spend_cap",
        ADVERSE,
        UNDECIDABLE,
    ),
    (All, "\n  spend_cap: 400 credits a month", "", "limits.spend_cap", ADVERSE, UNDECIDABLE),
    (Job, "at_once: 5", "at_once: 3", "limits.at_once", ADVERSE, BETTER),
    (
        All,
        "batch_when_short: all_or_none",
        "batch_when_short: run_what_fits",
        "limits.batch_when_short",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "times_usual: 5",
        "times_usual: 6",
        "limits.unusual_day.times_usual",
        ADVERSE,
        UNDECIDABLE,
    ),
    (
        Job,
        "and_over: 30 credits",
        "and_over: 40 credits",
        "limits.unusual_day.and_over",
        ADVERSE,
        UNDECIDABLE,
    ),
    (
        All,
        "\n  unusual_day: { times_usual: 5, and_over: 30 credits }",
        "",
        "limits.unusual_day",
        ADVERSE,
        UNDECIDABLE,
    ),
    (Job, "used: [50%, 80%, 100%]", "used: [50%, 100%]", "limits.alerts.used", ADVERSE, BETTER),
    (
        Job,
        "used: [50%, 80%, 100%]",
        "used: [40%, 100%]",
        "limits.alerts.used",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (Job, "runs_out: 3 days", "runs_out: 1 day", "limits.alerts.runs_out", ADVERSE, BETTER),
    (
        Job,
        "expires: [30 days, 7 days]",
        "expires: [7 days]",
        "limits.alerts.expires",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "actions: [tailor_document]",
        "actions: [tailor_document, find_contact_email]",
        "experiments.actions",
        BETTER,
        ADVERSE,
    ),
    (Job, "allowance: 3 a day", "allowance: 2 a day", "experiments.allowance", ADVERSE, BETTER),
    (
        Job,
        "a day\n  best_model: small",
        "a day\n  best_model: writer",
        "experiments.best_model",
        BETTER,
        ADVERSE,
    ),
    (
        Job,
        "a day\n  best_model: small",
        "a day",
        "experiments.best_model",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (All, "means: fast models", "means: quick models", "models.small.means", NEUTRAL, NEUTRAL),
    (
        Job,
        "are: [gpt-4.1, claude-sonnet-4-5]",
        "are: [gpt-4.1]",
        "models.writer.are",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "means: Claude Opus, are: [claude-opus-4-1]",
        "means: Claude Opus, are: [claude-opus-4-1, gpt-5]",
        "models.frontier.are",
        BETTER,
        ADVERSE,
    ),
    (Job, "notice: 30 days", "notice: 14 days", "changes.worse.notice", ADVERSE, BETTER),
    (Job, "starts: next_period", "starts: at_once", "changes.worse.starts", ADVERSE, BETTER),
    (
        Job,
        ", may_leave_with: refund_of_unused",
        "",
        "changes.worse.may_leave_with",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "\n  worse:  { notice: 30 days, starts: next_period, may_leave_with: refund_of_unused }",
        "",
        "changes.worse",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "better: { starts: at_once }",
        "better: { starts: next_period }",
        "changes.better.starts",
        ADVERSE,
        BETTER,
    ),
    (Job, "\n    - reprice_work_already_started", "", "changes.never", ADVERSE, BETTER),
    (Job, "top_up: /billing/top-up", "top_up: /top-up", "links.top_up", NEUTRAL, NEUTRAL),
    (Job, "plans: /billing/plans", "plans: /plans", "links.plans", NEUTRAL, NEUTRAL),
    (Job, "own_key: /settings/keys", "own_key: /keys", "links.own_key", NEUTRAL, NEUTRAL),
    (Job, ", contact: /help", "", "links.contact", NEUTRAL, NEUTRAL),
    (Job, "It is in your documents. ", "", "words.abandoned", NEUTRAL, NEUTRAL),
    (
        Job,
        "No email found. ",
        "Nothing found. ",
        "words.find_contact_email.empty_paid",
        NEUTRAL,
        NEUTRAL,
    ),
    (All, "our customers say it so", "they say it so", "waive.U01", NEUTRAL, NEUTRAL),
    (All, "by: product lead", "by: legal", "waive.U01", NEUTRAL, NEUTRAL),
    (All, "until: 2027-06-30", "until: 2027-07-31", "waive.U01", NEUTRAL, NEUTRAL),
    (
        All,
        "\nwaive:\n  U01: { because: our customers say it so, by: product lead, until: 2027-06-30 }",
        "",
        "waive.U01",
        NEUTRAL,
        NEUTRAL,
    ),
];

#[test]
fn each_key_around_actions_and_plans() {
    hold(ROWS);
}

#[test]
fn a_step_that_is_no_multiple_of_the_other_cannot_be_compared() {
    let text = |smallest: &str| {
        super::contract(&format!(
            "contract: c\nversion: 1\ncredit: {{ smallest: {smallest} }}\nactions:\n  \
             a: {{ name: A, unit: a, counts_as: one, price: 6 credits }}\n\
             plans:\n  p: {{ price: $1 a month }}\n"
        ))
    };
    let step = |was: &str, is: &str| super::diff(&text(was), &text(is)).changes[0].class;
    assert_eq!(step("2 credits", "3 credits"), UNDECIDABLE);
    assert_eq!(step("3 credits", "6 credits"), BETTER);
}

#[test]
fn without_a_list_price_no_money_is_shown() {
    let bare = changed(All, &[("\n  list_price: $0.10", ""), ("\n  any_amount_from: $5", "")]);
    assert!(classes(&bare).contains(&("credit.list_price", ADVERSE)), "{bare:#?}");
}

#[test]
fn another_currency_is_not_dearer_or_cheaper() {
    let euros = super::contract(
        &Job.text().replace("USD", "EUR").replace('$', "EUR ").replace("EUR 20", "$20"),
    );
    let diff = super::diff(&super::contract(Job.text()), &euros);
    assert!(classes(&diff).contains(&("currency", UNDECIDABLE)), "{diff:#?}");
    assert!(diff.changes.iter().all(|change| change.class == UNDECIDABLE), "{diff:#?}");
    assert_eq!(diff.class(), ADVERSE);
}

#[test]
fn trial_runs_come_and_go() {
    let none = changed(
        All,
        &[("\nexperiments: { actions: [write], allowance: 3 a day, best_model: small }", "")],
    );
    assert_eq!(classes(&none), [("experiments", ADVERSE)]);
}

#[test]
fn a_model_that_moves_to_a_dearer_class_is_out_of_reach_of_more() {
    let up = changed(
        Job,
        &[
            ("[gpt-4.1, claude-sonnet-4-5]", "[gpt-4.1]"),
            ("[claude-opus-4-1]", "[claude-opus-4-1, Claude-Sonnet-4-5]"),
        ],
    );
    assert_eq!(classes(&up), [("models.frontier.are", ADVERSE)]);
    let words = "The AI model claude-sonnet-4-5 is one of “Claude Opus” instead of “GPT-4.1 or Claude Sonnet”.";
    assert_eq!(up.changes[0].words, words);
    let down = changed(
        Job,
        &[
            ("[gpt-4.1, claude-sonnet-4-5]", "[claude-sonnet-4-5]"),
            ("[gpt-4o-mini]", "[gpt-4o-mini, gpt-4.1]"),
        ],
    );
    assert_eq!(classes(&down), [("models.small.are", BETTER)]);
}

#[test]
fn classes_of_models_that_change_places_cannot_be_compared() {
    let writer =
        "  writer:   { means: GPT-4.1 or Claude Sonnet, are: [gpt-4.1, claude-sonnet-4-5] }\n";
    let frontier = "  frontier: { means: Claude Opus, are: [claude-opus-4-1] }\n";
    let diff = changed(Job, &[(&format!("{writer}{frontier}"), &format!("{frontier}{writer}"))]);
    assert_eq!(classes(&diff), [("models", UNDECIDABLE)]);
}

#[test]
fn a_class_between_two_others_changes_nothing_for_either() {
    let middle = "  middle:   { means: Middling, are: [new-one] }\n  frontier: {";
    let diff = changed(Job, &[("  frontier: {", middle)]);
    assert_eq!(classes(&diff), [("models.middle", NEUTRAL), ("models.middle.are", BETTER)]);
}

#[test]
fn any_model_is_more_than_some() {
    let models = "\nmodels: { small: { means: small ones, are: [gpt-4o-mini] } }\n";
    let any = super::contract(super::MINIMAL.contract);
    let some = super::contract(&format!("{}{models}", super::MINIMAL.contract));
    let diff = super::diff(&any, &some);
    assert_eq!(classes(&diff), [("models", ADVERSE)]);
    assert_eq!(diff.changes[0].words, "The AI models are small ones instead of any model.");
    assert_eq!(classes(&super::diff(&some, &any)), [("models", BETTER)]);
}

#[test]
fn the_first_pack_takes_away_that_exactly_what_is_lacking_can_be_bought() {
    let packs = "\ntop_ups: { packs: { 50 credits: $5 } }\n";
    let exact = super::contract(super::MINIMAL.contract);
    let pack = super::contract(&format!("{}{packs}", super::MINIMAL.contract));
    let pair = super::diff(&exact, &pack);
    assert_eq!(classes(&pair), [("top_ups.packs.50 credits", UNDECIDABLE)]);
}

#[test]
fn a_ceiling_among_classes_that_changed_places_cannot_be_compared() {
    let writer =
        "  writer:   { means: GPT-4.1 or Claude Sonnet, are: [gpt-4.1, claude-sonnet-4-5] }\n";
    let frontier = "  frontier: { means: Claude Opus, are: [claude-opus-4-1] }\n";
    let diff = changed(
        Job,
        &[
            (&format!("{writer}{frontier}"), &format!("{frontier}{writer}")),
            ("best_model: writer\n    allow", "best_model: frontier\n    allow"),
        ],
    );
    let ceiling = ("plans.pro.best_model", UNDECIDABLE);
    assert_eq!(classes(&diff), [ceiling, ("models", UNDECIDABLE)]);
}

#[test]
fn a_class_that_goes_takes_its_models_along_unless_they_move() {
    let writer =
        "\n  writer:   { means: GPT-4.1 or Claude Sonnet, are: [gpt-4.1, claude-sonnet-4-5] }";
    let small = super::edited(Job.text(), writer, "").replace(": writer", ": frontier");
    let moved = super::edited(&small, "[claude-opus-4-1]", "[claude-opus-4-1, gpt-4.1]");
    let diff = super::diff(&super::contract(Job.text()), &super::contract(&moved));
    let models: Vec<_> =
        classes(&diff).into_iter().filter(|(key, _)| key.starts_with("models.")).collect();
    // For the ceilings that both have, one model stays where it was, and one is gone.
    let gone = ("models.writer.are", ADVERSE);
    assert_eq!(models, [("models.writer", NEUTRAL), ("models.frontier.are", NEUTRAL), gone]);
    assert!(classes(&diff).contains(&("plans.pro.best_model", BETTER)), "{diff:#?}");
}
