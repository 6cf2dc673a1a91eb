//! The accept loop: HTTP/1.1 with limits on the number of connections and on how slowly a request head may arrive.
//!
//! `axum::serve` has no timeout: a connection that sends nothing would stay open for ever.

mod lingering;

use crate::request_head::methods;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::response::Response;
use axum::serve::Listener;
use http::{Method, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use lingering::{LingeringStream, Unread};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// The most connections at a time; further ones wait in the kernel's queue.
const CONNECTIONS_MAX: usize = 16_384;
/// The longest a connection may be idle between requests, or take to send a request's head.
const HEAD_WITHIN: Duration = Duration::from_secs(60);

/// Serves until `stop` ends; then accepts no more connections and returns once the open ones have their answers.
pub(crate) async fn serve(mut listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            // `accept` itself waits when the process has no file descriptors left.
            let (stream, peer) = Listener::accept(&mut listener).await;
            (stream, peer, place)
        };
        let (stream, peer, place) = tokio::select! {
            biased;
            () = &mut stop => break,
            taken = next => taken,
        };
        // Without `nodelay` small answers wait for the peer's delayed acknowledgement. If it fails, answers are only slower.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let unread = Unread::default();
        let stream = LingeringStream::new(stream, unread.clone());
        let answer = service_fn(move |request| answer(router.clone(), request, peer, &unread));
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), answer));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::trace!(%error, "a connection broke");
            }
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

fn answer(
    router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    unread: &Unread,
) -> impl Future<Output = Result<Response, Infallible>> + use<> {
    let mut request = request.map(|body| unread.watch(body));
    request.extensions_mut().insert(ConnectInfo(peer));
    let asks_for_methods = request.method() == Method::OPTIONS;
    let answer = router.oneshot(request);
    async move {
        let response = answer.await?;
        Ok(if asks_for_methods { methods(response) } else { response })
    }
}
