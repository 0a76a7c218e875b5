//! Pages of other origins that call the API from a browser.

use super::served::{Got, Served};
use probity_cli::http::Limits;

const PAGE: &str = "https://app.example.org";

fn asks(served: &Served, method: &str, path: &str, headers: &[(&str, &str)]) -> Got {
    served.call(method, path, headers, "")
}

#[test]
fn a_browser_is_told_nothing_where_no_origin_is_allowed() {
    let served = Served::new();
    let got = asks(&served, "GET", "/v1/contract", &[("origin", PAGE)]);
    assert_eq!((got.status, got.header("access-control-allow-origin")), (200, ""));
    let asked = [("origin", PAGE), ("access-control-request-method", "GET")];
    let got = asks(&served, "OPTIONS", "/v1/contract", &asked);
    assert_eq!(got.header("access-control-allow-origin"), "");
    got.refused(405, "method_not_allowed");
}

#[test]
fn a_browser_may_read_where_its_page_is_allowed() {
    let mut served = Served::new();
    served.ana();
    let token = served.token("ana", None);
    served.listen_for(Limits::default(), &[PAGE, "http://localhost:3000"]);
    let asked = [
        ("origin", PAGE),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization,content-type,idempotency-key"),
    ];
    // Asked before the request, without a key, for any path.
    for path in ["/v1/check", "/v1/customers/ana/caps", "/v1/customers/ana/wallet"] {
        let got = asks(&served, "OPTIONS", path, &asked);
        assert_eq!((got.status, got.header("access-control-allow-origin")), (200, PAGE), "{path}");
        assert_eq!(got.header("access-control-allow-methods"), "GET,POST,PUT,DELETE");
        let headers = got.header("access-control-allow-headers").to_ascii_lowercase();
        assert_eq!(headers, "authorization,content-type,idempotency-key,last-event-id");
        assert!(got.header("vary").contains("origin"), "{:?}", got.headers);
    }
    let bearer = format!("Bearer {token}");
    let sent = [("origin", PAGE), ("authorization", bearer.as_str())];
    let got = asks(&served, "GET", "/v1/customers/ana/wallet", &sent);
    assert_eq!((got.status, got.header("access-control-allow-origin")), (200, PAGE));
    let told = got.header("access-control-expose-headers");
    for name in ["probity-replayed", "retry-after"] {
        assert!(told.contains(name), "{told}");
    }
    // What is refused can be read as well: that the token is over, say.
    let sent = [("origin", PAGE), ("authorization", "Bearer ct_x")];
    let got = asks(&served, "GET", "/v1/customers/ana/wallet", &sent);
    assert_eq!(got.header("access-control-allow-origin"), PAGE);
    got.refused(401, "unauthenticated");
    // Another page may not.
    for method in ["GET", "OPTIONS"] {
        let other = [("origin", "https://other.example"), ("access-control-request-method", "GET")];
        let got = asks(&served, method, "/v1/contract", &other);
        assert_eq!(got.header("access-control-allow-origin"), "");
    }
}

#[test]
fn any_page_may_where_any_is_allowed() {
    let mut served = Served::new();
    served.listen_for(Limits::default(), &["*"]);
    let got = asks(&served, "GET", "/v1/contract", &[("origin", "https://other.example")]);
    assert_eq!(got.header("access-control-allow-origin"), "*");
    assert_eq!(got.header("access-control-allow-credentials"), "");
}
