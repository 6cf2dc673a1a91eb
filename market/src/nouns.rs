//! The registry of the marketplace's nouns.

use crate::{admin, agent, card_acceptance, export, notification, preference, safety};
use identity::{actor, approval, invitation, key, mandate, member, membership, role, second_factor, suspension, team};
use payments::{deposit, payee, payout, refill};
use platform::Market;
use platform::event::Catalogue;
use platform::registry::Registry;
use platform::timer::Handlers;
use std::sync::LazyLock;
use webhooks::endpoint;
use work::job::Category;
use work::{application, dispute, escrow, file, job, job_invitation, message, nda, question, rating, review};

/// Every noun's events and timers.
pub static REGISTRY: Registry = Registry {
    events: Catalogue::new(&[
        job::events::SPECS,
        application::events::SPECS,
        job_invitation::events::SPECS,
        message::events::SPECS,
        question::events::SPECS,
        review::events::SPECS,
        dispute::events::SPECS,
        rating::events::SPECS,
        file::events::SPECS,
        deposit::events::SPECS,
        refill::events::SPECS,
        payee::events::SPECS,
        payout::events::SPECS,
        card_acceptance::events::SPECS,
        endpoint::events::SPECS,
        export::events::SPECS,
        agent::events::SPECS,
        preference::events::SPECS,
        invitation::events::SPECS,
        key::events::SPECS,
        mandate::events::SPECS,
        approval::events::SPECS,
        member::events::SPECS,
        membership::events::SPECS,
        nda::events::SPECS,
        role::events::SPECS,
        second_factor::events::SPECS,
        suspension::events::SPECS,
        admin::events::SPECS,
        safety::events::SPECS,
        team::events::SPECS,
    ]),
    timers: Handlers::new(&[
        job::TIMERS,
        review::TIMERS,
        deposit::TIMERS,
        payout::TIMERS,
        card_acceptance::TIMERS,
        rating::TIMERS,
        invitation::TIMERS,
        approval::TIMERS,
        notification::TIMERS,
        safety::TIMERS,
    ]),
    checks: &[escrow::CHECKS, deposit::CHECKS, payout::CHECKS],
    topics_of: |conn, team| Box::pin(preference::topics(conn, team)),
    topics_of_agents: |conn, team| Box::pin(preference::topics_of_agents(conn, team)),
    agents_of: |conn, events, teams| Box::pin(agent::concerned(conn, events, teams)),
    standing_of: |conn, passes| Box::pin(actor::standing_of(conn, passes, REGISTRY.events.scopes())),
};

/// The words of all categories.
static CATEGORIES: LazyLock<Vec<&'static str>> = LazyLock::new(|| Category::ALL.iter().copied().map(Category::as_str).collect());

/// Returns the parts that setting a mandate needs: `identity` knows no category.
pub fn mandates(market: &Market) -> mandate::Config<'_> {
    mandate::Config::new(market, &CATEGORIES)
}

#[cfg(test)]
mod received;
#[cfg(test)]
mod tests;
