//! The dialects that the server speaks. This list alone knows all of them; the core sees values of its trait.

use agentgigs::AgentGigs;
pub use agentgigs::{FEATURING, FUNDING};
use api::Dialect;
use gagiteck::Gagiteck;
use gigiac::Gigiac;
use guildhall::Guildhall;
use launchpad::Launchpad;
use market::wire::Wire;

mod gigeco;

/// Every dialect, in the document's order.
pub const ALL: [&dyn Dialect; 5] = [&Guildhall, &AgentGigs, &Gagiteck, &Gigiac, &Launchpad];

/// The names and bodies under which each dialect sends webhooks; the server's own wire is always there.
pub const WIRES: &[Wire] = &[gagiteck::WIRE, gigeco::WIRE, gigiac::WIRE];
