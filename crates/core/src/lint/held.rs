//! What the language holds by itself, and what no file alone can show.
//!
//! The rules of a lint are for what can be written and should not be. These cannot be written: the
//! reader refuses them, or no type can say them. Each has a test under the same id.

use super::rule::{Elsewhere, Held};

/// A price, and a surge, that move with the hour.
const PEAK_HOURS: &str = "Claude Code counted the same work faster at peak hours; its users \
    learned of it from a reply on Reddit.";
const CLAUDE_CODE: &str =
    "https://subagentic.ai/posts/claude-code-rate-limit-intentional-throttling";
/// Two buckets, and no word on which work belongs to which.
const KIRO: &str = "https://github.com/kirodotdev/Kiro/issues/2631";
/// Limits shown before they held.
const FIGMA: &str =
    "https://forum.figma.com/report-a-problem-6/enterprise-license-ai-credits-50524";
/// A pack that only grows.
const HUBSPOT: &str = "https://www.processproconsulting.com/resources/\
    how-to-manage-your-hubspot-credits-without-surprises-on-your-bill";

/// Held by the language.
pub const HELD: &[Held] = &[
    Held {
        id: "U07",
        title: "A price that depends on the model, the hour, the region or the load",
        because: "A price knows a number, or a quantity with bounds. There is no key for anything \
                  else, and a surge may only pause free actions.",
        case: PEAK_HOURS,
        link: CLAUDE_CODE,
    },
    Held {
        id: "U09",
        title: "An action counted in more than one bucket, or in none",
        because: "There is one wallet of one kind of credits, and every action has exactly one \
                  price.",
        case: "AWS Kiro blocked people who had requests for specifications left, because those \
               for vibes had run out and work on specifications was counted as vibes.",
        link: KIRO,
    },
    Held {
        id: "O01",
        title: "An outcome without an answer",
        because: "The nine outcomes are a closed list and each has an answer in every contract: \
                  the fair default where the file is silent.",
        case: "Clay publishes one table of fourteen run statuses that says for each whether it is \
               given back; in 18 of 31 public quarrels looked at, some ending had no answer.",
        link: "https://university.clay.com/docs/credit-refunds",
    },
    Held {
        id: "O02",
        title: "Failures, refused inputs or reopening are charged",
        because: "`failed`, `bad_input`, `blocked`, `cancelled` and `reopened` never charge; \
                  writing it is refused under `outcomes` and under `paid_even_if`.",
        case: "Windsurf took credits when a task began and kept them on rate limits and \
               permission errors.",
        link: "https://windsurf.canny.io/feature-requests/p/feature-atomic-credit-protection-no-charge-on-system-errors",
    },
    Held {
        id: "O06",
        title: "A harsh rule's confirmation that can be switched off for ever",
        because: "Consent belongs to one run: a quote that carried the warning, and its \
                  confirmation. There is no key to remember it.",
        case: "",
        link: "",
    },
    Held {
        id: "O07",
        title: "Retries paid by the customer",
        because: "A run has one price, held once; attempts are ours, bounded by `retries`, never \
                  charged.",
        case: "Copilot took from the quota for five retries that failed.",
        link: "https://github.com/github/copilot-cli/issues/1612",
    },
    Held {
        id: "O12",
        title: "Delivery inferred from silence, without a way back",
        because: "The product reports every outcome, and may correct it towards the customer \
                  within `corrections`.",
        case: "Intercom also bills a resolution that is assumed because the visitor left, and \
               takes it back when the visitor returns.",
        link: "https://www.intercom.com/help/en/articles/8205718-fin-resolutions",
    },
    Held {
        id: "V06",
        title: "A batch that starts without its total",
        because: "A check of several items answers with the total and with how many fit.",
        case: "",
        link: "",
    },
    Held {
        id: "V11",
        title: "Shadow or announce shown with enforced wording",
        because: "In shadow customers are shown nothing, in announce one sentence of its own that \
                  says nothing was charged.",
        case: "Figma told people that a limit was reached while limits were not enforced yet.",
        link: FIGMA,
    },
    Held {
        id: "V12",
        title: "A placeholder that cannot be filled",
        because: "The reader knows the placeholders of every sentence and refuses others.",
        case: "",
        link: "",
    },
    Held {
        id: "P02",
        title: "A customer is blocked while another of their balances would serve",
        because: "There is one wallet; allowances come first, then credits.",
        case: "AWS Kiro blocked people whose requests of one kind had run out while those of the \
               other remained.",
        link: KIRO,
    },
    Held {
        id: "P09",
        title: "Overage on unless refused, or without a cap",
        because: "There is no overage: credits end at zero. Automatic top-ups know one word, \
                  `only_if_asked`, and always need a monthly cap.",
        case: "At HubSpot, passing the limit of a pack upgraded it for the rest of the term, by \
               default.",
        link: HUBSPOT,
    },
    Held {
        id: "P10",
        title: "An upgrade that happens by itself",
        because: "Nothing in a contract changes a customer's plan.",
        case: "At HubSpot, passing the limit of a pack upgraded it for the rest of the term, by \
               default.",
        link: HUBSPOT,
    },
    Held {
        id: "W04",
        title: "Credits that lapse while others are spent",
        because: "What expires soonest is spent first: there is no key for another order.",
        case: "Credits at OpenAI were gone after a year, without a reminder.",
        link: "https://community.openai.com/t/credit-expired-without-notification/1256598",
    },
    Held {
        id: "W06",
        title: "Automatic top-ups by default, uncapped or hard to stop",
        because: "`auto` knows one word, `only_if_asked`; without it there are none.",
        case: "",
        link: "",
    },
    Held {
        id: "W10",
        title: "Gifts and bought credits that cannot be told apart",
        because: "Every grant has a kind: gift, goodwill, plan or bought.",
        case: "At OpenAI people could not tell paid credits from given ones when the paid ones \
               were gone.",
        link: "https://community.openai.com/t/openai-api-billing-previous-paid-balance-disappeared-only-new-5-credit-shows-up/1370875",
    },
    Held {
        id: "L02",
        title: "A balance that goes below zero",
        because: "Credits are held before the work starts and end at zero; only a dated override \
                  gives a credit line.",
        case: "In open-saas the balance was checked, the work done and then debited: two requests \
               at once on one credit gave two results and a balance of -1.",
        link: "https://github.com/wasp-lang/open-saas/issues/727",
    },
    Held {
        id: "L04",
        title: "A surge that raises prices or swaps models",
        because: "`surge` knows one thing to do: `pause_free_actions`.",
        case: PEAK_HOURS,
        link: CLAUDE_CODE,
    },
    Held {
        id: "L05",
        title: "A cap that only support can change",
        because: "Every customer sets their own caps; the contract gives the default.",
        case: "",
        link: "",
    },
    Held {
        id: "L08",
        title: "A team without caps for its members",
        because: "Caps for single members exist on every plan.",
        case: "Figma had no caps for single people when its limits were shown.",
        link: FIGMA,
    },
    Held {
        id: "L09",
        title: "A limit that rises by itself",
        because: "Nothing in a contract raises a limit.",
        case: "A stolen key took a Gemini account from about $180 a month to $82,314 in 48 hours: \
               alerts did not stop it, and its tiers rose by themselves.",
        link: "https://euno.news/posts/en/gemini-api-key-thief-racks-up-82314-in-charges-in-3f84c4",
    },
    Held {
        id: "X02",
        title: "An experiment that charges a wallet",
        because: "Experiments have an allowance and no price: there is no key for one.",
        case: "",
        link: "",
    },
    Held {
        id: "X03",
        title: "An experiment on whether a price, a warning or a refund is shown",
        because: "A version has one sentence for each state, for everybody; experiments name \
                  actions and nothing that is shown.",
        case: "StubHub's field experiment showed fees late to some: they spent about 21 per cent \
               more. An experiment will always vote for hiding the price.",
        link: "https://vcresearch.berkeley.edu/news/buyer-beware-massive-experiment-shows-why-ticket-sellers-hit-you-last-second-fees",
    },
    Held {
        id: "X04",
        title: "Two prices for one customer at one time",
        because: "A version has one price for an action on a plan; there are no arms.",
        case: "",
        link: "",
    },
];

