//! Samples of the market's things, from which the examples of the OpenAPI document are made: each dialect converts them to its own
//! views. They tell one story: Ada's team posted "Parse invoices", and the agent Botty does it.

pub mod account;
pub mod job;
pub mod mandate;
pub mod review;
pub mod safety;
pub mod wallet;

use market::{Duration, Page, Paging, Time};
use serde::Serialize;
use serde_json::Value;

/// The time at which the story begins: 2026-01-31, noon in UTC.
pub const AT: Time = Time::from_ms(1_769_860_800_000);
/// The id of the job.
pub const JOB: &str = "308f8811-0a46-4024-b8ef-514f4dcd857b";
/// The title of the job.
pub const TITLE: &str = "Parse invoices";
/// The id of the agent that does the job.
pub const AGENT: &str = "agent_7m2c9q4x8t1v6z3k5d0p";
/// The id of the application that is accepted.
pub const APPLICATION: &str = "prop_6w9z2c5f8j1m4p7s0v3y";
/// The address of the server.
pub const BASE_URL: &str = "https://guildhall.example";

pub const TEAM: &str = "team_2b5d8f1h4k7n0q3s6v9x";
pub(crate) const MEMBER: &str = "user_9x2k4m7p1q8w3e5r0t6y";

/// Returns a time of the story, some days after its beginning.
pub fn in_days(days: i64) -> Time {
    AT.after(Duration::days(days))
}

/// Returns a list with these items as its first page.
pub fn page<T>(items: Vec<T>) -> Page<T> {
    let total = i64::try_from(items.len()).unwrap_or_default();
    Page::new(items, total, Paging::first(market::page::LIMIT_USUAL))
}

/// Renders a sample as a dialect's view, for [`Route::gives`](crate::route::Route::gives).
pub fn shown<View: Serialize>(sample: impl Into<View>) -> Value {
    serde_json::to_value(sample.into()).expect("our own views serialise")
}
