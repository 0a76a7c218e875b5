//! The layer for tower services.

use super::body::{Body, Source};
use super::charge::Charge;
use super::{Charging, NoAnswer};
use crate::problem::Trouble;
use crate::usage::End;
use http::{Request, Response, request};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// Says what a request is charged as, from its head; or why it is refused.
type Asks = Arc<dyn Fn(&request::Parts) -> Result<Charge, Trouble> + Send + Sync>;

/// Charges what a service does. Tower's `Layer`.
///
/// ```no_run
/// # use probity::layer::{Charge, ChargeLayer, Charging};
/// # use probity::problem::Trouble;
/// # fn layer(charging: Charging) -> ChargeLayer {
/// ChargeLayer::new(charging, |request| {
///     let customer = request.headers.get("x-customer-id").and_then(|id| id.to_str().ok());
///     let customer = customer.ok_or_else(Trouble::unauthenticated)?;
///     Ok(Charge::of("summarize_file", customer))
/// })
/// # }
/// ```
#[derive(Clone)]
pub struct ChargeLayer {
    charging: Charging,
    asks: Asks,
}

impl fmt::Debug for ChargeLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChargeLayer").finish_non_exhaustive()
    }
}

impl ChargeLayer {
    /// Charges every request as `asks` says.
    pub fn new(
        charging: Charging,
        asks: impl Fn(&request::Parts) -> Result<Charge, Trouble> + Send + Sync + 'static,
    ) -> Self {
        Self { charging, asks: Arc::new(asks) }
    }
}

impl<S> Layer<S> for ChargeLayer {
    type Service = Charged<S>;

    fn layer(&self, inner: S) -> Charged<S> {
        Charged { inner, layer: self.clone() }
    }
}

/// A service that is charged by outcome.
#[derive(Clone, Debug)]
pub struct Charged<S> {
    inner: S,
    layer: ChargeLayer,
}

impl<S, B, R> Service<Request<B>> for Charged<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send,
    B: Send + 'static,
    R: Source,
{
    type Response = Response<Body<R>>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (mut head, body) = request.into_parts();
        let asked = (self.layer.asks)(&head);
        let charging = self.layer.charging.clone();
        // The one that is ready is called; its clone is got ready for the next.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        Box::pin(async move {
            let charge = match asked {
                Ok(charge) => charge,
                Err(trouble) => return Ok(trouble.into_response().map(Body::whole)),
            };
            let mut failed = None;
            let answer = charging
                .run(charge, |told| {
                    told.put(&mut head.headers);
                    let called = inner.call(Request::from_parts(head, body));
                    let failed = &mut failed;
                    async move {
                        called.await.map_err(|error| {
                            *failed = Some(error);
                            NoAnswer {
                                end: End::Broken,
                                trouble: Trouble::stopped(),
                                verdict: None,
                            }
                        })
                    }
                })
                .await;
            failed.map_or(Ok(answer), Err)
        })
    }
}
