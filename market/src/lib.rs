//! The marketplace: its rules, acts and reads.
//!
//! Each act is one function, which pages, dialects, workers and the command line call. The acts stand in the crates of their area,
//! which are re-exported here: `platform`, `identity`, `payments`, `webhooks`, `work`. Reads across areas are here, and so is their registry ([`nouns`]).

pub mod activity;
pub mod admin;
pub mod agent;
pub mod card_acceptance;
pub mod dashboard;
pub mod deletion;
pub mod export;
pub mod feed;
pub mod inventory;
pub mod lapse;
pub mod matching;
pub mod notification;
pub mod nouns;
pub mod preference;
pub mod profile;
pub mod safety;
pub mod wallet;

pub use ::outbound;
pub use identity::{
    Actor, actor, address, approval, audit, invitation, key, login, mandate, member, membership, reset, role, scope, second_factor,
    session, suspension, team, token, unsent, verification,
};
pub use kernel::{Duration, Error, Kind, Money, Next, Page, Paging, Result, Time};
pub use kernel::{error, id, money, page, text, text_enum, time};
pub use payments::{deposit, payee, payment, payout, refill};
pub use platform::{Market, RETRIES_MAX, Retries, Rules, SWEEP_BATCH, act};
pub use platform::{
    db, event, idempotency, ledger, live, mail, memory, mode, network, password, permit, queue, registry, rules, schema, timer,
};
pub use webhooks::{delivery, endpoint, wire};
pub use work::{application, deliverable, dispute, file, hallmark, job, job_invitation, message, nda, party, question, rating, review};
