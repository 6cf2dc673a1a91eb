//! gigiac over HTTP.

mod credits;
