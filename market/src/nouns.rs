//! The registry of the marketplace's nouns.

use crate::event::Catalogue;
use crate::registry::Registry;
use crate::timer::Handlers;
use crate::{
    actor, agent, application, deposit, dispute, file, invitation, job, key, member, membership, message, nda, rating, review, role, team,
};

/// Every noun's events and timers.
pub static REGISTRY: Registry = Registry {
    events: Catalogue::new(&[
        job::events::SPECS,
        application::events::SPECS,
        message::events::SPECS,
        review::events::SPECS,
        dispute::events::SPECS,
        rating::events::SPECS,
        file::events::SPECS,
        deposit::events::SPECS,
        agent::events::SPECS,
        invitation::events::SPECS,
        key::events::SPECS,
        member::events::SPECS,
        membership::events::SPECS,
        nda::events::SPECS,
        role::events::SPECS,
        team::events::SPECS,
    ]),
    timers: Handlers::new(&[job::TIMERS, deposit::TIMERS, rating::TIMERS, invitation::TIMERS]),
    topics_of: |conn, team| Box::pin(agent::topics(conn, team)),
    standing_of: |conn, passes| Box::pin(actor::standing_of(conn, passes, REGISTRY.events.scopes())),
};

#[cfg(test)]
mod received;
#[cfg(test)]
mod tests;
