//! The secret at rest. With another server secret a second factor can't be read; the operator resets it.

use crate::seal;
use kernel::Result;
use kernel::id::MemberId;

/// Keeps the key apart from those of other secrets.
const LABEL: &[u8] = b"guildhall second factor 1";

/// Encrypts a member's secret.
pub(super) fn seal(server: &[u8], member: &MemberId, secret: &[u8]) -> Result<String> {
    seal::seal(server, LABEL, member.as_str(), secret)
}

/// Decrypts a member's secret; none if it was encrypted with another key, or for somebody else.
pub(super) fn open(server: &[u8], member: &MemberId, sealed: &str) -> Option<Vec<u8>> {
    seal::open(server, LABEL, member.as_str(), sealed)
}
