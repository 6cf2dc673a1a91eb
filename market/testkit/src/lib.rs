//! Markets, people and jobs for tests. Each test has a database of its own, on SQLite and on PostgreSQL alike.
//!
//! [`both`] writes a test for both engines, [`TestApp`] is the market that it gets, [`act`] and [`read`] run one act or one
//! read as an edge runs it, [`job::JobFixture`] and [`review::ReviewFixture`] bring a job as far as a test needs it.

mod act;
mod app;
mod both;
mod crowd;
mod database;
pub mod dispute;
pub mod event;
mod file;
pub mod job;
pub mod key;
pub mod mandate;
mod message;
pub mod people;
mod rating;
mod recorder;
pub mod review;
pub mod second_factor;
pub mod team;
mod verification;
mod wait;
pub mod webhook;

pub use app::{START, SentEmails, TestApp};
pub use database::Database;
#[doc(hidden)]
pub use market;
pub use people::{PASSWORD, hash};
pub use recorder::statements;
pub use wait::{eventually, eventually_blocking, found};
