//! Every kind of problem that reading a contract's files can find, in one table.
//!
//! An id never changes its meaning and is never used again; documentation is made from this table.
//! What is said about one finding (its place, label and fix) is said where it is found.

/// A kind of problem: what is said about every finding of it, here and in the documentation.
pub trait Documented: Copy {
    /// Its stable id, such as `F09`.
    fn id(self) -> &'static str;
    /// What it is, as a heading.
    fn title(self) -> &'static str;
    /// What stands under the underlined text.
    fn label(self) -> &'static str;
    /// Why it matters, in one sentence that stands with each finding.
    fn why(self) -> &'static str;
    /// One paragraph for the documentation: what is allowed and what to do.
    fn explanation(self) -> &'static str;
}

/// A table of kinds of problems: `Variant = id, title, label, why, explanation;` for each. It makes
/// the enum, with `ALL`, and says what [`Documented`] asks.
#[macro_export]
macro_rules! problems {
    (
        $(#[$doc:meta])*
        $name:ident {
            $(
                $variant:ident = $id:literal, $title:literal, $label:literal,
                $why:literal,
                $explanation:literal;
            )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $( #[doc = $title] $variant, )* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// Its stable id, such as `F09`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $( Self::$variant => $id, )* }
            }

            /// What it is, as a heading.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $( Self::$variant => $title, )* }
            }

            /// What stands under the underlined text.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $( Self::$variant => $label, )* }
            }

            /// Why it matters, in one sentence that stands with each finding.
            #[must_use]
            pub const fn why(self) -> &'static str {
                match self { $( Self::$variant => $why, )* }
            }

            /// One paragraph for the documentation: what is allowed and what to do.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $( Self::$variant => $explanation, )* }
            }
        }

        impl $crate::contract::file::reading::Documented for $name {
            fn id(self) -> &'static str {
                Self::id(self)
            }
            fn title(self) -> &'static str {
                Self::title(self)
            }
            fn label(self) -> &'static str {
                Self::label(self)
            }
            fn why(self) -> &'static str {
                Self::why(self)
            }
            fn explanation(self) -> &'static str {
                Self::explanation(self)
            }
        }
    };
}

