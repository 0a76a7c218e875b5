//! Over TLS: whoever shows a certificate that is trusted, for the very name, gets what is sent; nobody else.

use super::Shop;
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// It says its port, and then the id of each message that came.
const PROGRAM: &str = r#"
import ssl, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Hooks(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        print(self.headers["webhook-id"], self.headers["host"].split(":")[0], flush=True)
        self.send_response(200)
        self.end_headers()

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server = HTTPServer(("127.0.0.1", 0), Hooks)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
"#;

struct Secure {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: String,
}

impl Secure {
    /// A receiver with a certificate of its own making for `localhost`, which is left in the folder.
    fn begins(folder: &Path, name: &str) -> Self {
        let (certificate, key) = (format!("{name}.pem"), format!("{name}.key"));
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-keyout", &key, "-out", &certificate])
            .current_dir(folder)
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl: apt install openssl").success());
        let mut child = Command::new("python3")
            .args(["-c", PROGRAM, &certificate, &key])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().unwrap().unwrap();
        Self { child, lines, port }
    }
}

impl Drop for Secure {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn only_a_certificate_that_is_trusted_for_the_name_is_sent_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut trusted = Secure::begins(folder.path(), "trusted");
    let other = Secure::begins(folder.path(), "other");
    let trust = fs::canonicalize(folder.path().join("trusted.pem")).unwrap();
    let shop = Shop::trusting(folder.path(), &trust);
    let test = |url: String| {
        let made = shop.post("/v1/webhook-endpoints", &json!({"url": url}));
        let at = format!("/v1/webhook-endpoints/{}/test", made["id"].as_str().unwrap());
        shop.post(&at, &json!({}))
    };
    let tested = test(format!("https://localhost:{}/hooks", trusted.port));
    assert_eq!(tested["delivered"], true, "{tested:#}");
    let came = trusted.lines.next().unwrap().unwrap();
    assert_eq!(came, format!("{} localhost", tested["event"].as_str().unwrap()));
    // Another certificate, and the right one under another name.
    let others = [
        format!("https://localhost:{}/hooks", other.port),
        format!("https://127.0.0.1:{}/hooks", trusted.port),
    ];
    for url in others {
        let tested = test(url);
        assert_eq!(tested["delivered"], false, "{tested:#}");
        let answered = tested["answered"].as_str().unwrap();
        assert!(answered.contains("certificate"), "{answered}");
    }
}
