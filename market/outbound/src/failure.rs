//! Failures: a request that got no answer, and at which step it failed.

use crate::target::TargetError;
use std::error::Error;
use std::{fmt, io, iter};

/// The step at which a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The address is not allowed, or its name stands for one that is not; nothing was sent.
    Refused(TargetError),
    /// The name has no address, or no server accepts a connection there.
    Connect,
    /// The connection can't be encrypted, or the server can't prove its name.
    Tls,
    /// The time of the connection or of the whole request ran out.
    TimedOut,
    /// The connection ended early, or the answer is not HTTP.
    Broken,
}

impl Failure {
    /// Returns the word under which a failure is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused(_) => "address_refused",
            Self::Connect => "connect_failed",
            Self::Tls => "tls_failed",
            Self::TimedOut => "timed_out",
            Self::Broken => "answer_broken",
        }
    }

    /// Returns the failure as a sentence for the owner of the address.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Refused(reason) => reason.sentence(),
            Self::Connect => "No server accepts a connection at this address; check its name and that the server runs.",
            Self::Tls => "The server's encryption can't be trusted; check that its certificate is valid and of this name.",
            Self::TimedOut => "The server did not answer in time; answer first and work afterwards.",
            Self::Broken => "The server's answer broke off or is not HTTP; check the server's log.",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl Error for Failure {}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        let failure = if let Some(reason) = causes(&error).find_map(|cause| cause.downcast_ref::<TargetError>()) {
            Self::Refused(*reason)
        } else if error.is_timeout() {
            Self::TimedOut
        } else if causes(&error).any(|cause| cause.is::<rustls::Error>()) {
            Self::Tls
        } else if error.is_connect() {
            Self::Connect
        } else {
            Self::Broken
        };
        // A stranger's address may hold a secret, so it is not written down.
        tracing::debug!(code = failure.code(), error = ?error.without_url(), "a request to a stranger failed");
        failure
    }
}

/// Returns an error and everything that caused it.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(Some(error), |error| cause(*error))
}

fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        // `source` of an I/O error skips the error that it wraps.
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
