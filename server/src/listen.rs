//! The accept loop: HTTP/1.1 with limits on the number of connections, on the size of a request's head and on how slowly it may
//! arrive, and on how long a client may leave its answer unread.
//!
//! `axum::serve` has no timeout: a connection that sends nothing would stay open for ever.

mod head_budget;
mod lingering;
mod places;
mod write_timeout;

use crate::request_head::methods;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::response::Response;
use axum::serve::Listener;
use head_budget::{CountedHeads, HeadBudget};
use http::{Method, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use lingering::{LingeringStream, Unread};
use places::Places;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;
use write_timeout::WriteTimeout;

/// The most connections at a time; further ones wait in the kernel's queue.
pub(crate) const CONNECTIONS_MAX: usize = 16_384;
/// The most connections from one address at a time, if the operator sets no other number.
pub(crate) const CONNECTIONS_PER_ADDRESS: u32 = 256;
/// The most bytes of a request's head, and of what hyper holds of a body that nobody reads.
pub(crate) const HEAD_BYTES_MAX: usize = 64 << 10;
#[cfg(target_os = "linux")]
/// The most bytes of an answer that the kernel holds and has not sent yet.
const UNSENT_BYTES_MAX: u32 = 128 << 10;
/// The longest a connection may be idle between requests, or take to send a request's head.
pub(crate) const HEAD_WITHIN: Duration = Duration::from_secs(60);
/// The longest a client may read nothing of an answer.
pub(crate) const READ_WITHIN: Duration = Duration::from_secs(60);

/// The limits of a listener.
#[derive(Clone, Debug)]
pub(crate) struct ConnectionLimits {
    /// The most connections.
    pub(crate) in_all: usize,
    /// The most connections from one address; none behind a proxy, from whose address all of them come.
    pub(crate) per_address: Option<u32>,
    /// True if callers on this machine have no number of their own: they are the operator's, or a proxy's.
    pub(crate) spares_loopback: bool,
    /// See [`HEAD_WITHIN`].
    pub(crate) head_within: Duration,
    /// See [`READ_WITHIN`].
    pub(crate) read_within: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        let (in_all, per_address) = (CONNECTIONS_MAX, Some(CONNECTIONS_PER_ADDRESS));
        Self { in_all, per_address, spares_loopback: true, head_within: HEAD_WITHIN, read_within: READ_WITHIN }
    }
}

/// Keeps the kernel from taking megabytes of an answer for a client that does not read them: the bytes that wait to be sent stay with
/// the answer, which is given up in time. Bytes on their way to a quick client are not limited.
#[cfg(target_os = "linux")]
fn hold_little(stream: &TcpStream) {
    if let Err(error) = socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT_BYTES_MAX) {
        tracing::debug!(%error, "the kernel holds as much of an answer as it likes");
    }
}

#[cfg(not(target_os = "linux"))]
fn hold_little(_: &TcpStream) {}

/// Serves until `stop` ends; then accepts no more connections and returns once the open ones have their answers.
pub(crate) async fn serve(mut listener: TcpListener, router: Router, limits: ConnectionLimits, stop: impl Future<Output = ()>) {
    let (places, heads) = (Places::new(&limits), HeadBudget::default());
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = places.any().await;
            // `accept` itself waits when the process has no file descriptors left.
            let (stream, peer) = Listener::accept(&mut listener).await;
            (stream, peer, place)
        };
        let (stream, peer, place) = tokio::select! {
            biased;
            () = &mut stop => break,
            taken = next => taken,
        };
        // An address that has all its places gets no answer: one would have to be written, and waited for.
        let Some(own) = places.of(peer.ip()) else { continue };
        // Without `nodelay` small answers wait for the peer's delayed acknowledgement. If it fails, answers are only slower.
        let _ = stream.set_nodelay(true);
        hold_little(&stream);
        let router = router.clone();
        let (unread, heads) = (Unread::default(), heads.of(places.network(peer.ip())));
        let stream = WriteTimeout::new(LingeringStream::new(stream, unread.clone()), limits.read_within);
        let stream = CountedHeads::new(stream, heads.clone());
        let answer = service_fn(move |request| {
            heads.begin();
            let (answer, heads) = (answer(router.clone(), request, peer, &unread), heads.clone());
            async move {
                let answer = answer.await;
                heads.end();
                answer
            }
        });
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(limits.head_within).max_buf_size(HEAD_BYTES_MAX);
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), answer));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::trace!(%error, "a connection broke");
            }
            // The last place is free only when the address's own is.
            drop(own);
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

#[cfg(test)]
mod tests;