problems! {
    /// A kind of problem in a contract's files. Closed; the order is that of the documentation.
    Problem {
        TooLarge = "F01", "The file is too large", "",
            "A contract is read by people; nothing longer than 1 MiB is.",
            "contract.yaml and operations.yaml may have up to 1 MiB each, a price map up to 16 MiB. \
             Larger files are refused before they are read. Usually the wrong file was named.";
        NotText = "F02", "The file is not plain UTF-8 text", "cannot be seen",
            "What cannot be seen can mislead whoever reads the contract.",
            "Files are UTF-8 without control characters, NUL bytes and marks that turn the \
             direction of writing around, also when they are written as escapes in quotes. Save the \
             file as UTF-8 and delete the characters named.";
        NotYaml = "F03", "The file is not well-formed YAML", "breaks off here",
            "Nothing after this place can be understood safely.",
            "The structure breaks off here: an unclosed quote or bracket, a tab used as \
             indentation, a value that begins with a reserved sign, two colons on one line. \
             Problems further down show only once this one is mended.";
        TooDeep = "F04", "The file is nested too deeply or has too many values", "too much",
            "A contract nests five levels; far more is a mistake or an attack.",
            "A file may nest 32 levels and have 100,000 values. Both are far beyond what a contract \
             needs.";
        NotUsedHere = "F05", "Anchors, aliases, merge keys and tags are not used", "not used here",
            "Each line of a contract says what it says, without following references.",
            "Write the value out where it is meant. References make a contract harder to read, make \
             two places change at once, and can make a small file enormous.";
        ManyDocuments = "F06", "The file has more than one document", "a second document",
            "Which of them holds would be a guess.",
            "A file holds one contract or one operations document: everything from the second `---` \
             on belongs in a file of its own.";
        TwiceTheSame = "F07", "A key is written twice", "again",
            "Readers disagree on which of the two holds.",
            "Each key may stand once in its section. Delete one of the two, or give the second its \
             right name.";
        KeyNotText = "F08", "A key is not plain text", "not text",
            "YAML readers turn such keys into numbers, booleans or dates.",
            "Keys are words such as `price` or `map_market`. Lists, mappings and nothing at all \
             cannot be keys; numbers, dates and words such as `yes`, `no`, `on`, `off` must stand \
             in quotes.";
        UnknownKey = "F09", "An unknown key", "unknown key",
            "A misspelt key would silently leave a default in force.",
            "Only the keys of the reference have a meaning, each in its own section. Correct the \
             spelling, move the key to the section it belongs to, or delete it.";
        MissingKey = "F10", "A key is missing", "incomplete",
            "There is no fair default for it.",
            "Most keys may be left out and have published defaults. This one cannot be guessed for \
             you.";
        WrongShape = "F11", "The wrong kind of value", "wrong kind of value",
            "The key expects something of another shape.",
            "Some keys take a single value, some a list (`[a, b]`), some a section of further keys. \
             A key with nothing after it has no value: fill it in, or delete the line to get the \
             default.";
        NotWhatItSeems = "F12", "A value that YAML readers take for something else", "needs quotes",
            "YAML readers turn it into a boolean, a number or a date.",
            "Words such as yes, no, on, off, true and null, and unquoted numbers and dates, are not \
             text for every YAML reader. Put quotes around them where text is meant.";
        UnknownWord = "F13", "An unknown word", "unknown word",
            "Option words come from closed lists, so that each means one thing.",
            "Use one of the words listed; they are written in lower case with underscores.";
        NotReadable = "F14", "A value that cannot be read exactly", "cannot be read exactly",
            "Amounts, money and times are read exactly or not at all.",
            "Values are written as people write them: `5 credits`, `$0.10`, `30 days`, `150 a \
             month`, `80%`. No signs, exponents, thousands separators or leading zeros. Where the \
             key names the unit the number stands alone; elsewhere the unit is written.";
        OutOfBounds = "F15", "A value out of bounds", "out of bounds",
            "The value has no meaning here, or cannot be counted exactly.",
            "Credits have at most six places and 9,007,199,254 at most; shares lie between 0% and \
             100%; what is counted starts at 1.";
        OtherCurrency = "F16", "Another currency than the contract's", "another currency",
            "A version has one currency, so that its sums can be compared.",
            "Prices and packs are written in the contract's `currency`. Costs in operations.yaml \
             and the monthly cap of an own key are in US dollars, as suppliers' price maps are.";
        TooFine = "F17", "A price finer than the smallest credit", "finer than the smallest credit",
            "Nothing finer than `credit.smallest` is ever charged or shown.",
            "Every price is a multiple of `credit.smallest` (1 credit where the file is silent). \
             Change the price, or set `credit.smallest` to something that divides all prices.";
        UnknownReference = "F18", "A name that is not defined", "not defined",
            "It refers to something that this contract does not have.",
            "Actions, plans, model classes, services and roles are named once and referred to by \
             that name.";
        BadName = "F19", "A name of the wrong form", "not a name",
            "Names stand in requests, receipts and addresses.",
            "Ids of actions, plans, model classes and the like are lower-case letters, digits and \
             underscores, beginning with a letter. Customers' ids have up to 128 letters, digits \
             and . _ : @ -";
        NeverCharged = "F20", "A charge for what is never charged", "never charged",
            "A customer who got nothing through no choice of theirs pays nothing; no contract can \
             change that.",
            "failed, bad_input, blocked, cancelled and reopened are free whatever a contract says. \
             An input can be refused before anything is held (`needs`), and finding nothing can be \
             declared as paid.";
        Undeclared = "F21", "Harshness that is not declared", "undeclared",
            "A harsh rule is accepted only where it is declared, explained and agreed to before \
             each run.",
            "Charging in full though little or nothing was delivered is written under the action's \
             `paid_even_if` with `why` and `warning`, and nowhere else.";
        Contradiction = "F22", "Keys that contradict each other", "cannot hold",
            "Together they promise something that cannot be kept, or mean nothing.",
            "Each of the keys is fine alone. Decide which one is meant.";
        UnknownState = "F23", "A sentence for a state that does not exist", "unknown state",
            "The sentence would never be read by anyone.",
            "`words` overrides the sentence of a state (`done`) or of one action's state \
             (`map_market.done`). The list of states is closed.";
        CannotFill = "F24", "A placeholder that cannot be filled", "cannot be filled",
            "The customer would read a sentence with a hole.",
            "Each state knows certain numbers and names; a sentence may use those and no others.";
        WrongModel = "F25", "A key that does not fit what the plan runs on", "does not fit the plan",
            "What a plan runs on decides who pays for a run.",
            "A plan that runs on `us` needs an allowance for every action it offers and sells no \
             top-ups; `on your key` and `own_key` belong to plans that run on `own_key`.";
        OtherContract = "F26", "Operations of another contract", "another contract",
            "Costs and special terms of one contract say nothing about another.",
            "`operates` in operations.yaml is the name under `contract` in contract.yaml.";
        WorseThanPlan = "F27", "An override that is worse than the plan", "worse than the plan",
            "An override is an escape hatch: it can only be better than what everyone has.",
            "Per key the better of plan and override holds, and one that is worse is refused. \
             Delete the key, or make it better than the plan.";
        AboveRole = "F28", "More than the role may give", "more than the role may give",
            "`who_may` bounds what one person can give away in one act.",
            "The credit line of an override may not exceed what the role named in `by` may give.";
        NotAPriceMap = "F29", "The price map cannot be used", "cannot be used",
            "Without exact token prices the cost of a run is unknown.",
            "The price map is JSON in LiteLLM's shape: an object of models, each with \
             `input_cost_per_token`, `output_cost_per_token` and the like as numbers. Prices are \
             read exactly, to 18 places.";
        NoPriceMap = "F30", "The price map was not given", "not given",
            "Costs of models stay unknown; unknown is never counted as zero.",
            "operations.yaml names a price map under `costs.prices`, and none was read with it.";
        TooMany = "F31", "More problems than are listed", "",
            "The list stops at 1,000 for each file.",
            "Mend the first ones and check again; many later ones usually have the same cause.";
    }
}

#[cfg(test)]
mod tests {
    use super::Problem;

    #[test]
    fn ids_are_dense_and_every_text_is_there() {
        for (n, problem) in Problem::ALL.iter().enumerate() {
            assert_eq!(problem.id(), format!("F{:02}", n + 1));
            assert!(problem.title().len() < 80, "{problem:?}");
            assert!(problem.why().ends_with('.'), "{problem:?}");
            assert!(problem.explanation().ends_with(['.', '-']), "{problem:?}");
        }
    }
}
