//! Pages of members: sign-up, sign-in, and verification of the mail address; the session that remembers a member.

pub mod loaders;
pub(crate) mod session;
pub mod sign_in;
pub mod sign_up;
pub mod verify;

pub use session::signed_in;

/// The error code that means "sign in first": forms and pages redirect to the sign-in page.
pub const SIGN_IN_REQUIRED: &str = "sign_in_required";

/// The session's key for the signed-in member; a session without it is anonymous.
pub const SIGNED_IN: &str = "member";
