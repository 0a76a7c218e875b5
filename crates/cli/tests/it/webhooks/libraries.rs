//! The official libraries of Standard Webhooks, unmodified, verify what is sent: with the receivers that
//! the recipe shows, as they stand there.

use super::Shop;
use super::receiver::Receiver;
use crate::gateway::sdk;
use crate::support::repository;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A program of the recipe, in this language.
fn shown(language: &str) -> String {
    let recipe = fs::read_to_string(repository().join("docs/recipes/webhooks.md")).unwrap();
    let (_, rest) = recipe.split_once(&format!("\n```{language}\n")).expect("it is shown");
    rest.split("\n```").next().unwrap().to_owned() + "\n"
}

/// A receiver in another language, which says what it verified, a line each.
struct Verifies {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
}

impl Verifies {
    fn start(mut command: Command, secret: &str, port: u16) -> Self {
        let command = command.env("WEBHOOK_SECRET", secret).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "listening");
        Self { child, lines, port }
    }

    fn python(folder: &Path, secret: &str) -> Self {
        let port = free();
        let program = shown("python").replace("3000", &port.to_string());
        let serves = ".serve_forever()";
        assert_eq!(program.matches(serves).count(), 1);
        let (begin, end) = program.rsplit_once('\n').map_or(("", ""), |_| {
            let at = program.rfind("HTTPServer(").unwrap();
            program.split_at(at)
        });
        let program = format!("{begin}server = {}", end.replace(serves, ""));
        let place = folder.join("receive.py");
        let serves = "print(\"listening\", flush=True)\nserver.serve_forever()\n";
        fs::write(&place, format!("{program}{serves}")).unwrap();
        let mut command = Command::new(sdk::python());
        command.arg(place).stderr(Stdio::null());
        Self::start(command, secret, port)
    }

    fn javascript(secret: &str) -> Self {
        let port = free();
        let modules = sdk::javascript_folder();
        // Without what only TypeScript reads.
        let program = shown("typescript")
            .replace("request: Request", "request")
            .replace(" as { type: string; data: any }", "");
        let serves = format!(
            "import {{ createServer }} from \"node:http\";\n\
             import {{ buffer }} from \"node:stream/consumers\";\n\
             createServer(async (asked, answer) => {{\n\
               const request = new Request(\"http://x/hooks\", {{ method: \"POST\", \
                 headers: asked.headers, body: await buffer(asked) }});\n\
               const said = await POST(request);\n\
               answer.writeHead(said.status).end();\n\
             }}).listen({port}, \"127.0.0.1\", () => console.log(\"listening\"));\n"
        );
        let place = modules.join(format!("receive-{port}.mjs"));
        fs::write(&place, program + &serves).unwrap();
        let mut command = Command::new("node");
        command.arg(&place);
        let started = Self::start(command, secret, port);
        fs::remove_file(place).unwrap();
        started
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hooks", self.port)
    }

    fn says(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }
}

impl Drop for Verifies {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Asks until the newest delivery was tried; says what came of it.
fn answered(shop: &Shop, endpoint: &str) -> String {
    loop {
        let all = shop.get(&format!("/v1/webhook-endpoints/{endpoint}/deliveries"));
        if let Some(answered) = all["items"][0]["answered"].as_str() {
            return answered.to_owned();
        }
    }
}

#[test]
fn the_official_libraries_verify_what_is_sent_also_while_secrets_rotate() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::opens(folder.path());
    shop.put("/v1/customers/ana", &json!({"plan": "pro"}));
    let place = Receiver::new();
    let made = shop.sends(&place, "run.settled");
    let (id, secret) = (made["id"].as_str().unwrap(), made["secret"].as_str().unwrap());
    let at = format!("/v1/webhook-endpoints/{id}");
    let mut python = Verifies::python(folder.path(), secret);
    let mut javascript = Verifies::javascript(secret);
    let goes_to = |url: &str| shop.put(&at, &json!({"url": url}));
    goes_to(&python.url());
    shop.runs("ana", "m1");
    assert_eq!(python.says(), "run.settled ana");
    // What the recipe tries first is about nobody.
    let tests = || shop.post(&format!("{at}/test"), &json!({}))["delivered"].clone();
    assert_eq!(tests(), true);
    assert_eq!(python.says(), "webhook.test nobody");
    goes_to(&javascript.url());
    assert_eq!(tests(), true);
    assert_eq!(javascript.says(), "webhook.test nobody");
    shop.runs("ana", "m2");
    assert_eq!(javascript.says(), "run.settled ana");
    // Both secrets sign: who knows the old one verifies, and who knows the new one.
    let rotated = shop.post(&format!("{at}/rotate"), &json!({"old_lasts": "1 hour"}));
    let new = rotated["secret"].as_str().unwrap();
    shop.runs("ana", "m3");
    assert_eq!(javascript.says(), "run.settled ana");
    drop(javascript);
    let mut javascript = Verifies::javascript(new);
    goes_to(&javascript.url());
    shop.runs("ana", "m4");
    assert_eq!(javascript.says(), "run.settled ana");
    // Once more, and neither receiver knows either of the secrets.
    for _ in 0..2 {
        shop.post(&format!("{at}/rotate"), &json!({"old_lasts": "1 hour"}));
    }
    for url in [python.url(), javascript.url()] {
        goes_to(&url);
        shop.runs("ana", &url.replace([':', '/', '.'], "_"));
        assert_eq!(answered(&shop, id), "401", "{:#}", Value::from(url));
    }
}
