//! The memory for heads of requests: so many bytes in all, and so many for each address, counted from the first byte of a head until
//! its request is answered by a handler.
//!
//! A small head is free. An unfinished large one is what an attacker holds for a minute on each of many connections.

use market::network::Network;
use market::permit::{Permit, Permits};
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The bytes that all unfinished heads may hold at a time, beyond the first few of each.
const HEADS_BYTES_MAX: usize = 64 << 20;
/// The bytes of unfinished heads from one address, and at most an eighth of what is free.
const ADDRESS_HEADS_BYTES_MAX: usize = 4 << 20;
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

/// The requests of one connection: while one runs, what arrives is no head.
#[derive(Clone, Debug, Default)]
pub(super) struct Running(Arc<Requests>);

#[derive(Debug, Default)]
struct Requests {
    begun: AtomicUsize,
    runs: AtomicBool,
}

impl Running {
    pub(super) fn begin(&self) {
        self.0.begun.fetch_add(1, Ordering::Relaxed);
        self.0.runs.store(true, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.0.runs.store(false, Ordering::Relaxed);
    }
}

/// A connection whose heads are counted. A head for which there is no memory ends it.
pub(super) struct CountedHeads<S> {
    stream: S,
    budget: HeadBudget,
    network: Network,
    running: Running,
    /// The bytes of the head so far, and the number of requests before it.
    head: usize,
    begun: usize,
    permit: Option<Permit>,
}

impl<S> CountedHeads<S> {
    pub(super) fn new(stream: S, budget: &HeadBudget, peer: IpAddr, running: Running) -> Self {
        Self { stream, budget: budget.clone(), network: Network::of(peer), running, head: 0, begun: 0, permit: None }
    }

    /// Counts bytes that arrived; false if there is no memory for them.
    fn count(&mut self, bytes: usize) -> bool {
        let requests = &self.running.0;
        let begun = requests.begun.load(Ordering::Relaxed);
        if begun != self.begun {
            (self.head, self.begun, self.permit) = (0, begun, None);
        }
        if requests.runs.load(Ordering::Relaxed) {
            return true;
        }
        let counted = |head: usize| head.saturating_sub(FREE_BYTES);
        let more = counted(self.head + bytes) - counted(self.head);
        self.head += bytes;
        match &mut self.permit {
            _ if more == 0 => true,
            Some(permit) => permit.grow(more).is_ok(),
            None => {
                self.permit = self.budget.0.take(&self.network.limits(ADDRESS_HEADS_BYTES_MAX), more).ok();
                self.permit.is_some()
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for CountedHeads<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let bytes = buffer.filled().len() - before;
        if self.count(bytes) { Poll::Ready(Ok(())) } else { Poll::Ready(Err(io::Error::other("there is no memory for this head"))) }
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

    fn connection(budget: &HeadBudget, address: [u8; 4]) -> CountedHeads<tokio::io::Empty> {
        CountedHeads::new(tokio::io::empty(), budget, address.into(), Running::default())
    }

    #[test]
    fn unfinished_heads_hold_so_much_and_no_more() {
        let budget = HeadBudget::default();
        let mut held: Vec<_> = (0..20_000_u32).map(|n| connection(&budget, (n / 256).to_be_bytes())).collect();
        assert!(held.iter_mut().all(|one| one.count(FREE_BYTES)), "small ones are free");
        let large = held.iter_mut().filter_map(|one| one.count(56 << 10).then_some(())).count();
        assert!((500..1_171).contains(&large) && budget.0.taken() <= HEADS_BYTES_MAX, "{large}");
        assert!(connection(&budget, [9, 9, 9, 9]).count(20 << 10), "one more address has room for its cookies");
        drop(held);
        assert_eq!(budget.0.taken(), 0);
    }

    #[test]
    fn a_body_is_no_head() {
        let budget = HeadBudget::default();
        let mut one = connection(&budget, [1, 1, 1, 1]);
        assert!(one.count(60 << 10) && budget.0.taken() > 0);
        one.running.begin();
        assert!(one.count(100 << 20));
        assert_eq!(budget.0.taken(), 0);
        one.running.end();
        assert!(!one.count(5 << 20));
    }

    #[test]
    fn every_head_of_a_connection_begins_anew() {
        let budget = HeadBudget::default();
        let mut one = connection(&budget, [1, 1, 1, 1]);
        for _ in 0..10_000 {
            assert!(one.count(4 << 10));
            one.running.begin();
            one.running.end();
        }
        assert_eq!(budget.0.taken(), 0);
    }
}
