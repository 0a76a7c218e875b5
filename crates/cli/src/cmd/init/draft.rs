//! The text of a first contract: short, valid, and easy to change.

use super::{NothingFound, RunsOn};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the four questions gave.
pub(super) struct Draft {
    /// The contract's name.
    pub(super) name: String,
    /// What a customer presses.
    pub(super) action: String,
    /// One of them.
    pub(super) unit: String,
    /// Who pays for the AI.
    pub(super) runs_on: RunsOn,
    /// What it costs when nothing is found.
    pub(super) nothing: NothingFound,
}

/// What a customer asks for twice is paid once.
const SAME: &str = "    same_again_free_for: 1 day   # asking for the same again costs nothing\n";

impl Draft {
    /// The text of `contract.yaml`.
    pub(super) fn contract(&self) -> String {
        let Self { name, action, unit, .. } = self;
        let id = slug(action, "first_action");
        let price = if self.runs_on == RunsOn::Us { "free" } else { "1 credit" };
        format!(
            "# What {name} sells, what it charges for, and what it never charges for.\n\
             # Free without a word here: what fails,{nothing} is refused, or is stopped before\n\
             # anything arrived.\n\
             contract: {name}\n\
             version: 1\n\
             customers: businesses            # or consumers: turns the consumer-law checks on\n\
             {credit}\
             actions:\n\
             \x20 {id}:\n\
             \x20   name: {action}\n\
             \x20   unit: {unit}\n\
             \x20   counts_as: {counts_as}\n\
             \x20   delivered_when: {delivered}\n\
             \x20   price: {price}\n\
             {harsh}\
             {same}\
             plans:\n\
             {plans}",
            credit =
                if self.runs_on == RunsOn::Us { "" } else { "credit: { list_price: $0.10 }\n" },
            action = scalar(action),
            counts_as = scalar(&format!("one {unit}, however many tries it takes us")),
            delivered = scalar(&format!("the {unit} is complete and can be used")),
            unit = scalar(unit),
            nothing = if self.nothing == NothingFound::Free { " finds nothing," } else { "" },
            harsh = self.harsh(),
            same = if self.runs_on == RunsOn::Us { "" } else { SAME },
            plans = self.plans(&id),
        )
    }

    fn harsh(&self) -> &'static str {
        match self.nothing {
            NothingFound::Free => "",
            NothingFound::Charged => {
                "    needs: [what_to_look_for]    # refused without it, before anything is charged\n\
                 \x20   paid_even_if:                # harsh, so it is declared, shown and agreed to each time\n\
                 \x20     empty:\n\
                 \x20       why: our suppliers charge us for every try, found or not\n\
                 \x20       warning: \"Costs {price} even if nothing is found. {found_rate}\"\n"
            }
        }
    }

    fn plans(&self, id: &str) -> String {
        let credits = "  starter:\n\
             \x20   runs_on: credits\n\
             \x20   price: $10 a month\n\
             \x20   credits: 100\n\
             \x20   offers: all\n\
             \x20   when_short: [wait, contact]\n";
        // The cheapest plan lets people try.
        let to_try = "  starter:\n\
             \x20   runs_on: credits\n\
             \x20   price: $5 a month\n\
             \x20   credits: 50\n\
             \x20   offers: all\n";
        match self.runs_on {
            RunsOn::Credits => credits.to_owned(),
            RunsOn::OwnKey => format!(
                "  own_key:\n\
                 \x20   name: Your own AI key\n\
                 \x20   runs_on: own_key             # the customer's AI key pays for the models\n\
                 \x20   price: $9 a month\n\
                 \x20   offers: all\n\
                 \x20   prices: {{ {id}: on your key }}\n\
                 \x20   own_key:\n\
                 \x20     monthly_cap: $20           # of what their provider bills for our calls\n\
                 \x20     tell: Your AI provider may bill failed calls; we cannot refund those.\n\
                 \x20   when_short: [{{ switch_to: starter }}, contact]\n\
                 {to_try}\
                 \x20   allowances: {{ {id}: 5 a month }}   # free, to look around\n\
                 \x20   when_short: [wait, contact]\n"
            ),
            RunsOn::Us => format!(
                "  free:\n\
                 \x20   runs_on: us                  # we pay for the AI, up to the allowance\n\
                 \x20   offers: all\n\
                 \x20   allowances: {{ {id}: 100 a month }}\n\
                 \x20   when_short: [wait, contact]\n"
            ),
        }
    }

    /// The text of `operations.yaml`.
    pub(super) fn operations(&self) -> String {
        let costs = match self.runs_on {
            RunsOn::Credits => "",
            RunsOn::OwnKey | RunsOn::Us => {
                "costs:\n\
                 \x20 we_pay_at_most: { a_customer: $2.50 a month, everyone: $300 a month }   # runs free to customers\n"
            }
        };
        format!(
            "# Private: what the promises cost us and how they are rolled out. Customers never see it.\n\
             operates: {}\n\
             {costs}\
             rollout:\n\
             \x20 default: shadow                # decide and record; show nothing, charge nothing, stop nobody\n\
             \x20 enforce_when: {{ days: 14, runs: 2000, mismatches_below: 0.1%, bills_more_than_doubled: 0 }}\n",
            self.name
        )
    }
}

/// A name as a key: `Summarize a file` → `summarize_a_file`, `Zähle Wörter` → `zaehle_woerter`.
pub(super) fn slug(text: &str, otherwise: &str) -> String {
    let mut out = String::new();
    for c in plain_letters(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('_') && !matches!(c, '\'' | '’') {
            out.push('_');
        }
    }
    let out = out.trim_end_matches('_');
    if out.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.to_owned()
    } else {
        otherwise.to_owned()
    }
}

/// German letters as they are written without their dots; of others the accents are left out.
fn plain_letters(text: &str) -> String {
    let mut spelt: String = text.to_lowercase().nfc().collect();
    for (letter, plain) in [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")] {
        spelt = spelt.replace(letter, plain);
    }
    spelt.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Words that YAML, of one version or another, takes for something else than text.
const NOT_TEXT: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// A text as a YAML scalar: plain where nothing can be misread, else in double quotes.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b" ,'()/-".contains(&b))
        && !NOT_TEXT.contains(&text.to_ascii_lowercase().as_str());
    // JSON's strings are YAML's double-quoted ones.
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_plain_letters() {
        let cases = [
            ("Summarize a file", "summarize_a_file"),
            ("Zähle Wörter", "zaehle_woerter"),
            ("Za\u{308}hle Wo\u{308}rter", "zaehle_woerter"),
            ("ÜBERSETZE große Texte!", "uebersetze_grosse_texte"),
            ("Résumé d’une leçon", "resume_dune_lecon"),
            ("Señal, año 3", "senal_ano_3"),
            ("2 maps", "other"),
            ("要約する", "other"),
        ];
        for (name, key) in cases {
            assert_eq!(slug(name, "other"), key, "{name}");
        }
    }
}
