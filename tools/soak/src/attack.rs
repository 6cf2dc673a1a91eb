//! The attacks: sockets that are held, and floods of requests.

mod flood;
mod held;

use std::net::SocketAddr;
use std::time::Duration;

/// The words of an attack that reached nothing of the program: then its row proves nothing.
pub(crate) const MET_NOTHING: &str = "met nothing";

/// The size of a run.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// The number of sockets of the largest attack.
    pub sockets: usize,
}

impl Scale {
    /// Returns the time until an attack is under way.
    pub(crate) fn lead(self) -> Duration {
        Duration::from_millis(300 + self.sockets as u64 / 4)
    }
}

/// A way to load the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attack {
    /// Sockets that say nothing.
    Idle,
    /// Heads of requests that arrive a byte at a time.
    SlowHeads,
    /// Heads of nearly 64 KiB that never end.
    LargeHeads,
    /// Answers that nobody reads.
    SlowReaders,
    /// Bodies that stop before their last byte.
    StalledBodies,
    /// New accounts.
    SignUps,
    /// Guesses at passwords.
    Logins,
    /// Page forms of strangers.
    Forms,
    /// Searches of the board.
    Searches,
    /// Files.
    Uploads,
    /// Event streams.
    Streams,
}

impl Attack {
    /// Every attack, in the order of the table.
    pub const ALL: [Attack; 11] = [
        Attack::Idle,
        Attack::SlowHeads,
        Attack::LargeHeads,
        Attack::SlowReaders,
        Attack::StalledBodies,
        Attack::SignUps,
        Attack::Logins,
        Attack::Forms,
        Attack::Searches,
        Attack::Uploads,
        Attack::Streams,
    ];

    /// Returns the name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Attack::Idle => "idle",
            Attack::SlowHeads => "slow-heads",
            Attack::LargeHeads => "large-heads",
            Attack::SlowReaders => "slow-readers",
            Attack::StalledBodies => "stalled-bodies",
            Attack::SignUps => "sign-ups",
            Attack::Logins => "logins",
            Attack::Forms => "forms",
            Attack::Searches => "searches",
            Attack::Uploads => "uploads",
            Attack::Streams => "streams",
        }
    }

    /// Returns the words of the table.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Attack::Idle => "idle sockets",
            Attack::SlowHeads => "slow heads",
            Attack::LargeHeads => "large heads",
            Attack::SlowReaders => "slow readers",
            Attack::StalledBodies => "stalled bodies",
            Attack::SignUps => "flood of sign-ups",
            Attack::Logins => "flood of logins",
            Attack::Forms => "flood of forms",
            Attack::Searches => "flood of searches",
            Attack::Uploads => "flood of uploads",
            Attack::Streams => "flood of streams",
        }
    }
}

/// Runs an attack for a while, and returns what it says of itself.
pub async fn run(attack: Attack, to: SocketAddr, keys: Vec<String>, scale: Scale, lasts: Duration) -> String {
    match attack {
        Attack::Idle | Attack::SlowHeads | Attack::LargeHeads | Attack::SlowReaders | Attack::StalledBodies | Attack::Streams => {
            held::run(attack, to, &keys, scale, lasts).await
        }
        Attack::SignUps | Attack::Logins | Attack::Forms | Attack::Searches | Attack::Uploads => {
            flood::run(attack, to, &keys, scale, lasts).await
        }
    }
}
