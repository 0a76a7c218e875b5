//! Somebody who receives webhooks: writes down what comes, and answers as the test says.

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Channel, channel};
use std::sync::{Arc, Mutex};

/// What came.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// How the n-th is answered: a status with what else stands in its head. What blocks holds it up.
type Answers = Arc<dyn Fn(usize) -> String + Send + Sync>;

/// A receiver on a port of its own.
pub(crate) struct Receiver {
    address: SocketAddr,
    came: Channel<Got>,
}

impl Receiver {
    /// It answers everything with 200.
    pub(crate) fn new() -> Self {
        Self::answering(|_| "200 OK".to_owned())
    }

    /// It answers each as it is told, from 0 on.
    pub(crate) fn answering(answers: impl Fn(usize) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, came) = channel();
        let (answers, count): (Answers, _) = (Arc::new(answers), Arc::new(Mutex::new(0)));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (tell, answers) = (tell.clone(), Arc::clone(&answers));
                let count = Arc::clone(&count);
                std::thread::spawn(move || {
                    let mut reader = BufReader::new(stream.try_clone().unwrap());
                    while let Some(got) = read(&mut reader) {
                        let n = {
                            let mut count = count.lock().unwrap();
                            *count += 1;
                            *count - 1
                        };
                        if tell.send(got).is_err() || answer(&stream, &answers(n)).is_none() {
                            return;
                        }
                    }
                });
            }
        });
        Self { address, came }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    /// Waits for the next that comes.
    #[track_caller]
    pub(crate) fn next(&self) -> Got {
        self.came.recv().expect("somebody listens")
    }

    /// What came already.
    pub(crate) fn so_far(&self) -> Vec<Got> {
        self.came.try_iter().collect()
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Got> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
    assert!(line.starts_with("POST /hooks HTTP/1.1"), "{line}");
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Got { headers, body: String::from_utf8(body).unwrap() })
}

fn answer(mut stream: &TcpStream, head: &str) -> Option<()> {
    write!(stream, "HTTP/1.1 {head}\r\ncontent-length: 0\r\n\r\n").ok()
}
