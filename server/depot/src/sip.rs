//! A body in sips: no more of it is taken than its reader has asked for.
//!
//! A reader of forms takes whatever is there before it looks at it, and looks for the end of a part's head as far as the
//! body goes. So it gets one piece at a time, and only a little that it gives nothing for.

use bytes::Bytes;
use futures::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

/// How many bytes of a form may be something else than the file.
pub(crate) const AROUND_MOST: u64 = 64 << 10;

type Broken = Box<dyn std::error::Error + Send + Sync>;

/// What the reader gave back of what it took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given(Arc<AtomicU64>);

impl Given {
    /// So many bytes of the file came out of the reader.
    pub(crate) fn back(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// The body.
pub(crate) struct Sip<S> {
    body: S,
    /// All that was taken, but for the last piece.
    taken: u64,
    last: u64,
    given: Given,
    swallows: bool,
}

impl<S> Sip<S> {
    pub(crate) fn new(body: S, given: Given) -> Self {
        Self { body, taken: 0, last: 0, given, swallows: false }
    }
}

impl<S: Stream<Item = Result<Bytes, E>> + Unpin, E: Into<Broken>> Stream for Sip<S> {
    type Item = Result<Bytes, Broken>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if std::mem::take(&mut this.swallows) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if this.taken > this.given.0.load(Ordering::Relaxed) + AROUND_MOST {
            return Poll::Ready(Some(Err(Box::new(TooMuchAround))));
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
pub(crate) struct TooMuchAround;

impl std::fmt::Display for TooMuchAround {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "more than {AROUND_MOST} bytes are not the file")
    }
}

impl std::error::Error for TooMuchAround {}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{FutureExt, StreamExt};

    fn sip(pieces: usize, bytes: usize) -> (Sip<impl Stream<Item = std::io::Result<Bytes>> + Unpin>, Given) {
        let given = Given::default();
        let body = futures::stream::iter((0..pieces).map(move |_| Ok(Bytes::from(vec![b'x'; bytes]))));
        (Sip::new(body, given.clone()), given)
    }

    #[tokio::test]
    async fn one_piece_at_a_time_however_many_there_are() {
        let (mut sip, _) = sip(3, 10);
        assert!(sip.next().now_or_never().flatten().is_some_and(|piece| piece.is_ok()));
        assert!(sip.next().now_or_never().is_none(), "the reader has to look at the first before it gets another");
        assert!(sip.next().now_or_never().flatten().is_some());
    }

    #[tokio::test]
    async fn whoever_gives_nothing_back_gets_little() {
        let (mut greedy, _) = sip(1000, 10_000);
        let mut taken = 0;
        while let Some(piece) = greedy.next().await {
            match piece {
                Ok(bytes) => taken += bytes.len() as u64,
                Err(error) => {
                    assert!(error.is::<TooMuchAround>(), "{error}");
                    break;
                }
            }
        }
        assert!((AROUND_MOST..AROUND_MOST + 20_001).contains(&taken), "{taken}");
    }

    #[tokio::test]
    async fn whoever_gives_back_gets_all() {
        let (mut fair, given) = sip(100, 10_000);
        let mut taken = 0;
        while let Some(piece) = fair.next().await {
            let bytes = piece.expect("all of it is given back").len();
            given.back(bytes);
            taken += bytes;
        }
        assert_eq!(taken, 1_000_000);
    }

    #[tokio::test]
    async fn a_piece_of_any_size_is_one() {
        let (mut large, given) = sip(3, 10 << 20);
        while let Some(piece) = large.next().await {
            given.back(piece.expect("a large piece is no greed").len());
        }
    }
}
