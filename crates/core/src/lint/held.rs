//! What the language holds by itself, and what no file alone can show.
//!
//! The rules of a lint are for what can be written and should not be. These cannot be written: the
//! reader refuses them, or no type can say them. Each has a test under the same id.

use super::rule::{Elsewhere, Held};

/// Held by the language.
pub const HELD: &[Held] = &[
    held(
        "U07",
        "A price that depends on the model, the hour, the region or the load",
        "A price knows a number, or a quantity with bounds. There is no key for anything else, and \
         a surge may only pause free actions.",
    ),
    held(
        "U09",
        "An action counted in more than one bucket, or in none",
        "There is one wallet of one kind of credits, and every action has exactly one price.",
    ),
    held(
        "O01",
        "An outcome without an answer",
        "The nine outcomes are a closed list and each has an answer in every contract: the fair \
         default where the file is silent.",
    ),
    held(
        "O02",
        "Failures, refused inputs or reopening are charged",
        "`failed`, `bad_input`, `blocked`, `cancelled` and `reopened` never charge; writing it is \
         refused under `outcomes` and under `paid_even_if`.",
    ),
    held(
        "O06",
        "A harsh rule's confirmation that can be switched off for ever",
        "Consent belongs to one run: a quote that carried the warning, and its confirmation. There \
         is no key to remember it.",
    ),
    held(
        "O07",
        "Retries paid by the customer",
        "A run has one price, held once; attempts are ours, bounded by `retries`, never charged.",
    ),
    held(
        "O12",
        "Delivery inferred from silence, without a way back",
        "The product reports every outcome, and may correct it towards the customer within \
         `corrections`.",
    ),
    held(
        "V06",
        "A batch that starts without its total",
        "A check of several items answers with the total and with how many fit.",
    ),
    held(
        "V11",
        "Shadow or announce shown with enforced wording",
        "In shadow customers are shown nothing, in announce one sentence of its own that says \
         nothing was charged.",
    ),
    held(
        "V12",
        "A placeholder that cannot be filled",
        "The reader knows the placeholders of every sentence and refuses others.",
    ),
    held(
        "P02",
        "A customer is blocked while another of their balances would serve",
        "There is one wallet; allowances come first, then credits.",
    ),
    held(
        "P09",
        "Overage on unless refused, or without a cap",
        "There is no overage: credits end at zero. Automatic top-ups know one word, \
         `only_if_asked`, and always need a monthly cap.",
    ),
    held(
        "P10",
        "An upgrade that happens by itself",
        "Nothing in a contract changes a customer's plan.",
    ),
    held(
        "W04",
        "Credits that lapse while others are spent",
        "What expires soonest is spent first: there is no key for another order.",
    ),
    held(
        "W06",
        "Automatic top-ups by default, uncapped or hard to stop",
        "`auto` knows one word, `only_if_asked`; without it there are none.",
    ),
    held(
        "W10",
        "Gifts and bought credits that cannot be told apart",
        "Every grant has a kind: gift, goodwill, plan or bought.",
    ),
    held(
        "L02",
        "A balance that goes below zero",
        "Credits are held before the work starts and end at zero; only a dated override gives a \
         credit line.",
    ),
    held(
        "L04",
        "A surge that raises prices or swaps models",
        "`surge` knows one thing to do: `pause_free_actions`.",
    ),
    held(
        "L05",
        "A cap that only support can change",
        "Every customer sets their own caps; the contract gives the default.",
    ),
    held(
        "L08",
        "A team without caps for its members",
        "Caps for single members exist on every plan.",
    ),
    held("L09", "A limit that rises by itself", "Nothing in a contract raises a limit."),
    held(
        "X02",
        "An experiment that charges a wallet",
        "Experiments have an allowance and no price: there is no key for one.",
    ),
    held(
        "X03",
        "An experiment on whether a price, a warning or a refund is shown",
        "A version has one sentence for each state, for everybody; experiments name actions and \
         nothing that is shown.",
    ),
    held(
        "X04",
        "Two prices for one customer at one time",
        "A version has one price for an action on a plan; there are no arms.",
    ),
];

const NOT_YET_REPLAY: &str = "Nothing yet: `probity replay` does not look for it so far.";
const NOT_YET_AUDIT: &str = "Nothing yet: it belongs to `probity audit`, which is not here so far.";
const NOT_YET_DIFF: &str = "Nothing yet: it belongs to `probity diff`, which is not here so far.";

/// Asked elsewhere: these need records, or two versions.
pub const ELSEWHERE: &[Elsewhere] = &[
    elsewhere("U03", "One press that counts as several units", NOT_YET_REPLAY),
    elsewhere("W05", "Overage taken while included credits remain", NOT_YET_AUDIT),
    elsewhere("C01", "A change for the worse without notice", NOT_YET_DIFF),
    elsewhere("C02", "A change for the worse inside a paid period", NOT_YET_DIFF),
    elsewhere("C03", "A unit that is redefined without a replay", NOT_YET_DIFF),
    elsewhere("C04", "A limit that is lowered without a new version", NOT_YET_DIFF),
];

const fn held(id: &'static str, title: &'static str, because: &'static str) -> Held {
    Held { id, title, because }
}

const fn elsewhere(id: &'static str, title: &'static str, asked_by: &'static str) -> Elsewhere {
    Elsewhere { id, title, asked_by }
}
