//! `examples/job-search`: one story, played in the browser against both of its servers, on the real
//! service and with the fake AI provider.

use crate::browser::window::{Key, Window};
use crate::http::started::Started;
use crate::packages::pypi;
use crate::recipes::buttons::Ends;
use crate::recipes::free;
use crate::sdks::typescript::{built, compiled, copy, modules};
use crate::support::repository;
use serde_json::json;
use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

/// Starts it, silent, and waits until it listens.
fn listens(command: &mut Command, port: u16) -> Ends {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut started = Ends(command.spawn().expect("it runs"));
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(started.0.try_wait().unwrap().is_none(), "it ended: {command:?}");
    }
    started
}

/// Plays the story with one of the servers.
fn plays(name: &str, server: impl FnOnce(&Path, u16) -> Command) {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().canonicalize().unwrap();
    let [port, ai] = free(2)[..] else { panic!("two ports") };
    let url = format!("http://127.0.0.1:{port}/");
    let contract = repository().join("contracts/jobscout").canonicalize().unwrap();
    let origin = url.trim_end_matches('/');
    let args = [contract.to_str().unwrap(), "--allow-origin", origin];
    let mut service = Started::serve(&here, &args);
    let (key, _) = service.keys();
    let mut upstream = Command::new(snapbox::cmd::cargo_bin!("probity"));
    upstream.args(["fake-upstream", "--listen", &format!("127.0.0.1:{ai}")]);
    let _upstream = listens(&mut upstream, ai);
    let mut server = server(&here, port);
    server.env("PROBITY_URL", format!("http://{}", service.address)).env("PROBITY_KEY", &key);
    server.env("OPENAI_BASE_URL", format!("http://127.0.0.1:{ai}/v1"));
    let server = listens(&mut server, port);

    let mut window = Window::open();
    window.expects("ERR_CONNECTION_REFUSED");
    window.goes(&url);
    let page = Page { window, name };
    page.says_prices_before();
    page.charges_what_is_delivered();
    page.refuses_with_a_way_forward();
    page.shares_the_price_of_a_part();
    page.asks_where_the_rule_is_harsh();
    page.charges_nothing_for_failures();
    page.mends_what_cannot_be_asked();
    charged(&service, &key);
    page.asks_past_the_allowance();
    page.sells_more_where_it_is_short();
    page.says_when_a_plan_waits(&url);
    page.accounts_for_everything(&url);
    page.says_what_it_knows_where_nobody_answers(&url, server);
    page.window.ends();
}

/// What the books say of it: what each cost, and what it cost us.
fn charged(service: &Started, key: &str) {
    let customers = service.get(key, "/v1/customers");
    let id = customers["items"][0]["customer"].as_str().unwrap();
    let runs = service.get(key, &format!("/v1/customers/{id}/runs"));
    let runs: Vec<_> = runs["items"].as_array().unwrap().iter().rev().collect();
    let of = |field| runs.iter().map(|run| run[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("charged"), ["5", "0", "6", "4", "0", "3", "0"], "{runs:#?}");
    let ends = ["delivered", "reopened", "partial", "delivered", "reopened", "empty", "failed"];
    assert_eq!(of("outcome"), ends, "{runs:#?}");
    let asked = runs.iter().map(|run| run["attempts"][0]["model"].clone()).collect::<Vec<_>>();
    assert_eq!(asked[0], json!("gpt-4o-mini"), "the model of Discovery");
    assert_eq!(asked[2], json!("gpt-4.1"), "the model of Pro");
}

/// JobScout's page, as somebody sees it and presses.
struct Page<'a> {
    window: Window,
    name: &'a str,
}

