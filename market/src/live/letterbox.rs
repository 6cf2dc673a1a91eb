//! Where one stream finds what was handed to it. It holds little: what does not fit is read from the database later.

use super::stream::Letter;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// How many letters wait for a slow reader.
const LETTERS_MOST: usize = 32;

/// Why a stream is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Whoever opened it may not listen any more.
    Ended,
    /// The server stops, or can't go on: come back soon.
    Stopping,
    /// Everything there was is told, and no more was asked for.
    Told,
}

/// What is found in the box.
#[derive(Debug)]
pub(super) enum Found {
    /// The next letter.
    Letter(Letter),
    /// Letters were thrown away: read on from the database.
    Behind,
    /// No more will come.
    Over(Over),
}

/// The box.
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
    /// Hands over a letter; when there is no room, all of them go, and the stream is told.
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

    /// Ends the stream, before the letters that still wait.
    pub(super) fn end(&self, why: Over) {
        self.inside().over.get_or_insert(why);
        self.filled.notify_one();
    }

    /// Whether the stream has been ended.
    pub(super) fn over(&self) -> Option<Over> {
        self.inside().over
    }

    /// The next thing in the box, at once.
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

    /// The next thing in the box, when there is one.
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
