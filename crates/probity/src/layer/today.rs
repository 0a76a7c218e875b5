//! What today's billing did, as the product's own backend says it: `5`, `5; allowed` or `0; denied`.

use super::headers::NOW_CHARGED;
use http::{HeaderMap, StatusCode};
use probity_core::Amount;
use probity_core::command::Today;

/// Why it cannot be read.
const UNREAD: &str = "write credits, and perhaps whether it was allowed: 5, or 0; denied";

/// Takes out what today's billing did; what cannot be read says nothing.
///
/// Where nothing is said of it, and of nothing charged not whether it was allowed, a status that refuses
/// says that: 402, 403 or 429. Of what is `enforced` it does not, for there today's billing is not asked.
pub(super) fn take(
    headers: &mut HeaderMap,
    status: StatusCode,
    is_enforced: bool,
) -> Option<Today> {
    let refuses = matches!(status.as_u16(), 402 | 403 | 429) && !is_enforced;
    let mut said = headers.get_all(NOW_CHARGED).iter();
    let (first, is_one) = (said.next(), said.next().is_none());
    let today = match first {
        None => refuses.then_some(Today { charged: None, allowed: Some(false) }),
        Some(text) => {
            let read = text.to_str().ok().filter(|_| is_one).and_then(|text| read(text, refuses));
            if read.is_none() {
                tracing::warn!(why = UNREAD, "a Probity-Now-Charged cannot be read");
            }
            read
        }
    };
    headers.remove(NOW_CHARGED);
    today
}

fn read(text: &str, refuses: bool) -> Option<Today> {
    let (amount, word) = match text.trim_ascii().split_once(';') {
        Some((amount, word)) => (amount, Some(word.trim_ascii())),
        None => (text.trim_ascii(), None),
    };
    let charged = Amount::parse(amount).ok().filter(|_| !amount.starts_with('-'))?;
    let allowed = match word {
        Some("allowed") => true,
        // What is refused is not charged.
        Some("denied") if charged.is_zero() => false,
        Some(_) => return None,
        None => !(refuses && charged.is_zero()),
    };
    Some(Today { charged: Some(charged), allowed: Some(allowed) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(String, bool)> {
        let today = read(text, false)?;
        Some((today.charged?.to_string(), today.allowed?))
    }

    #[test]
    fn credits_and_perhaps_a_word() {
        let is = |amount: &str, allowed| Some((amount.to_owned(), allowed));
        assert_eq!(told("5"), is("5", true));
        assert_eq!(told(" 0.5 "), is("0.5", true));
        assert_eq!(told("0"), is("0", true));
        assert_eq!(told("5; allowed"), is("5", true));
        assert_eq!(told("0;denied"), is("0", false));
        for wrong in [
            "",
            ";",
            "-1",
            "+5",
            "1e3",
            "5 credits",
            "$5",
            "1,000",
            "5;",
            "denied",
            "5; denied",
            "0; Denied",
            "-0",
            "0; refused",
            "0; denied; denied",
            "0 denied",
            "0.0000001",
        ] {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }
}