const NOT_YET_REPLAY: &str = "Nothing yet: `probity replay` does not look for it so far.";
const NOT_YET_AUDIT: &str = "Nothing yet: it belongs to `probity audit`, which is not here so far.";
const NOT_YET_DIFF: &str = "Nothing yet: it belongs to `probity diff`, which is not here so far.";

/// Asked elsewhere: these need records, or two versions.
pub const ELSEWHERE: &[Elsewhere] = &[
    Elsewhere {
        id: "U03",
        title: "One press that counts as several units",
        asked_by: NOT_YET_REPLAY,
        case: "A user of Copilot's command line asked once, and 80 to 100 requests were taken: one \
               for each call to a tool and each step of thinking.",
        link: "https://github.com/github/copilot-cli/issues/2591",
    },
    Elsewhere {
        id: "W05",
        title: "Overage taken while included credits remain",
        asked_by: NOT_YET_AUDIT,
        case: "A user of Cursor Ultra reports that the included usage and the paid one beyond it \
               rose together.",
        link: "https://reddit.wdas.io/r/cursor?after=t3_1m409o6",
    },
    Elsewhere {
        id: "C01",
        title: "A change for the worse without notice",
        asked_by: NOT_YET_DIFF,
        case: "Perplexity cut the research of its paid plan from 600 queries a day to 20 a month, \
               without notice.",
        link: "https://mirror.consumerrights.wiki/index.php?title=\
               Perplexity_throttles_PRO_subscribers_without_prior_notice",
    },
    Elsewhere {
        id: "C02",
        title: "A change for the worse inside a paid period",
        asked_by: NOT_YET_DIFF,
        case: "Windsurf put daily and weekly quotas on years that were paid for already.",
        link: "https://richardewing.io/compare/windsurf-problems",
    },
    Elsewhere {
        id: "C03",
        title: "A unit that is redefined without a replay",
        asked_by: NOT_YET_DIFF,
        case: "Cursor's 500 requests became $20 of model usage, and nobody was shown an old bill \
               beside a new one; it apologised and refunded three weeks.",
        link: "https://www.engineering.fyi/article/clarifying-our-pricing",
    },
    Elsewhere {
        id: "C04",
        title: "A limit that is lowered without a new version",
        asked_by: NOT_YET_DIFF,
        case: "Claude Code stopped people on $200 plans, unannounced and without a counter; weekly \
               limits were announced later.",
        link: "https://www.datastudios.org/post/\
               claude-code-limits-anthropic-blames-users-for-overusing-it",
    },
];
