//! The bounded queue of a stream: frames that do not fit are read from the database later.

use super::stream::Letter;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The most frames that wait for a slow client.
const LETTERS_MOST: usize = 32;

/// The reason why a stream was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The credential is no longer valid.
    Ended,
    /// The server stops: the client should reconnect soon.
    Stopping,
    /// All events were sent, and the client asked for no more.
    Told,
}

/// The result of receiving from the queue.
#[derive(Debug)]
pub(super) enum Found {
    /// The next frame.
    Letter(Letter),
    /// Frames were dropped: continue from the database.
    Behind,
    /// The stream is closed.
    Over(Over),
}

/// The queue of a stream.
#[derive(Debug, Default)]
pub(super) struct Letterbox {
    inside: Mutex<Inside>,
    filled: Notify,
}

#[derive(Debug, Default)]
struct Inside {
    letters: VecDeque<Letter>,
    is_behind: bool,
    over: Option<Over>,
}

impl Letterbox {
    /// Adds a frame; when the queue is full, it is emptied and marked as behind.
    pub(super) fn put(&self, letter: Letter) {
        let mut inside = self.inside();
        if inside.is_behind {
            return;
        }
        if inside.letters.len() == LETTERS_MOST {
            (inside.letters, inside.is_behind) = (VecDeque::new(), true);
        } else {
            inside.letters.push_back(letter);
        }
        drop(inside);
        self.filled.notify_one();
    }

    /// Closes the stream; waiting frames are not sent any more.
    pub(super) fn end(&self, why: Over) {
        self.inside().over.get_or_insert(why);
        self.filled.notify_one();
    }

    /// Returns the reason if the stream was closed.
    pub(super) fn over(&self) -> Option<Over> {
        self.inside().over
    }

    /// Receives the next item without waiting.
    pub(super) fn look(&self) -> Option<Found> {
        let mut inside = self.inside();
        if let Some(why) = inside.over {
            return Some(Found::Over(why));
        }
        if std::mem::take(&mut inside.is_behind) {
            return Some(Found::Behind);
        }
        inside.letters.pop_front().map(Found::Letter)
    }

    /// Waits for the next item.
    pub(super) async fn take(&self) -> Found {
        loop {
            if let Some(found) = self.look() {
                return found;
            }
            self.filled.notified().await;
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(seq: i64) -> Letter {
        Letter { seq, kind: "job.posted", frame: [].into() }
    }

    #[test]
    fn a_full_box_is_emptied_and_says_so_once() {
        let letterbox = Letterbox::default();
        for seq in 0..100 {
            letterbox.put(letter(seq));
        }
        assert!(matches!(letterbox.look(), Some(Found::Behind)));
        assert!(letterbox.look().is_none(), "nothing is kept, and it is said once");
        letterbox.put(letter(100));
        assert!(matches!(letterbox.look(), Some(Found::Letter(Letter { seq: 100, .. }))));
    }

    #[test]
    fn an_end_comes_before_what_waits() {
        let letterbox = Letterbox::default();
        letterbox.put(letter(1));
        letterbox.end(Over::Ended);
        letterbox.end(Over::Stopping);
        assert!(matches!(letterbox.look(), Some(Found::Over(Over::Ended))), "and the first reason holds");
    }
}
