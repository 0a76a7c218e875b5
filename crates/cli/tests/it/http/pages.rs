//! What is for people and machines that look on: documentation, problems, health, counts.

use super::served::Served;
use serde_json::Value;

#[test]
fn every_problem_has_a_page_and_every_route_stands_in_the_documentation() {
    let served = Served::new();
    let api = served.get_as("", "/openapi.json").is(200);
    assert_eq!(api["openapi"], "3.1.0");
    assert_eq!(api["info"]["license"]["name"], "Apache-2.0");
    let codes = api["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].clone();
    let codes: Vec<&str> = codes.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let of_core = probity_core::decide::Problem::WORDS;
    let of_publishing = probity_core::terms::PublishError::WORDS;
    for code in of_core.iter().chain(&of_publishing) {
        assert!(codes.contains(code), "{code}");
    }
    let docs = served.get_as("", "/docs").text;
    for code in codes {
        let page = served.get_as("", &format!("/problems/{code}"));
        assert_eq!(page.status, 200, "{code}");
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(page.text.contains(code) && !page.text.contains("<script"));
        assert!(docs.contains(&format!("/problems/{code}")), "{code}");
    }
    served.get_as("", "/problems/none").refused(404, "not_found");
    let paths = api["paths"].as_object().unwrap();
    assert!(paths.len() > 30, "{}", paths.len());
    for (path, operations) in paths {
        for method in operations.as_object().unwrap().keys() {
            // Folded under its name where there is little room.
            let title = format!("<summary><h3><code>{} {path}</code>", method.to_uppercase());
            assert!(docs.contains(&title), "{title}");
        }
    }
    // It says all of it at once: whoever is named is described, and every link leads somewhere.
    for link in docs.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(docs.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert_eq!(docs.matches("<details").count(), docs.matches("</details>").count());
    assert!(
        docs.contains("::details-content{content-visibility:visible}"),
        "wide screens show all"
    );
    assert!(!docs.contains("<script") && !docs.contains(" src="));
    for (path, leads_to) in [("/", "/docs"), ("/problems", "/docs#problems")] {
        let page = served.get_as("", path);
        assert_eq!((page.status, page.header("location")), (302, leads_to));
    }
    assert!(docs.contains("id=\"problems\""));
    let text = api.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name: String = reference.chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(api["components"]["schemas"][&name].is_object(), "{name}");
    }
}

#[test]
fn requests_and_the_work_of_the_engine_are_counted() {
    let served = Served::new();
    served.ana();
    assert_eq!(served.get_as("", "/readyz").text, "ready\n");
    assert_eq!(served.get_as("", "/healthz").text, "ok\n");
    let text = served.get("/metrics").text;
    for line in [
        "probity_requests_total{method=\"PUT\",route=\"/v1/customers/{id}\",status=\"201\"} 1",
        "probity_request_seconds_count{method=\"GET\",route=\"/healthz\"} 1",
        "probity_entries_total 1",
        "probity_commits_failed_total 0",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
    assert!(text.contains("probity_queue_limit ") && text.contains("probity_batches_total "));
    assert!(!text.contains("ana"), "no ids in labels");
}
