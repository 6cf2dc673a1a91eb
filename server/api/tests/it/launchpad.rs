//! launchpad over HTTP.

mod health;
