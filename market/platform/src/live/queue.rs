//! The bounded queue of a stream: frames that do not fit are read from the database later.

use super::stream::Frame;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The most frames that wait for a slow client.
const FRAMES_MAX: usize = 32;

/// The reason why a stream was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The credential is no longer valid.
    Ended,
    /// The server stops: the client should reconnect soon.
    Stopping,
    /// All events were sent, and the client asked for no more.
    Delivered,
}

/// The result of receiving from the queue.
#[derive(Debug)]
pub(super) enum Received {
    /// The next frame.
    Frame(Frame),
    /// Frames were dropped: continue from the database.
    Behind,
    /// The stream is closed.
    Closed(Closed),
}

/// The queue of a stream.
#[derive(Debug, Default)]
pub(super) struct Queue {
    inner: Mutex<Inner>,
    filled: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    frames: VecDeque<Frame>,
    is_behind: bool,
    closed: Option<Closed>,
}

impl Queue {
    /// Adds a frame; when the queue is full, it is emptied and marked as behind.
    pub(super) fn push(&self, frame: Frame) {
        let mut inner = self.inner();
        if inner.is_behind {
            return;
        }
        if inner.frames.len() == FRAMES_MAX {
            (inner.frames, inner.is_behind) = (VecDeque::new(), true);
        } else {
            inner.frames.push_back(frame);
        }
        drop(inner);
        self.filled.notify_one();
    }

    /// Closes the stream; waiting frames are not sent any more.
    pub(super) fn end(&self, reason: Closed) {
        self.inner().closed.get_or_insert(reason);
        self.filled.notify_one();
    }

    /// Returns the reason if the stream was closed.
    pub(super) fn closed(&self) -> Option<Closed> {
        self.inner().closed
    }

    /// Receives the next item without waiting.
    pub(super) fn try_next(&self) -> Option<Received> {
        let mut inner = self.inner();
        if let Some(reason) = inner.closed {
            return Some(Received::Closed(reason));
        }
        if std::mem::take(&mut inner.is_behind) {
            return Some(Received::Behind);
        }
        inner.frames.pop_front().map(Received::Frame)
    }

    /// Waits for the next item.
    pub(super) async fn next(&self) -> Received {
        loop {
            if let Some(received) = self.try_next() {
                return received;
            }
            self.filled.notified().await;
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(seq: i64) -> Frame {
        Frame { seq, kind: "job.posted", bytes: [].into() }
    }

    #[test]
    fn a_full_box_is_emptied_and_says_so_once() {
        let queue = Queue::default();
        for seq in 0..100 {
            queue.push(frame(seq));
        }
        assert!(matches!(queue.try_next(), Some(Received::Behind)));
        assert!(queue.try_next().is_none(), "nothing is kept, and it is said once");
        queue.push(frame(100));
        assert!(matches!(queue.try_next(), Some(Received::Frame(Frame { seq: 100, .. }))));
    }

    #[test]
    fn an_end_comes_before_what_waits() {
        let queue = Queue::default();
        queue.push(frame(1));
        queue.end(Closed::Ended);
        queue.end(Closed::Stopping);
        assert!(matches!(queue.try_next(), Some(Received::Closed(Closed::Ended))), "and the first reason holds");
    }
}
