//! The events of API keys.

use super::Prefix;
use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of keys' events.
pub const SPECS: &[Spec] = &[Created::SPEC, Revoked::SPEC];

/// A key was made.
#[derive(Serialize)]
pub(crate) struct Created<'a> {
    pub(crate) name: &'a str,
    pub(crate) prefix: Prefix,
}

impl EventType for Created<'_> {
    const SPEC: Spec = Spec::internal("key.created").audited("keys");
}

/// A key was revoked.
#[derive(Serialize)]
pub(crate) struct Revoked<'a> {
    pub(crate) name: &'a str,
    pub(crate) prefix: Prefix,
}

impl EventType for Revoked<'_> {
    const SPEC: Spec = Spec::internal("key.revoked").ending_credentials().audited("keys");
}
