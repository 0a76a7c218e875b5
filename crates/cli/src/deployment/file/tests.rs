//! Literals of a deployment: every form reads its own example, and what a form reads fits its pattern.

use super::literals::forms;

const TEXTS: [&str; 48] = [
    "127.0.0.1:8787",
    "[::1]:80",
    "0.0.0.0:0",
    "localhost:80",
    "127.0.0.1",
    "/",
    "/a/",
    "/a/*",
    "GET /a/{b}",
    "POST /a/{b}:go",
    "TRACE /a",
    "/a b",
    "/a/b%20c",
    "get /a",
    "https://api.openai.com",
    "HTTPS://API.OPENAI.COM/",
    "http://[::1]:80/a/b",
    "http://127.0.0.1:0",
    "https://a_b.example:443/v1/",
    "https://a..b",
    "https://-a",
    "http://0x7f.1",
    "http://2130706433",
    "",
    "/a~1b/0",
    "/a~2",
    "a/b",
    "x-customer-id",
    "X-Customer-Id",
    "x customer",
    "x:",
    "10 seconds",
    "1 minute",
    "0 seconds",
    "01 seconds",
    "25 hours",
    "10 MiB",
    "1 GiB",
    "2 GiB",
    "10MiB",
    "OPENAI_API_KEY",
    "1KEY",
    "404",
    "4xx",
    "100",
    "0.5 credits",
    "-1",
    "1e3",
];

#[test]
fn what_is_read_fits_the_pattern_of_its_form() {
    for (form, reads) in forms() {
        assert!(reads(form.example), "{} does not read its example", form.says);
        let pattern = serde_json::json!({ "pattern": form.pattern });
        let validator = jsonschema::draft202012::new(&pattern).unwrap();
        for text in TEXTS.iter().filter(|text| reads(text)) {
            assert!(validator.is_valid(&(*text).into()), "{text}: not of {}", form.pattern);
        }
    }
}
