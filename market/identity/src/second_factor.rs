//! The second factor of a sign-in: codes of an app that shares a secret with the server (TOTP, RFC 6238), and recovery codes for when
//! the app is gone.
//!
//! A member who has one is signed in by the password and a code. In a browser the code comes on a page of its own: until then the
//! sign-in is a challenge, which is no session. A program sends both at once.

use kernel::{Duration, Time};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod code;
mod disown;
mod seal;
mod sign_in;
mod store;
pub use actions::{begin, confirm, give_up, is_asked, renew_codes, reset, show, turn_off};
pub use disown::disown;
pub use sign_in::{SignIn, answer, answer_from, is_open, log_in, log_in_from, sign_in, sign_in_from, sweep};

/// The time for which a challenge waits for its code.
pub const CHALLENGE_LIFE: Duration = Duration::minutes(10);
/// The wrong codes after which a challenge ends.
pub const TRIES_MAX: i64 = 5;
/// The wrong codes of a member within [`WINDOW`], after which no code of the app is taken until the window is over. Sign-ins and browsers
/// that are signed in are counted apart, and recovery codes are always taken: somebody who only knows the password keeps the member
/// out of neither.
pub const WRONG_MAX: i64 = 20;
/// The wrong codes of a member within [`WINDOW`] of which they are told by mail, once.
pub const WARNED_AT: i64 = 10;
/// The time for which the link "This was not me" works.
pub const DISOWN_LIFE: Duration = Duration::days(7);
/// The window in which wrong codes are counted.
pub const WINDOW: Duration = Duration::hours(1);
/// The time within which a set-up has to be confirmed by a code.
pub const SETUP_LIFE: Duration = Duration::hours(1);
/// The number of recovery codes that are made at once.
pub const CODES: usize = 10;

/// A member's second factor, as they see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondFactor {
    /// There is none.
    Off,
    /// It is being set up: the app needs the secret, and then the first code confirms it.
    Begun(Setup),
    /// It is asked for at each sign-in.
    On {
        /// When it was turned on.
        since: Time,
        /// The number of recovery codes that were not used yet.
        codes_left: i64,
    },
}

/// The facts that an app needs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The secret in base 32, for typing.
    pub secret: String,
    /// An `otpauth:` address with the secret, for scanning.
    pub uri: String,
}

/// Prints no secret.
impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").finish_non_exhaustive()
    }
}
