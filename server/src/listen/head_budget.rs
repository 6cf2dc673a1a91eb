//! The memory for heads of requests: so many bytes in all, and so many for each network, counted from the first byte of a head until
//! its request is answered by a handler.
//!
//! A small head is free. An unfinished large one is what an attacker holds for a minute on each of many connections.

use market::network::Network;
use market::permit::{Permit, Permits};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The bytes that all unfinished heads may hold at a time, beyond the first few of each.
const HEADS_BYTES_MAX: usize = 64 << 20;
/// The bytes of unfinished heads from one network, and at most an eighth of what is free.
const NETWORK_HEADS_BYTES_MAX: usize = 4 << 20;
/// The bytes of a head that are not counted: the size of the buffer with which a connection begins.
const FREE_BYTES: usize = 8 << 10;
/// The part of the free bytes that one address may hold.
const PART: usize = 8;

/// The memory for heads of one listener. Clones share it.
#[derive(Clone)]
pub(super) struct HeadBudget(Permits);

impl Default for HeadBudget {
    fn default() -> Self {
        Self(Permits::shared(HEADS_BYTES_MAX, PART))
    }
}

impl HeadBudget {
    /// Returns the heads of one more connection, which count for a network, if for any.
    pub(super) fn of(&self, network: Option<Network>) -> Heads {
        Heads { budget: self.clone(), network, state: Arc::default() }
    }
}

/// The heads of one connection, of which one at a time is counted. Clones share it.
#[derive(Clone)]
pub(super) struct Heads {
    budget: HeadBudget,
    network: Option<Network>,
    state: Arc<Mutex<Head>>,
}

#[derive(Default)]
struct Head {
    /// The bytes of the head so far.
    bytes: usize,
    permit: Option<Permit>,
    /// True while a request runs: what arrives then is no head, or is bounded by hyper's buffer.
    runs: bool,
}

impl Heads {
    fn head(&self) -> MutexGuard<'_, Head> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The head is complete, and its request runs.
    pub(super) fn begin(&self) {
        self.head().runs = true;
    }

    /// The request was answered, and its head is no longer held.
    pub(super) fn end(&self) {
        *self.head() = Head::default();
    }

    /// Counts bytes that arrived; false if there is no memory for them.
    fn count(&self, bytes: usize) -> bool {
        let mut head = self.head();
        if head.runs {
            return true;
        }
        let counted = |head: usize| head.saturating_sub(FREE_BYTES);
        let more = counted(head.bytes + bytes) - counted(head.bytes);
        head.bytes += bytes;
        match &mut head.permit {
            _ if more == 0 => true,
            Some(permit) => permit.grow(more).is_ok(),
            None => {
                let limits = self.network.as_ref().map(|network| network.limits(NETWORK_HEADS_BYTES_MAX));
                head.permit = self.budget.0.take(limits.as_deref().unwrap_or_default(), more).ok();
                head.permit.is_some()
            }
        }
    }
}

/// A connection whose heads are counted. A head for which there is no memory ends it.
pub(super) struct CountedHeads<S> {
    stream: S,
    heads: Heads,
}

impl<S> CountedHeads<S> {
    pub(super) fn new(stream: S, heads: Heads) -> Self {
        Self { stream, heads }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for CountedHeads<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let bytes = buffer.filled().len() - before;
        if self.heads.count(bytes) { Poll::Ready(Ok(())) } else { Poll::Ready(Err(io::Error::other("there is no memory for this head"))) }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for CountedHeads<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(budget: &HeadBudget, address: [u8; 4]) -> Heads {
        budget.of(Some(Network::of(address.into())))
    }

    #[test]
    fn unfinished_heads_hold_so_much_and_no_more() {
        let budget = HeadBudget::default();
        let held: Vec<_> = (0..20_000_u32).map(|n| connection(&budget, (n / 256).to_be_bytes())).collect();
        assert!(held.iter().all(|one| one.count(FREE_BYTES)), "small ones are free");
        let large = held.iter().filter_map(|one| one.count(56 << 10).then_some(())).count();
        assert!((500..1_171).contains(&large) && budget.0.taken() <= HEADS_BYTES_MAX, "{large}");
        assert!(connection(&budget, [9, 9, 9, 9]).count(20 << 10), "one more address has room for its cookies");
        drop(held);
        assert_eq!(budget.0.taken(), 0);
    }

    #[test]
    fn a_body_is_no_head() {
        let budget = HeadBudget::default();
        let one = connection(&budget, [1, 1, 1, 1]);
        assert!(one.count(60 << 10) && budget.0.taken() > 0);
        one.begin();
        assert!(one.count(100 << 20) && budget.0.taken() > 0, "its request holds the head");
        one.end();
        assert_eq!(budget.0.taken(), 0, "a connection that waits for its next request holds nothing");
        assert!(!one.count(5 << 20));
    }

    #[test]
    fn a_proxys_connections_share_no_limit_of_one_network() {
        let budget = HeadBudget::default();
        let held: Vec<_> = (0..200).map(|_| budget.of(None)).collect();
        assert!(held.iter().all(|one| one.count(60 << 10)));
    }

    #[test]
    fn every_head_of_a_connection_begins_anew() {
        let budget = HeadBudget::default();
        let one = connection(&budget, [1, 1, 1, 1]);
        for _ in 0..10_000 {
            assert!(one.count(4 << 10));
            one.begin();
            one.end();
        }
        assert_eq!(budget.0.taken(), 0);
    }
}
