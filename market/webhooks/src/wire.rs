//! Wires: the names and bodies under which each dialect sends events. A wire is a row of a table; no code here knows a dialect by name.

use kernel::id::DeliveryId;
use kernel::{Time, text_enum};
use platform::event::{Catalogue, EventView, Relation, StreamType};
use serde_json::Value;
use std::borrow::Cow;

mod guildhall;
pub use guildhall::GUILDHALL;

/// The word that stands for every event.
pub const ALL_EVENTS: &str = "*";
/// The name of the event that a test sends. No endpoint subscribes to it.
pub const TEST_EVENT: &str = "webhook.test";

text_enum! {
    /// The dialect of an endpoint, which decides on names and bodies.
    Dialect {
        /// Names and bodies of our own, those of streams.
        Guildhall = "guildhall",
        /// gagiteck
        Gagiteck = "gagiteck",
        /// gigeco
        Gigeco = "gigeco",
        /// gigiac
        Gigiac = "gigiac",
    }
}

/// An event that a wire can send: its name and its meaning.
pub type WireEvent = StreamType;

/// The names and bodies of one dialect.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    /// The dialect.
    pub dialect: Dialect,
    /// Lists the events that it can send. Only [`GUILDHALL`] looks at the catalogue.
    pub events: fn(&Catalogue) -> Vec<WireEvent>,
    /// Returns the message that an endpoint receives of an event; none if the dialect has no word for it.
    pub tell: fn(&Heard<'_>) -> Option<Message>,
    /// Renders the body of a delivery.
    pub body: fn(&Envelope<'_>) -> String,
    /// The events that an endpoint of one agent hears though they are about the whole team.
    pub team_wide: &'static [&'static str],
}

/// An event as an endpoint hears it.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The event's name in the catalogue: `job.approved`.
    pub name: &'a str,
    /// The fields that the endpoint's team may see.
    pub view: &'a EventView,
    /// The relation of the endpoint's team to the event.
    pub relation: Relation,
}

/// A message of a dialect.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The event's name in the dialect, one of the wire's.
    pub event: Cow<'static, str>,
    /// The data.
    pub data: Value,
}

/// The parts of a body.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The delivery's id, which stays for every attempt.
    pub id: &'a DeliveryId,
    /// The event's name in the dialect.
    pub event: &'a str,
    /// When the event happened.
    pub at: Time,
    /// The data.
    pub data: &'a Value,
}

/// Finds the wire of a dialect: one of the table, or [`GUILDHALL`].
pub(crate) fn find(wires: &'static [Wire], dialect: Dialect) -> Option<&'static Wire> {
    wires.iter().chain([&GUILDHALL]).find(|wire| wire.dialect == dialect)
}
