//! The layer around services: what is charged, refused and given back, whoever goes away meanwhile.

mod around;
mod away;
mod example;
mod fair;
mod leaving;

use bytes::Bytes;
use http::Response;
use http_body::{Body as HttpBody, Frame};
use http_body_util::BodyExt;
use probity::core::command::NewCustomer;
use probity::core::view::Receipt;
use probity::engine::{Options, Whose};
use probity::layer::{Body, Charge, Charging, NoAnswer, Stop};
use probity::store::MemoryStore;
use probity::{Environment, Probity};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// Books with a customer in them, and what charges.
struct Shop {
    probity: Probity,
    charging: Charging,
    stop: Stop,
}

impl Shop {
    fn new() -> Self {
        Self::on(probity(Box::<MemoryStore>::default()))
    }

    fn on(probity: Probity) -> Self {
        let (charging, stop) = Charging::new(probity.clone(), None);
        Self { probity, charging, stop }
    }

    /// One request, answered by these bytes as a whole.
    async fn run(&self, charge: Charge, status: u16, body: &'static str) -> Response<Body<Full>> {
        let answer = async move {
            let mut answer = Response::new(Full::from(body));
            *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
            Ok(answer)
        };
        self.charging.run(charge, |_| answer).await
    }

    /// Everything is in this mode from now on.
    async fn operate(&self, mode: &str) {
        self.roll_out(&format!("default: {mode}")).await;
    }

    /// It is rolled out so from now on.
    async fn roll_out(&self, rollout: &str) {
        let publication = probity::store::Publication {
            number: 0,
            environment: Environment::Live,
            contract: None,
            operations: Some(format!("operates: hello\nrollout: {{ {rollout} }}\n")),
            prices: None,
            adverse: false,
            reason: None,
            by: "test".into(),
            at: probity::core::Time::MIN,
        };
        self.probity.publish(publication, false).unwrap().await.unwrap();
    }

    fn receipt(&self, id: &str) -> Receipt {
        let run = probity::core::RunId::parse(id).unwrap();
        let view = self.probity.view(Environment::Live, Whose::Run(run, None)).unwrap();
        let view = view.wait().unwrap();
        view.desk().unwrap().receipt(run, probity::core::view::Reader::Product).unwrap()
    }

    /// Until when a run has time.
    async fn time_of(&self, id: &str) -> probity::core::Time {
        let run = probity::core::RunId::parse(id).unwrap();
        let view = self.probity.view(Environment::Live, Whose::Run(run, None)).unwrap();
        view.await.unwrap().customer.runs.get(&run).unwrap().expires_at
    }

    /// The receipt of a run whose end is told by somebody else: waits until it is there.
    async fn settled(self, id: &str) -> Receipt {
        let Self { probity, charging, stop } = self;
        drop(charging);
        assert!(stop.drained(std::time::Duration::from_secs(60)).await);
        let (charging, stop) = Charging::new(probity.clone(), None);
        let shop = Self { probity, charging, stop };
        let id = id.to_owned();
        tokio::task::spawn_blocking(move || shop.receipt(&id)).await.unwrap()
    }

    async fn told(&self, id: &str) -> Receipt {
        let (shop, id) = (
            Self {
                probity: self.probity.clone(),
                charging: self.charging.clone(),
                stop: Charging::new(self.probity.clone(), None).1,
            },
            id.to_owned(),
        );
        tokio::task::spawn_blocking(move || shop.receipt(&id)).await.unwrap()
    }
}

type Full = http_body_util::Full<Bytes>;

const CONTRACT: &str = include_str!("../../../../../contracts/minimal/contract.yaml");

/// An engine with the smallest contract, and ana with 100 credits.
fn probity(store: Box<dyn probity::store::Store>) -> Probity {
    probity_under(CONTRACT, store)
}

fn probity_under(contract: &str, store: Box<dyn probity::store::Store>) -> Probity {
    probity_with(contract, store, Options::default())
}

fn probity_with(
    contract: &str,
    store: Box<dyn probity::store::Store>,
    options: Options,
) -> Probity {
    std::thread::scope(|scope| {
        let opened = scope.spawn(|| {
            let probity = Probity::on(store, options).unwrap();
            probity.publish_files(contract, None).unwrap();
            let starter = NewCustomer { plan: Some("starter".into()), ..NewCustomer::default() };
            probity.open_customer("ana", starter).unwrap();
            probity
        });
        opened.join().unwrap()
    })
}

/// A run of the only action there is.
fn summary(file: &str) -> Charge {
    Charge::of("summarize_file", "ana").artifact(file)
}

fn header<B>(answer: &Response<B>, name: &str) -> String {
    let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

async fn text<B: HttpBody<Data = Bytes>>(answer: Response<B>) -> String
where
    B::Error: std::fmt::Debug,
{
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A body whose pieces are sent by the test, as they come.
struct Piecewise(mpsc::Receiver<Result<Frame<Bytes>, std::io::Error>>);

fn piecewise() -> (mpsc::Sender<Result<Frame<Bytes>, std::io::Error>>, Piecewise) {
    let (send, receive) = mpsc::channel(64);
    (send, Piecewise(receive))
}

impl HttpBody for Piecewise {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        self.0.poll_recv(cx)
    }
}

fn data(text: &'static str) -> Result<Frame<Bytes>, std::io::Error> {
    Ok(Frame::data(Bytes::from_static(text.as_bytes())))
}

async fn next<B: HttpBody<Data = Bytes> + Unpin>(body: &mut B) -> Option<String>
where
    B::Error: std::fmt::Debug,
{
    let frame = std::future::poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await?;
    let bytes = frame.unwrap().into_data().ok()?;
    Some(String::from_utf8(bytes.to_vec()).unwrap())
}

type Answer<B> = Result<Response<B>, NoAnswer>;
