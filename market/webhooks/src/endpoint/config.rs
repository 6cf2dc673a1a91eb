//! The parts of the running program that acts on endpoints need.

use crate::wire::{self, Dialect, Wire, WireEvent};
use outbound::Policy;
use platform::Market;
use platform::registry::Registry;
use std::sync::Arc;

/// The way in which a server sends webhooks. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// The wires of the dialects that are served.
    pub wires: &'static [Wire],
    /// The addresses that may be sent to.
    pub policy: Arc<Policy>,
}

impl Webhooks {
    /// Returns the parts that acts need.
    pub fn config<'a>(&'a self, market: &'a Market) -> Config<'a> {
        Config { registry: market.registry, wires: self.wires, policy: &self.policy, secret: &market.secret }
    }
}

/// The parts of the running program that acts on endpoints need.
#[derive(Clone, Copy)]
pub struct Config<'a> {
    /// The events of all nouns, and which agents they concern.
    pub registry: &'static Registry,
    /// The wires of the dialects that are served; [`GUILDHALL`](crate::wire::GUILDHALL) is always there.
    pub wires: &'static [Wire],
    /// The addresses that may be sent to: none on this machine and its network.
    pub policy: &'a Policy,
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
        self.wire(dialect).map(|wire| (wire.events)(&self.registry.events)).unwrap_or_default()
    }

    /// Returns the first of these dialects that knows all names.
    pub fn dialect_of(&self, names: &[String], dialects: &[Dialect]) -> Option<Dialect> {
        dialects.iter().copied().find(|&dialect| {
            let known = self.events(dialect);
            names.iter().all(|name| name == wire::ALL_EVENTS || known.iter().any(|event| event.name == name.as_str()))
        })
    }
}
