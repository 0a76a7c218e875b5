//! Every key of an action.

use super::{ADVERSE, All, BETTER, Job, NEUTRAL, Row, UNDECIDABLE, changed, classes, hold};

pub(super) const ROWS: &[Row] = &[
    (
        Job,
        "name: Enrich a market map",
        "name: Enrich a map",
        "actions.enrich_market_map.name",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        Job,
        "unit: enriched map",
        "unit: full map",
        "actions.enrich_market_map.unit",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        Job,
        "unit: processed page",
        "unit: read page",
        "actions.process_documents.unit",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "counts_as: one page read, whatever its length",
        "counts_as: one page of at most 500 words",
        "actions.process_documents.counts_as",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "delivered_when: all 8 sections are filled; fewer is partial",
        "delivered_when: all 8 sections are there",
        "actions.enrich_market_map.delivered_when",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        All,
        "\n    delivered_when: it is there",
        "",
        "actions.write.delivered_when",
        ADVERSE,
        UNDECIDABLE,
    ),
    (
        Job,
        "price: 10 credits",
        "price: 12 credits",
        "actions.enrich_market_map.price",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "price: 5 credits",
        "price: free",
        "actions.tailor_document.price",
        BETTER,
        super::FORBIDDEN,
    ),
    (
        Job,
        "{ each: 0.5 credits,",
        "{ each: 1 credit,",
        "actions.process_documents.price.each",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "at_least: 1 credit,",
        "at_least: 2 credits,",
        "actions.process_documents.price.at_least",
        ADVERSE,
        BETTER,
    ),
    (Job, " at_least: 1 credit,", "", "actions.process_documents.price.at_least", BETTER, ADVERSE),
    (
        Job,
        "at_most: 40 credits",
        "at_most: 50 credits",
        "actions.process_documents.price.at_most",
        ADVERSE,
        BETTER,
    ),
    (Job, " at_most: 40 credits,", "", "actions.process_documents.price.at_most", ADVERSE, BETTER),
    (Job, "up_to: 100 }", "up_to: 50 }", "actions.process_documents.price.up_to", ADVERSE, BETTER),
    (Job, ", up_to: 100 }", " }", "actions.process_documents.price.up_to", BETTER, ADVERSE),
    (
        Job,
        "price: { each: 0.5 credits, at_least: 1 credit, at_most: 40 credits, up_to: 100 }",
        "price: 8 credits",
        "actions.process_documents.price",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "price: 3 credits",
        "price: { each: 3 credits }",
        "actions.find_contact_email.price",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "price: 3 credits",
        "price: { each: 1 credit, at_most: 3 credits }",
        "actions.find_contact_email.price",
        BETTER,
        ADVERSE,
    ),
    (
        Job,
        "price: 3 credits",
        "price: { each: 1 credit }",
        "actions.find_contact_email.price",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "after_allowance: 0.5 credits",
        "after_allowance: 1 credit",
        "actions.search_roles.after_allowance",
        ADVERSE,
        BETTER,
    ),
    (
        All,
        "\n    after_allowance: 0.5 credits",
        "",
        "actions.look.after_allowance",
        ADVERSE,
        BETTER,
    ),
    (Job, "parts: 8", "parts: 4", "actions.enrich_market_map.parts", UNDECIDABLE, UNDECIDABLE),
    (
        All,
        "charge_once_per: text",
        "charge_once_per: topic",
        "actions.write.charge_once_per",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "same_again_free_for: 90 days",
        "same_again_free_for: 30 days",
        "actions.find_contact_email.same_again_free_for",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "same_again_free_for: 90 days",
        "same_again_free_for: 3 months",
        "actions.find_contact_email.same_again_free_for",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "same_again_free_for: 90 days",
        "same_again_free_for: 2 months",
        "actions.find_contact_email.same_again_free_for",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "\n    same_again_free_for: 1 hour",
        "",
        "actions.search_roles.same_again_free_for",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "\n    free_redo: { times: 1, within: 7 days }",
        "",
        "actions.tailor_document.free_redo",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "times: 1, within",
        "times: 3, within",
        "actions.tailor_document.free_redo.times",
        BETTER,
        ADVERSE,
    ),
    (
        Job,
        "within: 7 days",
        "within: 1 day",
        "actions.tailor_document.free_redo.within",
        ADVERSE,
        BETTER,
    ),
    (
        All,
        "\n      empty: { why: our supplier charges us, warning: \"Costs {price}. {found_rate}\" }",
        "",
        "actions.write.paid_even_if.empty",
        BETTER,
        ADVERSE,
    ),
    (
        All,
        "\n      partial: { why: all parts are made at once, warning: \"Costs {price} even if parts are missing.\" }",
        "",
        "actions.write.paid_even_if.partial",
        BETTER,
        ADVERSE,
    ),
    // Who leaves pays anyway: declared, they are asked first.
    (
        All,
        "\n      abandoned: { why: it is made to the end, warning: \"Costs {price} even if you leave.\" }",
        "",
        "actions.write.paid_even_if.abandoned",
        ADVERSE,
        BETTER,
    ),
    (
        All,
        "our supplier charges us",
        "our supplier bills us",
        "actions.write.paid_even_if.empty.why",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        All,
        "Costs {price}. {",
        "It costs {price}. {",
        "actions.write.paid_even_if.empty.warning",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        All,
        "Costs {price}. {",
        "{",
        "actions.write.paid_even_if.empty.warning",
        UNDECIDABLE,
        NEUTRAL,
    ),
    (
        All,
        "all parts are made",
        "parts are made",
        "actions.write.paid_even_if.partial.why",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        All,
        "even if parts",
        "also if parts",
        "actions.write.paid_even_if.partial.warning",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        All,
        "it is made to the end",
        "it is finished",
        "actions.write.paid_even_if.abandoned.why",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        All,
        "even if you leave",
        "also if you leave",
        "actions.write.paid_even_if.abandoned.warning",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        Job,
        "needs: [full_name, company_domain]",
        "needs: [full_name]",
        "actions.find_contact_email.needs",
        UNDECIDABLE,
        ADVERSE,
    ),
    (
        Job,
        "    parts: 8 ",
        "    needs: [market]\n    parts: 8 ",
        "actions.enrich_market_map.needs",
        ADVERSE,
        BETTER,
    ),
    (Job, "\n    exploring: true", "", "actions.map_market.exploring", ADVERSE, BETTER),
    (
        Job,
        "unusual day\n    model: small",
        "unusual day\n    model: writer",
        "actions.map_market.model",
        BETTER,
        ADVERSE,
    ),
    (
        All,
        "too_slow_after: 20 minutes",
        "too_slow_after: 15 minutes",
        "actions.write.too_slow_after",
        BETTER,
        ADVERSE,
    ),
    // On their own key the better model is the dearer one.
    (
        Job,
        "model: writer                 #",
        "model: frontier               #",
        "actions.tailor_document.model",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
];

#[test]
fn each_key_of_an_action() {
    hold(ROWS);
}

#[test]
fn an_action_that_is_added_is_better_where_a_plan_offers_it() {
    let sum_up =
        "  sum_up: { name: Sum up, unit: summary, counts_as: one, price: 1 credit }\n\nplans:";
    let everywhere = changed(Job, &[("\nplans:", sum_up)]);
    assert_eq!(classes(&everywhere), [("actions.sum_up", BETTER)], "with what plans say of it");
    assert_eq!(everywhere.changes[0].words, "New: Sum up. It costs 1 credit.");
    let others = "offers: [search_roles, map_market, enrich_market_map, tailor_document, \
        process_documents, find_contact_email]";
    let nowhere = changed(
        Job,
        &[
            ("\nplans:", sum_up),
            ("offers: all\n    best_model: writer", &format!("{others}\n    best_model: writer")),
            (
                "offers: all\n    best_model: frontier",
                &format!("{others}\n    best_model: frontier"),
            ),
        ],
    );
    assert_eq!(classes(&nowhere), [("actions.sum_up", NEUTRAL)]);
}

#[test]
fn an_action_that_goes_takes_with_it_what_plans_and_words_say_of_it() {
    let text = super::JOBSCOUT.contract;
    let (before, rest) = text.split_once("  find_contact_email:\n").unwrap();
    let after = rest.split_once("\nplans:").unwrap().1;
    let text = format!("{before}\nplans:{after}");
    let words =
        text.lines().find(|line| line.starts_with("  find_contact_email.empty_paid")).unwrap();
    let less = text.replace(words, "");
    let diff = super::diff(&super::contract(super::JOBSCOUT.contract), &super::contract(&less));
    assert_eq!(classes(&diff), [("actions.find_contact_email", ADVERSE)]);
    assert_eq!(diff.changes[0].after, None);
    assert_eq!(diff.changes[0].words, "Find a contact's email is no longer offered.");
}

#[test]
fn an_outcome_is_charged_the_more_the_worse() {
    let more = changed(All, &[("partial: share", "partial: free")]);
    assert_eq!(classes(&more), [("outcomes.partial", BETTER)]);
}
