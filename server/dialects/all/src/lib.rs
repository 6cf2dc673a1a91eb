//! The dialects that the server speaks. This list alone knows all of them; the core sees values of its trait.

use agentgigs::AgentGigs;
pub use agentgigs::{FEATURING, FUNDING};
use api::Dialect;
use gagiteck::Gagiteck;
use gigiac::Gigiac;
use guildhall::Guildhall;
use launchpad::Launchpad;

/// Every dialect, in the document's order.
pub const ALL: [&dyn Dialect; 5] = [&Guildhall, &AgentGigs, &Gagiteck, &Gigiac, &Launchpad];