impl Page<'_> {
    /// What the price beside a button says.
    #[track_caller]
    fn price(&self, action: &str, words: &str) {
        self.window.reads(&format!("[action={action}] >>> .body"), words);
    }

    fn presses(&self, action: &str) {
        self.window.presses(&format!("[action={action}] > button"));
    }

    /// What came of it.
    #[track_caller]
    fn said(&self, action: &str, words: &str) {
        self.window.reads(&format!("article:has([action={action}]) .said"), words);
    }

    /// Picks how the work ends, or what it is about.
    fn picks(&self, action: &str, what: &str, value: &str) {
        self.window.says(&format!(
            "const field = document.querySelector('article:has([action={action}]) [{what}]'); \
             field.value = '{value}'; \
             field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
        ));
    }

    #[track_caller]
    fn wallet(&self, words: &str) {
        self.window.reads("probity-wallet >>> .pill", words);
    }

    /// The dialog says this, and is agreed to.
    #[track_caller]
    fn agrees(&self, words: &str) {
        self.window.reads("probity-dialog >>> dialog", words);
        self.window.presses("probity-dialog >>> .first");
    }

    /// Pictures of one of the two; the other looks the same, and is only looked through.
    fn pictures(&self, name: &str) {
        match self.name {
            "typescript" => self.window.pictures_of_all(&format!("sample-{name}")),
            _ => self.window.accessible(),
        }
    }

    fn says_prices_before(&self) {
        self.price("search_roles", "150 of 150 role searches a month left");
        self.price("map_market", "Free");
        self.price("enrich_market_map", "not part of Discovery");
        self.price("tailor_document", "5 credits");
        // In shadow: what it would cost stands in the books alone.
        self.price("process_documents", "Free");
        self.price("find_contact_email", "not part of Discovery");
        self.wallet("25 credits");
        self.pictures("before");
    }

    fn charges_what_is_delivered(&self) {
        self.presses("tailor_document");
        self.said("tailor_document", "Done. 5 credits used ($0.50); 20 credits left.");
        self.said("tailor_document", "Dear Fernweh team");
        self.wallet("20 credits");
        self.price("tailor_document", "You already have this. No charge.");
        self.presses("tailor_document");
        self.said("tailor_document", "You already have this. No charge.");
        self.said("tailor_document", "Dear Fernweh team");
        self.wallet("20 credits");
    }

    fn refuses_with_a_way_forward(&self) {
        self.presses("enrich_market_map");
        let card = "probity-dialog >>> probity-not-enough >>> .card";
        self.window.reads(card, "Switch to Pro ($12 a month)");
        self.pictures("refused");
        self.window.presses("probity-dialog >>> probity-not-enough >>> .go");
        self.window.reads("h1", "Plans");
        self.window.reads("probity-prices", "");
        self.pictures("plans");
        self.window.presses("[data-plan=pro]");
        self.window.reads("h1", "Find the role");
        self.wallet("140 credits");
    }

    fn shares_the_price_of_a_part(&self) {
        self.price("enrich_market_map", "10 credits");
        self.picks("enrich_market_map", "data-story", "part");
        self.presses("enrich_market_map");
        self.agrees("5 of 8 sections: 6 credits");
        self.said("enrich_market_map", "5 of 8 delivered. You paid for those: 6 credits");
        self.wallet("134 credits");
        self.price("enrich_market_map", "4 credits");
        self.picks("enrich_market_map", "data-story", "works");
        self.presses("enrich_market_map");
        self.said("enrich_market_map", "Done. 4 credits used ($0.40); 130 credits left.");
        self.price("enrich_market_map", "You already have this. No charge.");
        self.presses("enrich_market_map");
        self.said("enrich_market_map", "You already have this. No charge.");
    }

    fn asks_where_the_rule_is_harsh(&self) {
        self.price("find_contact_email", "Costs 3 credits even if no email is found.");
        self.picks("find_contact_email", "data-story", "nothing");
        self.presses("find_contact_email");
        self.window.reads("probity-dialog >>> dialog", "even if no email is found");
        self.pictures("harsh");
        self.agrees("3 credits ($0.30)");
        self.said("find_contact_email", "No email found. 3 credits used, as you agreed");
        self.wallet("127 credits");
        // The same person again: it was paid for.
        self.price("find_contact_email", "Nothing was charged.");
    }

    fn charges_nothing_for_failures(&self) {
        self.picks("tailor_document", "data-as", "letter_kite");
        self.price("tailor_document", "5 credits");
        self.picks("tailor_document", "data-story", "fails");
        self.presses("tailor_document");
        self.said("tailor_document", "That did not work. Nothing was charged.");
        self.wallet("127 credits");
        self.pictures("after");
    }

    fn asks_past_the_allowance(&self) {
        self.window.presses("[data-action=search_roles]");
        self.price("search_roles", "From here each costs 0.5 credits");
        self.presses("search_roles");
        self.agrees("You have used your 800 role searches a month.");
        self.said("search_roles", "Done. 0.5 credits used ($0.05); 126.5 credits left.");
    }

    fn sells_more_where_it_is_short(&self) {
        self.window.presses("[data-action=tailor_document]");
        self.wallet("1.5 credits");
        self.picks("enrich_market_map", "data-as", "map_lisbon");
        self.presses("enrich_market_map");
        let card = "probity-dialog >>> probity-not-enough";
        self.window.reads(&format!("{card} >>> .card"), "Buy 50 credits for $5.00.");
        self.pictures("short");
        self.window.presses(&format!("{card} >>> a[href*=top-up]"));
        self.window.reads("h1", "Buy credits");
        self.pictures("top-up");
        self.window.presses("[data-credits='50']");
        self.window.reads("h1", "Find the role");
        self.wallet("51.5 credits");
        self.window.presses("probity-wallet >>> .pill");
        self.window.reads("probity-wallet >>> .panel", "Enough for");
        self.pictures("wallet");
        self.window.keys(&[Key::Escape]);
    }

    /// A number that is none is not sent anywhere.
    fn mends_what_cannot_be_asked(&self) {
        for wrong in ["999", "-5", ""] {
            self.picks("process_documents", "data-as", wrong);
            self.presses("process_documents");
            self.said("process_documents", "a whole number from 1 to 100. Nothing was started.");
        }
        self.picks("process_documents", "data-as", "12");
    }

    fn says_when_a_plan_waits(&self, url: &str) {
        self.window.goes(&format!("{url}billing/plans"));
        for (plan, name) in [("discovery", "Discovery"), ("byok", "Own key")] {
            self.window.presses(&format!("[data-plan={plan}]"));
            self.window.reads(".said", &format!("{name} begins on"));
        }
    }

    fn accounts_for_everything(&self, url: &str) {
        self.window.goes(&format!("{url}help"));
        self.window.until("find('probity-receipts >>> details') !== null");
        self.window.until("find('probity-limits >>> input') !== null");
        self.pictures("help");
    }

    /// The product's own server goes away: of money it is said what is known, which is nothing.
    fn says_what_it_knows_where_nobody_answers(&self, url: &str, server: Ends) {
        self.window.goes(url);
        self.picks("tailor_document", "data-as", "letter_northwind");
        self.price("tailor_document", "5 credits");
        drop(server);
        self.presses("tailor_document");
        let card = "probity-dialog >>> probity-not-enough >>> .card";
        self.window.reads(card, "What was charged, if anything, stands in your receipts.");
        self.window.until("document.querySelector('[aria-busy]') === null");
    }
}

#[test]
fn the_sample_product_in_typescript() {
    plays("typescript", |here, port| {
        built(&here.join("sdk"));
        let sample = here.join("examples/job-search");
        copy(&repository().join("examples/job-search"), &sample);
        let server = sample.join("typescript");
        fs::create_dir_all(server.join("node_modules/@probity")).unwrap();
        symlink(here.join("sdk"), server.join("node_modules/@probity/sdk")).unwrap();
        for name in ["express", "openai", "@types"] {
            symlink(modules().join(name), server.join("node_modules").join(name)).unwrap();
        }
        compiled(&server);
        let mut node = Command::new("node");
        node.arg("build/server.js").current_dir(server).env("PORT", port.to_string());
        node
    });
}

#[test]
fn the_sample_product_in_python() {
    plays("python", |_, port| {
        let sdk = repository().join("sdk/python").canonicalize().unwrap();
        let mut python = Command::new(pypi("sdk-dev", &sdk.join("requirements/dev.txt")));
        python.args(["-m", "uvicorn", "server:app", "--port", &port.to_string()]);
        python.current_dir(repository().join("examples/job-search/python"));
        python.env("PYTHONPATH", sdk.join("src")).env("PYTHONDONTWRITEBYTECODE", "1");
        python
    });
}
