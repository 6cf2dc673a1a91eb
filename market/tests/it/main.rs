//! Acts and SQL on both engines, each test on a fresh database.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops where it is")]

mod agent;
mod agents;
mod audit;
mod dashboard;
mod db;
mod dispute;
mod dispute_random;
mod event;
mod evidence_file;
mod feature;
mod file;
mod file_retention;
mod invitation;
mod job;
mod key;
mod ledger;
mod live;
mod member;
mod message;
mod mode;
mod next_move;
mod paging;
mod rating;
mod rebuild;
mod retry;
mod review;
mod review_ends;
mod review_privacy;
mod review_random;
mod role;
mod schema;
mod session;
mod team;
mod timer;
mod token;
mod verification;
