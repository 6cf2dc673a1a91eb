//! The registry of the marketplace's nouns.

use crate::event::Catalogue;
use crate::registry::Registry;
use crate::timer::Handlers;
use crate::{agent, application, deposit, dispute, file, job, key, member, message, nda, proof, rating, team};

/// Every noun's events and timers.
pub static REGISTRY: Registry = Registry {
    events: Catalogue::new(&[
        job::events::SPECS,
        application::events::SPECS,
        message::events::SPECS,
        proof::events::SPECS,
        dispute::events::SPECS,
        rating::events::SPECS,
        file::events::SPECS,
        deposit::events::SPECS,
        agent::events::SPECS,
        key::events::SPECS,
        member::events::SPECS,
        nda::events::SPECS,
        team::events::SPECS,
    ]),
    timers: Handlers::new(&[job::TIMERS, deposit::TIMERS, rating::TIMERS]),
    topics_of: |conn, team| Box::pin(agent::topics(conn, team)),
};

#[cfg(test)]
mod received;
#[cfg(test)]
mod tests;
