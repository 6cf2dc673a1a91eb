//! Access tokens: signed, short-lived proof of a login, for programs. JWT, HS256, `eyJ…`.

use serde::{Deserialize, Serialize};

pub mod errors;

mod actions;
pub use actions::{actor, issue, life};

/// The answer to a login, in every dialect.
#[derive(Clone, Serialize, Deserialize)]
pub struct Token {
    /// The token, to be sent as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `bearer`.
    pub token_type: String,
    /// The life of the token, in seconds.
    pub expires_in: i64,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}
