//! Lingering close for request bodies: a handler borrows the body, and the middleware reads what the handler left.
//!
//! A refusal must reach a client that is still sending: a connection that is closed with bytes unread is reset, and the
//! answer is lost with it. So the rest of the body is read and dropped, within limits, before the answer goes out.

use axum::body::{Body, BodyDataStream, Bytes};
use futures::{Stream, StreamExt};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// The time limit for reading the rest of a body.
const LINGER: Duration = Duration::from_secs(10);

/// A request body that one reader may borrow; dropping the reader returns the rest.
#[derive(Clone, Debug)]
pub struct LingeringBody(Arc<Mutex<Kept>>);

#[derive(Debug)]
struct Kept {
    body: Option<BodyDataStream>,
    /// True once any of the body was read. A client that waits for `100 Continue` has sent nothing before.
    is_begun: bool,
}

impl LingeringBody {
    /// Wraps a body.
    pub fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Kept { body: Some(body.into_data_stream()), is_begun: false })))
    }

    /// Returns the body; a second call returns none.
    pub fn take(&self) -> Option<Body> {
        let body = self.held().body.take()?;
        Some(Body::from_stream(LentBody { body: Some(body), home: self.clone() }))
    }

    /// Reads the rest of the body, up to `most` bytes, and drops it. A client that `waits` for `100 Continue` is not asked to
    /// send.
    pub async fn drain(&self, waits: bool, most: u64) {
        let (left, is_begun) = {
            let mut held = self.held();
            (held.body.take(), held.is_begun)
        };
        let Some(mut left) = left.filter(|_| is_begun || !waits) else { return };
        let reading = async {
            let mut read = 0;
            while let Some(Ok(bytes)) = left.next().await {
                read += bytes.len() as u64;
                if read > most {
                    return;
                }
            }
        };
        // A client that takes longer is cut off.
        let _ = tokio::time::timeout(LINGER, reading).await;
    }

    fn held(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A borrowed body: dropping it returns the rest.
struct LentBody {
    body: Option<BodyDataStream>,
    home: LingeringBody,
}

impl Stream for LentBody {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.home.held().is_begun = true;
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let next = std::task::ready!(body.poll_next_unpin(context));
        if next.is_none() {
            self.body = None;
        }
        Poll::Ready(next)
    }
}

impl Drop for LentBody {
    fn drop(&mut self) {
        self.home.held().body = self.body.take();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Creates a body of some pieces of ten bytes, and a counter of the pieces read.
    fn counted(pieces: usize) -> (Body, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let all = futures::stream::iter(0..pieces).map(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
            Ok::<_, std::io::Error>(Bytes::from_static(b"0123456789"))
        });
        (Body::from_stream(all), asked)
    }

    #[tokio::test]
    async fn what_is_left_is_read_within_limits() {
        for (waits, begins, most, asked_for) in
            [(false, false, 1000, 7), (false, false, 25, 3), (true, false, 1000, 0), (true, true, 1000, 7), (false, true, 1000, 7)]
        {
            let (body, asked) = counted(7);
            let body = LingeringBody::new(body);
            let mut lent = body.take().expect("the first time").into_data_stream();
            assert!(body.take().is_none(), "it is lent once");
            if begins {
                lent.next().await.expect("a piece").expect("whole");
            }
            drop(lent);
            body.drain(waits, most).await;
            assert_eq!(asked.load(Ordering::Relaxed), asked_for, "{waits} {begins} {most}");
        }
    }

    #[tokio::test]
    async fn what_is_lent_is_whole() {
        let (body, _) = counted(3);
        let body = LingeringBody::new(body);
        let lent = body.take().expect("a body");
        assert_eq!(to_bytes(lent, 100).await.expect("whole").len(), 30);
        body.drain(false, 100).await;
    }
}
