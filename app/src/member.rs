//! Members: signing up, signing in, being recognised, showing that a mail address is theirs.

pub mod calls;
#[cfg(feature = "ssr")]
pub(crate) mod session;
pub mod sign_in;
pub mod sign_up;
pub mod verify;

#[cfg(feature = "ssr")]
pub use session::signed_in;

/// The code of a refusal that signing in lifts: forms and pages lead there.
pub const SIGN_IN_REQUIRED: &str = "sign_in_required";

/// Where a session says who is signed in; without it, it is a stranger's.
pub const SIGNED_IN: &str = "member";
