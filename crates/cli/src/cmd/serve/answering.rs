//! A service while it answers: the API, and the gateway where there is one, until it is to stop.

use super::{Front, fault};
use crate::answer::Failure;
use axum::Router;
use probity::Probity;
use probity_cli::http::{self, App, Limits};
use tokio::net::TcpListener;

/// Answers requests until it is asked to stop; says whether all in flight was answered then.
pub(super) async fn answer(
    listener: TcpListener,
    router: Router,
    front: Option<Front>,
    app: &App,
    probity: &Probity,
    stop: impl Future<Output = ()>,
) -> Result<bool, Failure> {
    // Without its engine a service would refuse everybody, and whoever looks after it not know.
    let failed = async {
        let has_failed = tokio::select! {
            () = stop => false,
            () = probity.failed() => true,
        };
        app.ends_streams();
        has_failed
    };
    let Some(front) = front else {
        let ended = http::serve(listener, router, Limits::default(), failed).await;
        return finish(ended.why, ended.all_answered);
    };
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let api = async {
        let ended = http::serve(listener, router, Limits::default(), failed).await;
        let _ = stopping.send(());
        ended
    };
    let (ended, all_told) = tokio::join!(api, front.serve(stopped));
    finish(ended.why, ended.all_answered && all_told)
}

fn finish(failed: bool, all_answered: bool) -> Result<bool, Failure> {
    if failed { Err(fault("the engine has stopped")) } else { Ok(all_answered) }
}
