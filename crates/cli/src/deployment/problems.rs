//! Every kind of problem that only a deployment can have, in one table; ids beginning with D.
//!
//! What any file can have wrong with it (shape, words, names) has the ids of reading, with F.

use probity_core::diagnostic::Severity;
use probity_core::lint::About;

probity_core::problems! {
    /// A kind of problem in `probity.yaml`. Closed; the order is that of the documentation.
    Problem {
        SameCalls = "D01", "Two routes for the same calls", "never reached",
            "The first route takes all of them; the second would look as if it did something.",
            "Routes are asked in the order of the file, and the first that matches takes the call. \
             Two with the same method and path mean the same calls: delete one, or tell them apart.";
        Shadowed = "D02", "A route that no call reaches", "never reached",
            "A route above it takes every call that it was written for.",
            "Routes are asked in the order of the file. Put what is special (`/v1/chat/completions`) \
             above what is general (`/v1/*`).";
        CallsItself = "D03", "The gateway would call itself", "this is where it listens",
            "Every call would go round until nothing is left to answer it.",
            "`listen` is where calls come in, `upstream` is who does the work. They are different \
             addresses: give one of them another port.";
        InTheOpen = "D04", "An upstream that is spoken to in the open", "not encrypted",
            "Whoever is on the way can read what customers send, and our key.",
            "`http` is for an upstream on this machine. To another host write `https`; where the way \
             there is private (a container's network), this is only worth knowing.";
        NoArtifact = "D05", "An action that is charged once for each thing, without the thing",
            "which thing?",
            "Without it every run would be refused: nobody could say what is owned already.",
            "An action with `charge_once_per` is owned once it was paid. Write under `artifact` where \
             the request says which thing it is about.";
        NoQuantity = "D06", "An action that is priced by quantity, without the quantity",
            "how many?",
            "The most a run can cost is held each time, and a run may be refused that was payable.",
            "Write under `quantity` where the request says how many, so that only their price is held.";
        UnlikelyPath = "D07", "A path that does not look like its protocol", "another path than usual",
            "If something else is spoken there, every run ends as failed, and is free.",
            "`openai_chat` is POST …/chat/completions, `openai_responses` POST …/responses, \
             `anthropic` POST …/messages, `gemini` POST …/{model}:generateContent or \
             :streamGenerateContent. A provider that imitates one of them may differ.";
        NotThisHeader = "D08", "A header that cannot stand here", "not this header",
            "It belongs to one connection or to Probity, and is taken out or set anew for each call.",
            "Headers that describe a connection (`connection`, `transfer-encoding`, `host` and the \
             like) end at each hop, and those that begin with `probity-` are Probity's own. Neither \
             can say whose a run is, nor be passed on.";
        SecretAsId = "D09", "A secret where an id belongs", "a secret",
            "What is written in the books is shown and kept; a key or a cookie must not be.",
            "Have the product's front put the customer's id into a header of its own, or write \
             `customer: token` for customer tokens, which are verified.";
        NoSuchPiece = "D10", "A piece of the path that `match` does not name", "not in the path",
            "It would never be found, and every run would be refused.",
            "`path: document` needs a `{document}` in the route's `match`.";
        NoInput = "D11", "An input that the action needs, from nowhere", "where is it?",
            "Without it every run is refused before it is held.",
            "The contract's `needs` lists what a run cannot do without. Write under `inputs` where the \
             request has each of them.";
        FreeWithOurKey = "D12", "Calls with our key that nobody is charged for", "free, with our key",
            "Whoever reaches the gateway can spend our money, and nothing counts it.",
            "`free: true` passes calls on without asking who they are. Give the route an action, or \
             take our key away from it.";
        AnyoneIsAnyone = "D13", "Customers by a header, where others can reach it",
            "others can reach this address",
            "Whoever can call the gateway can name any customer, who then pays.",
            "A header may name the customer where only the product's own front can call. Listen on \
             127.0.0.1, keep others out before it, or write `customer: token`.";
        SecretInTheFile = "D14", "A secret written into the file", "a secret",
            "Files are copied, shown and kept in histories; a key in one is known to all of them.",
            "Take it out and make a new one at whoever gave it. `upstream_key` names the environment \
             variable that has the key; addresses have no user and password.";
        FreeWayAround = "D15", "A free way around a price", "free, and as wide as a priced route",
            "A call written a little differently goes there, does the same upstream, and is free.",
            "A free route with `*` takes what the routes above it do not: other methods, a slash at \
             the end, whatever the upstream reads as the same. What no route matches is refused, \
             which is what a priced upstream needs: name the paths that are free.";
        TokenWithoutKey = "D16", "A customer token, and no key for the provider", "by token",
            "The client sends its token where it would have a key for the provider, which gets none.",
            "With `customer: token` a browser has a token of ours in place of a provider's key, and \
             the token goes no further. Name our key under `upstream_key`, or write `takes_own_keys: \
             true` where customers have stored keys of their own.";
        PathTwice = "D17", "A path that stands twice", "begins with what stands before it",
            "The upstream is asked for `/v1/v1/…`, which it does not know.",
            "What stands behind the host of `upstream` comes before the path of each call. Client \
             libraries have `/v1` in their `base_url`, so it is in the path already.";
        KeepsThePlan = "D18", "A subscription whose end changes nothing", "and when it ends?",
            "Whoever cancels keeps the plan, and pays nothing for it.",
            "The contract has no `new_customers`, so it is not known which plan is for those who pay \
             for none. Name it under `without_subscription`.";
        FinerThanCredits = "D19", "A price that brings parts of credits that there are not",
            "finer than credits are",
            "Each payment of it would be refused, after the money was taken.",
            "The contract's `credit.smallest` is the smallest part of a credit that is ever booked. \
             Sell a multiple of it.";
    }
}

impl Problem {
    /// How bad it is: what cannot work is an error, what may be meant a warning.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::InTheOpen
            | Self::NoQuantity
            | Self::UnlikelyPath
            | Self::FreeWithOurKey
            | Self::AnyoneIsAnyone
            | Self::FreeWayAround
            | Self::TokenWithoutKey
            | Self::PathTwice
            | Self::KeepsThePlan => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// The check of this id, in either case, as `probity explain` tells it.
#[must_use]
pub fn about(id: &str) -> Option<About> {
    let problem = Problem::ALL.iter().find(|problem| problem.id().eq_ignore_ascii_case(id))?;
    Some(About {
        id: problem.id(),
        title: problem.title(),
        severity: Some(problem.severity()),
        explains: problem.explanation().to_owned(),
        why: problem.why(),
        link: "",
        fix: "",
        example: "",
    })
}

#[cfg(test)]
mod tests {
    use super::Problem;

    #[test]
    fn ids_are_dense_and_every_text_is_there() {
        for (n, problem) in Problem::ALL.iter().enumerate() {
            assert_eq!(problem.id(), format!("D{:02}", n + 1));
            assert!(problem.title().len() < 80, "{problem:?}");
            assert!(problem.why().ends_with('.'), "{problem:?}");
            assert!(problem.explanation().ends_with('.'), "{problem:?}");
        }
    }
}
