//! The customer's own pages as they are served: they hold nothing of anybody, and may do little.

use super::served::Served;
use probity_cli::http::Limits;
use serde_json::json;

const PLACES: [&str; 5] = ["wallet", "prices", "receipts", "limits", "terms"];

#[test]
fn pages_hold_nothing_of_anybody_and_load_only_what_is_theirs() {
    let mut served = Served::new();
    served.ana();
    served.listen_for(Limits::default(), &["https://app.example.org", "http://localhost:3000"]);
    let token = served.token("ana", None);
    for place in PLACES {
        let path = format!("/my/{place}");
        let got = served.get_as("", &path);
        assert_eq!(got.status, 200);
        for (name, value) in [
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-cache"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(got.header(name), value, "{name}");
        }
        assert_eq!(
            got.header("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
             img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors \
             https://app.example.org http://localhost:3000; require-trusted-types-for 'script'"
        );
        let text = &got.text;
        assert!(!text.contains("<style") && !text.contains(" style=") && !text.contains(" on"));
        assert_eq!(text.matches("<script").count(), text.matches("<script src=\"/").count());
        // The same for whoever asks, and no cookie.
        assert_eq!(&served.get_as(&token, &path).text, text);
        assert!(got.headers.get("set-cookie").is_none() && !text.contains("Ana"), "{text}");
        let again = [("if-none-match", got.header("etag"))];
        assert_eq!(served.call("GET", &path, &again, "").status, 304);
        // What they load is there.
        for part in text.split("=\"/").skip(1) {
            let path = format!("/{}", part.split('"').next().unwrap());
            assert_eq!(served.get_as("", &path).status, 200, "{path}");
        }
    }
}

#[test]
fn nobody_frames_them_unless_allowed_by_name() {
    let mut served = Served::new();
    for origins in [&[] as &[&str], &["*"]] {
        served.listen_for(Limits::default(), origins);
        let got = served.get_as("", "/my/wallet");
        let policy = got.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(got.text.contains("name=\"probity-origins\" content=\"\""), "{}", got.text);
    }
}

#[test]
fn a_token_says_where_it_opens_and_the_start_leads_there() {
    let served = Served::new();
    served.ana();
    let key = Some("k1");
    let path = "/v1/customers/ana/tokens";
    let first = served.call_with(&served.live, "POST", path, &json!({}), key).is(201);
    let (token, page) = (first["token"].as_str().unwrap(), first["page"].as_str().unwrap());
    assert_eq!(page, format!("/my#{token}"));
    // The answer of before is signed as well.
    let again = served.call_with(&served.live, "POST", path, &json!({}), key).is(201);
    assert_eq!(again, first);
    for (path, leads_to) in [
        ("/my", "/my/wallet"),
        (
            "/my?return=https://app.example.org/a%0d%0ab",
            "/my/wallet?return=https://app.example.org/a%0d%0ab",
        ),
    ] {
        let got = served.get_as("", path);
        assert_eq!((got.status, got.header("location")), (302, leads_to));
        assert_eq!(got.header("referrer-policy"), "no-referrer");
    }
    served.call_as("", "POST", "/my/wallet", &json!({})).refused(405, "method_not_allowed");
    // Where there is no page, people find a way on; programs find no such path.
    for path in ["/my/nothing", "/my/a/b", "/my/"] {
        let got = served.get_as("", path);
        assert_eq!((got.status, got.header("content-type")), (404, "text/html; charset=utf-8"));
        assert!(got.text.contains("There is no such page") && got.text.contains("/my/wallet"));
        assert!(!got.text.contains("aria-current"), "{}", got.text);
    }
    assert_eq!(served.call_as("", "POST", "/my/nothing", &json!({})).status, 401);
    let icon = served.get_as("", "/favicon.ico");
    assert_eq!((icon.status, icon.text.as_str()), (204, ""));
}
