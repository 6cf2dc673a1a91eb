//! The parts of the running program that acts on endpoints need.

use crate::wire::{self, Dialect, Wire, WireEvent};
use kernel::Result;
use platform::event::Catalogue;

/// Checks an address that a stranger typed; the error is a sentence with the problem and what to do.
pub type CheckAddress = dyn Fn(&str) -> Result<(), String> + Send + Sync;

/// The parts of the running program that acts on endpoints need.
#[derive(Clone, Copy)]
pub struct Config<'a> {
    /// The catalogue of events.
    pub catalogue: &'static Catalogue,
    /// The wires of the dialects that are served; [`GUILDHALL`](crate::wire::GUILDHALL) is always there.
    pub wires: &'static [Wire],
    /// The guard that keeps requests off this machine and its network.
    pub check_address: &'a CheckAddress,
    /// The server's secret, from which the key for secrets at rest is derived.
    pub secret: &'a [u8],
}

impl Config<'_> {
    /// Returns the wire of a dialect; none if it is not served.
    pub fn wire(&self, dialect: Dialect) -> Option<&'static Wire> {
        wire::find(self.wires, dialect)
    }

    /// Lists the events that an endpoint of a dialect can want.
    pub fn events(&self, dialect: Dialect) -> Vec<WireEvent> {
        self.wire(dialect).map(|wire| (wire.events)(self.catalogue)).unwrap_or_default()
    }
}
