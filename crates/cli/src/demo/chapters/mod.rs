//! The chapters, in the order of the story.

mod attempts;
mod books;
mod looking;
mod margin;
mod plans;
pub(crate) mod provider;
mod rollout;
mod short;
mod work;

use super::stage::Stage;
use crate::answer::Failure;

/// A chapter: its heading, what it is about, how it goes.
pub(crate) struct Played {
    /// The heading.
    pub(crate) title: &'static str,
    /// What it is about.
    pub(crate) about: &'static str,
    /// How it goes.
    pub(crate) play: fn(&mut Stage<'_>) -> Result<(), Failure>,
}

/// All of them.
pub(crate) const CHAPTERS: &[Played] = &[
    Played {
        title: "Exploring is free",
        about: "Ana looks for a job and takes the plan Pro. Looking around is free within an \
                allowance: no credits are set aside, and the contract says how much there is.",
        play: looking::exploring,
    },
    Played {
        title: "The price comes first",
        about: "Before Ana presses anything she reads what it costs, how often she can afford it, \
                and what she pays if it goes wrong.",
        play: looking::prices,
    },
    Played {
        title: "A market map, enriched",
        about: "Credits are set aside when the work starts, and taken only when it is delivered.",
        play: work::delivered,
    },
    Played {
        title: "Opening it again",
        about: "What was paid for is hers: nobody pays twice for the same map.",
        play: work::reopened,
    },
    Played {
        title: "It fails",
        about: "A failure is ours. What was set aside goes back whole, and the receipt says so.",
        play: work::failed,
    },
    Played {
        title: "A part of it, and then the rest",
        about: "Some sections arrive, the others do not. Ana pays for what arrived, and later at \
                most for what was missing.",
        play: work::in_parts,
    },
    Played {
        title: "The one harsh rule",
        about: "Looking up an email address costs even if none is found. That may be, because the \
                contract declares it, gives its reason, warns each time, and asks. Without Ana's \
                yes nothing starts.",
        play: work::harsh,
    },
    Played {
        title: "Running short",
        about: "Ana has a busy week, and then too little for another map. A refusal says what is \
                missing, and lists only ways that really lead on: each was tried before it is shown.",
        play: short::short,
    },
    Played {
        title: "A top-up, and on",
        about: "Ana takes one of the ways she was offered.",
        play: short::topped_up,
    },
    Played {
        title: "The plan with an own key",
        about: "Ben brings his own AI key. It pays for the models; credits pay only for what our \
                suppliers charge.",
        play: plans::own_key,
    },
    Played {
        title: "The plan for looking around",
        about: "Dora is on Discovery: a small price, fewer actions, no top-ups. What it does not \
                offer is refused with the reason, and with the plans that do.",
        play: plans::discovery,
    },
    Played {
        title: "A month later, after a downgrade",
        about: "Ana goes down to Discovery. The change waits for the end of what she has paid for. \
                The sandbox has a clock that can be moved: here it moves to that day.",
        play: plans::downgrade,
    },
    Played {
        title: "Shadow first, then for real",
        about: "A new price need not bite at once. In shadow everything is decided and written \
                down, and nobody is charged or stopped. When the figures are right, the operations \
                are published with another mode.",
        play: rollout::shadow,
    },
    Played {
        title: "What it costs us",
        about: "A product that reports which calls a run took knows what each action costs, failures \
                and repeats included, and what is left of its price. Customers see none of this.",
        play: margin::margin,
    },
    Played {
        title: "What the books say",
        about: "Every step above that changed anything is an entry, added and never changed. Credits only \
                move from one account to another, so all accounts together come to nothing.",
        play: books::books,
    },
];
