//! An upstream that says what it is told to, byte by byte, and remembers what it was asked.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// What an upstream does on a connection, one after the other.
#[derive(Clone, Debug)]
pub(super) enum Does {
    /// Sends these bytes.
    Sends(Vec<u8>),
    /// Says that it has come so far, and waits until it may go on.
    Waits,
    /// Breaks the connection off at once.
    Resets,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Asked {
    /// A header's value; empty where there is none.
    pub(super) fn header(&self, name: &str) -> String {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(n, _)| n.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.to_owned()).unwrap_or_default()
    }
}

/// An upstream.
pub(super) struct Upstream {
    pub(super) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    waiting: Receiver<()>,
    go_on: Sender<()>,
    left: Receiver<()>,
}

impl Upstream {
    /// Answers every request by this script.
    pub(super) fn new(script: Vec<Does>) -> Self {
        Self::in_turn(vec![script])
    }

    /// Answers each request by the next of these scripts, and all further ones by the last.
    pub(super) fn in_turn(scripts: Vec<Vec<Does>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let (says, waiting) = channel();
        let (go_on, may_go_on) = channel();
        let (leaves, left) = channel();
        let known = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                while let Some(request) = read(&mut stream) {
                    let turn = known.lock().unwrap().len().min(scripts.len() - 1);
                    known.lock().unwrap().push(request);
                    if !play(&mut stream, &scripts[turn], &says, &may_go_on) {
                        break;
                    }
                }
                let _ = leaves.send(());
            }
        });
        Self { address, asked, waiting, go_on, left }
    }

    /// Answers with a JSON body.
    pub(super) fn answering(status: &str, headers: &str, body: &str) -> Self {
        Self::new(vec![Does::Sends(answer(status, headers, body))])
    }

    /// What it was asked last.
    pub(super) fn last(&self) -> Asked {
        self.asked.lock().unwrap().last().cloned().expect("it was asked")
    }

    /// How often it was asked.
    pub(super) fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// Until it has come to where it waits.
    pub(super) fn has_come_so_far(&self) {
        self.waiting.recv().unwrap();
    }

    /// It may go on.
    pub(super) fn goes_on(&self) {
        self.go_on.send(()).unwrap();
    }

    /// Until a connection is over.
    pub(super) fn is_left(&self) {
        self.left.recv().unwrap();
    }
}

/// An answer with its length.
pub(super) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}");
    format!("{head}content-length: {length}\r\n\r\n{body}").into_bytes()
}

/// The head of a stream of events.
pub(super) fn stream_head() -> Does {
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    Does::Sends(head.as_bytes().to_vec())
}

/// A piece of a stream.
pub(super) fn chunk(text: &str) -> Does {
    Does::Sends(format!("{:x}\r\n{text}\r\n", text.len()).into_bytes())
}

/// The end of a stream.
pub(super) fn end() -> Does {
    Does::Sends(b"0\r\n\r\n".to_vec())
}

/// True if the connection may be used again.
fn play(
    stream: &mut TcpStream,
    script: &[Does],
    says: &Sender<()>,
    may_go_on: &Receiver<()>,
) -> bool {
    for does in script {
        match does {
            Does::Sends(bytes) => {
                if stream.write_all(bytes).and_then(|()| stream.flush()).is_err() {
                    return false;
                }
            }
            Does::Waits => {
                let _ = says.send(());
                if may_go_on.recv().is_err() {
                    return false;
                }
            }
            Does::Resets => return false,
        }
    }
    true
}

fn read(stream: &mut TcpStream) -> Option<Asked> {
    let (mut bytes, mut byte) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        bytes.push(byte[0]);
    }
    let mut asked = Asked { head: String::from_utf8(bytes).unwrap(), body: Vec::new() };
    if let Ok(length) = asked.header("content-length").parse::<usize>() {
        asked.body = vec![0; length];
        stream.read_exact(&mut asked.body).ok()?;
    } else if asked.header("transfer-encoding") == "chunked" {
        loop {
            let length = usize::from_str_radix(line(stream)?.trim(), 16).ok()?;
            let mut piece = vec![0; length + 2];
            stream.read_exact(&mut piece).ok()?;
            if length == 0 {
                break;
            }
            asked.body.extend(&piece[..length]);
        }
    }
    Some(asked)
}

fn line(stream: &mut TcpStream) -> Option<String> {
    let (mut bytes, mut byte) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        bytes.push(byte[0]);
    }
    String::from_utf8(bytes).ok()
}
