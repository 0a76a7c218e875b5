//! The kinds of events, with what each means. One table: whoever lists, filters or describes events
//! does it from here.

macro_rules! kinds {
    ($($name:ident = $word:literal, $says:literal;)*) => {
        /// A kind of event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventKind {
            $(#[doc = $says] $name),*
        }

        impl EventKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name, as it leaves the program.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word),*
                }
            }

            /// What it means.
            #[must_use]
            pub const fn says(self) -> &'static str {
                match self {
                    $(Self::$name => $says),*
                }
            }
        }
    };
}

kinds! {
    RunHeld = "run.held",
        "A run began: its credits are set aside.";
    RunExtended = "run.extended",
        "A run has more time.";
    RunSettled = "run.settled",
        "A run ended, and the contract said what it takes.";
    RunReleased = "run.released",
        "A run's credits were given back whole.";
    RunExpired = "run.expired",
        "A run's time was up: it is free.";
    RunRefunded = "run.refunded",
        "Credits of a run were given back.";
    RunCorrected = "run.corrected",
        "A run ended otherwise after all, in the customer's favour.";
    RunQuestioned = "run.questioned",
        "The customer says that a receipt is wrong.";
    RunAnswered = "run.answered",
        "The customer's question about a receipt was answered.";
    GrantAdded = "grant.added",
        "Credits came: of the plan, bought, a gift, or goodwill.";
    GrantExpiresSoon = "grant.expires_soon",
        "Credits will expire, as long before as the contract says.";
    GrantExpired = "grant.expired",
        "Credits ran out of time.";
    GrantClawedBack = "grant.clawed_back",
        "Credits of a payment were taken back.";
    WalletUsed = "wallet.used",
        "A share of the credits is used: told once for each share and period.";
    WalletRunsOutSoon = "wallet.runs_out_soon",
        "At the customer's own pace the credits end soon: told once a period.";
    TopUpWanted = "top_up.wanted",
        "The customer asked for automatic top-ups, and one is due within their monthly cap: charge them, and book it.";
    CustomerOpened = "customer.opened",
        "A customer began.";
    CustomerChanged = "customer.changed",
        "Who a customer is changed: name, members, notes, how they renew.";
    CustomerPlanChanged = "customer.plan_changed",
        "The plan changed, or will at the period's end.";
    CustomerRenewed = "customer.renewed",
        "A period began, or a month of credits in it.";
    CustomerPaused = "customer.paused",
        "An operator paused a customer's runs.";
    CustomerUnusualDay = "customer.unusual_day",
        "A run was refused because the day is unusual: told once a day.";
    CustomerResumed = "customer.resumed",
        "A pause was lifted.";
    CapsChanged = "caps.changed",
        "The customer's own limits changed.";
    OverrideBegan = "override.began",
        "Special terms began.";
    OwnKeyChanged = "own_key.changed",
        "The customer's own AI key was stored, removed, or refused by its provider.";
    QuoteConfirmed = "quote.confirmed",
        "A quote was agreed to.";
    TermsChanging = "terms.changing",
        "A version of the contract will begin for the customer: told once for each.";
    TermsBegan = "terms.began",
        "A version of the contract began for the customer.";
}

impl EventKind {
    /// The kind of this name.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::of(kind.word()), Some(*kind));
        }
        assert_eq!(EventKind::of("run"), None);
    }
}
