//! Taking connections: HTTP/1.1 with limits on how many there are and how slowly one may speak.
//!
//! `axum::serve` would do, but has no clock: whoever connects and says nothing stays for ever.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use axum::serve::Listener;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// More wait in the kernel's queue.
const CONNECTIONS_MOST: usize = 16_384;
/// How long a connection may be silent between requests, or take for the head of one.
const HEAD_WITHIN: Duration = Duration::from_secs(60);

/// Answers until `stop` ends, then takes no more connections and returns when those there are have their answers.
pub(crate) async fn serve(mut listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MOST));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            // Waits by itself when the process has no file descriptors left.
            let (stream, peer) = Listener::accept(&mut listener).await;
            (stream, peer, place)
        };
        let (stream, peer, place) = tokio::select! {
            biased;
            () = &mut stop => break,
            taken = next => taken,
        };
        // Without it small answers wait for the other side's delayed acknowledgement. Failing, it is only slower.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let answer = service_fn(move |request| answer(router.clone(), request, peer));
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

async fn answer(router: Router, request: Request<Incoming>, peer: SocketAddr) -> Result<Response, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}
