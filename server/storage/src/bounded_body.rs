//! A body stream with bounded overhead: a form parser gets one piece at a time and can buffer little that is not the file.
//!
//! Without this bound a parser reads everything that has arrived before it parses, and searches for the end of a part's
//! head through the whole body.

use bytes::Bytes;
use futures::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

/// The most bytes of a form that may belong to anything but the file.
pub(crate) const OVERHEAD_MAX: u64 = 64 << 10;

type Broken = Box<dyn std::error::Error + Send + Sync>;

/// The number of file bytes that the parser has returned. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Consumed(Arc<AtomicU64>);

impl Consumed {
    /// Adds file bytes that the parser returned.
    pub(crate) fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// A body that fails once the parser holds more than [`OVERHEAD_MAX`] bytes that it has not returned.
pub(crate) struct BoundedBody<S> {
    body: S,
    /// All that was taken, but for the last piece.
    taken: u64,
    last: u64,
    consumed: Consumed,
    swallows: bool,
}

impl<S> BoundedBody<S> {
    pub(crate) fn new(body: S, consumed: Consumed) -> Self {
        Self { body, taken: 0, last: 0, consumed, swallows: false }
    }
}

impl<S: Stream<Item = Result<Bytes, E>> + Unpin, E: Into<Broken>> Stream for BoundedBody<S> {
    type Item = Result<Bytes, Broken>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if std::mem::take(&mut this.swallows) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if this.taken > this.consumed.0.load(Ordering::Relaxed) + OVERHEAD_MAX {
            return Poll::Ready(Some(Err(Box::new(OverheadExceeded))));
        }
        let next = std::task::ready!(Pin::new(&mut this.body).poll_next(context));
        if let Some(Ok(bytes)) = &next {
            this.taken += std::mem::replace(&mut this.last, bytes.len() as u64);
            this.swallows = true;
        }
        Poll::Ready(next.map(|piece| piece.map_err(E::into)))
    }
}

/// The form has more around its file than it may.
#[derive(Debug)]
pub(crate) struct OverheadExceeded;

impl std::fmt::Display for OverheadExceeded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "more than {OVERHEAD_MAX} bytes are not the file")
    }
}

impl std::error::Error for OverheadExceeded {}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{FutureExt, StreamExt};

    fn pieces(pieces: usize, bytes: usize) -> (BoundedBody<impl Stream<Item = std::io::Result<Bytes>> + Unpin>, Consumed) {
        let consumed = Consumed::default();
        let body = futures::stream::iter((0..pieces).map(move |_| Ok(Bytes::from(vec![b'x'; bytes]))));
        (BoundedBody::new(body, consumed.clone()), consumed)
    }

    #[tokio::test]
    async fn one_piece_at_a_time_however_many_there_are() {
        let (mut body, _) = pieces(3, 10);
        assert!(body.next().now_or_never().flatten().is_some_and(|piece| piece.is_ok()));
        assert!(body.next().now_or_never().is_none(), "the reader has to look at the first before it gets another");
        assert!(body.next().now_or_never().flatten().is_some());
    }

    #[tokio::test]
    async fn whoever_gives_nothing_back_gets_little() {
        let (mut greedy, _) = pieces(1000, 10_000);
        let mut taken = 0;
        while let Some(piece) = greedy.next().await {
            match piece {
                Ok(bytes) => taken += bytes.len() as u64,
                Err(error) => {
                    assert!(error.is::<OverheadExceeded>(), "{error}");
                    break;
                }
            }
        }
        assert!((OVERHEAD_MAX..OVERHEAD_MAX + 20_001).contains(&taken), "{taken}");
    }

    #[tokio::test]
    async fn whoever_gives_back_gets_all() {
        let (mut fair, consumed) = pieces(100, 10_000);
        let mut taken = 0;
        while let Some(piece) = fair.next().await {
            let bytes = piece.expect("all of it is consumed").len();
            consumed.add(bytes);
            taken += bytes;
        }
        assert_eq!(taken, 1_000_000);
    }

    #[tokio::test]
    async fn a_piece_of_any_size_is_one() {
        let (mut large, consumed) = pieces(3, 10 << 20);
        while let Some(piece) = large.next().await {
            consumed.add(piece.expect("a large piece is no greed").len());
        }
    }
}
